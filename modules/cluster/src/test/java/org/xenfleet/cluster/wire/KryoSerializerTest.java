package org.xenfleet.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.serializers.TimeSerializers;
import com.typesafe.config.Config;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenfleet.cluster.ClusterMessage;

/** What is refused, sent or received. */
class KryoSerializerTest {
    private static final ActorSystem<Void> SYSTEM =
            ActorSystem.create(Behaviors.empty(), "xenfleet", WireConfigs.letters("pekko.actor.provider = local"));
    private static final Letter.Collections EVERYTHING = new Letter.Collections(
            List.of(new Letter.Counted(5), new Letter.Kinds(Letter.Kind.SPECIAL, List.of())),
            Set.of(Letter.Kind.PLAIN),
            Map.of("gr\u00fc\u00df", 5L),
            new TreeMap<>(Map.of(1, List.of("line"))),
            new TreeSet<>(Set.of(1L)));

    /** Nobody gave it an id. */
    record Stranger(int number) implements ClusterMessage {}

    record Timed(Duration duration) implements ClusterMessage {}

    @AfterAll
    static void stop() {
        SYSTEM.terminate();
        SYSTEM.getWhenTerminated().toCompletableFuture().join();
    }

    @Test
    void shouldRefuseToSendWhatHasNoId() {
        assertThatThrownBy(() -> serializer().toBinary(new Stranger(1)))
                .hasMessage(Stranger.class.getName() + " cannot be sent: " + Stranger.class.getName()
                        + " has no id in pekko-kryo-serialization.mappings");
        assertThatThrownBy(() -> serializer().toBinary(new java.util.ArrayDeque<>(List.of(1))))
                .hasMessageContaining("java.util.ArrayDeque has no id");
        assertThatThrownBy(() -> serializer().toBinary(Set.of(Thread.State.NEW)))
                .hasMessageContaining("java.lang.Thread$State has no id");
    }

    @Test
    void shouldRefuseToSendAnOrderThatWouldBeLost() {
        assertThatThrownBy(() -> serializer()
                        .toBinary(new TreeSet<>(Comparator.<Long>naturalOrder().reversed())))
                .hasMessageContaining("sorted by a comparator cannot be sent");
    }

    @Test
    void shouldRefuseToSendMoreThanTheMost() {
        KryoSerializer small = serializer("pekko-kryo-serialization { buffer-size = 64, max-buffer-size = 100 }");

        assertThat(small.toBinary(new Letter.Arrays(new byte[90], new int[0], new long[0])))
                .hasSize(94);
        assertThatThrownBy(() -> small.toBinary(new Letter.Arrays(new byte[97], new int[0], new long[0])))
                .hasMessageContaining("cannot be sent: it has more than 100 bytes");
        assertThat(small.toBinary(new Letter.Empty())).hasSize(1);
    }

    @Test
    void shouldSayThatABufferIsTooSmallAsPekkoExpectsIt() {
        ByteBuffer buffer = ByteBuffer.allocate(3);

        assertThatThrownBy(() -> serializer().toBinary(EVERYTHING, buffer)).isInstanceOf(BufferOverflowException.class);
    }

    @Test
    void shouldRefuseToReadMoreThanTheMost() {
        KryoSerializer small = serializer("pekko-kryo-serialization { buffer-size = 64, max-buffer-size = 100 }");

        assertThatThrownBy(() -> small.fromBinary(ByteBuffer.wrap(new byte[101]), ""))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("it has 101 bytes, and 100 are the most");
    }

    @Test
    void shouldRefuseBytesThatAreCutOff() {
        KryoSerializer serializer = serializer();
        byte[] bytes = serializer.toBinary(EVERYTHING);
        for (int length = 0; length < bytes.length; length++) {
            byte[] part = java.util.Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> serializer.fromBinary(ByteBuffer.wrap(part), ""))
                    .isInstanceOf(NotSerializableException.class)
                    .hasMessageStartingWith("what was received is no message: ");
        }
        assertThatThrownBy(() ->
                        serializer().fromBinary(ByteBuffer.wrap(java.util.Arrays.copyOf(bytes, bytes.length + 1)), ""))
                .hasMessageContaining("1 bytes too many");
    }

    @Test
    void shouldMakeOfAnyBytesAMessageOrARefusal() {
        Random random = new Random(5);
        byte[] good = serializer().toBinary(EVERYTHING);
        KryoSerializer serializer = serializer();
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes;
            if (i % 2 == 0) {
                bytes = good.clone();
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            } else {
                bytes = new byte[random.nextInt(40)];
                random.nextBytes(bytes);
            }
            try {
                serializer.fromBinary(ByteBuffer.wrap(bytes), "");
                read++;
            } catch (NotSerializableException expected) {
                assertThat(expected).hasMessageStartingWith("what was received is no message: ");
            }
        }
        assertThat(read).isBetween(1, 15_000);
    }

    /** The ids as bytes are two more than in the mappings; a size is a number of seven bits a byte, lowest first. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0c ff ff ff ff 07", // a list of 2^31 - 1
                "0c ff ff ff ff 0f", // a list of -1
                "0d ff ff ff 7f", // a set
                "0f ff ff ff ff 07", // a map
                "13 ff ff ff ff 07", // bytes
                "14 ff ff ff ff 07", // ints
                "15 ff ff ff ff 07", // longs
                "15 04 02 02", // three longs, where there are two
                "03 bf ff ff ff 7f 41", // a string that is not ASCII
            })
    void shouldBelieveNoSizeThatTheBytesCannotHold(String hex) {
        byte[] bytes = java.util.HexFormat.ofDelimiter(" ").parseHex(hex);

        assertThatThrownBy(() -> serializer().fromBinary(ByteBuffer.wrap(bytes), ""))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("of length");
    }

    @Test
    void shouldRefuseNests() {
        byte[] nest = new byte[2000];
        for (int i = 0; i < nest.length; i += 2) {
            nest[i] = 12; // a list
            nest[i + 1] = 1; // of one
        }

        assertThatThrownBy(() -> serializer().fromBinary(ByteBuffer.wrap(nest), ""))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("Max depth exceeded");
    }

    @Test
    void shouldLoadNoClassThatTheBytesName() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        var output = new com.esotericsoftware.kryo.kryo5.io.Output(bytes);
        output.writeVarInt(1, true); // the next is a name
        output.writeVarInt(0, true); // and its number
        output.writeString("org.xenfleet.cluster.wire.KryoSerializerTest$Trap");
        output.flush();

        assertThatThrownBy(() -> serializer().fromBinary(ByteBuffer.wrap(bytes.toByteArray()), ""))
                .hasMessageContaining("the bytes name a class");
    }

    @Test
    void shouldRefuseIdsThatNobodyHas() {
        assertThatThrownBy(() -> serializer().fromBinary(ByteBuffer.wrap(new byte[] {120}), ""))
                .hasMessageContaining("unregistered class ID: 118");
        assertThatThrownBy(() -> serializer().fromBinary(ByteBuffer.wrap(new byte[] {0}), ""))
                .hasMessageContaining("there is no message in it");
    }

    @Test
    void shouldNotMakeWhatAConstructorRefuses() {
        byte[] bytes = serializer().toBinary(List.of(new Letter.Counted(1)));
        assertThat(bytes).endsWith((byte) 2); // 1 as a number that may be negative
        bytes[bytes.length - 1] = 1; // -1

        assertThatThrownBy(() -> serializer().fromBinary(ByteBuffer.wrap(bytes), ""))
                .isInstanceOf(NotSerializableException.class);
    }

    @Test
    void shouldCompressIfAsked() throws Exception {
        KryoSerializer deflating = serializer("pekko-kryo-serialization.post-serialization-transformations = deflate");
        var message = new Letter.Arrays(new byte[50_000], new int[0], new long[0]);

        byte[] bytes = deflating.toBinary(message);

        assertThat(bytes).hasSizeLessThan(1000);
        assertThat(Structure.of(deflating.fromBinary(bytes))).isEqualTo(Structure.of(message));
        assertThatThrownBy(() ->
                        deflating.fromBinary(ByteBuffer.wrap(java.util.Arrays.copyOf(bytes, bytes.length - 1)), ""))
                .hasMessageContaining("the compressed bytes end early");
        assertThatThrownBy(() -> deflating.fromBinary(ByteBuffer.wrap(Deflation.deflate(new byte[2_000_000])), ""))
                .hasMessageContaining("the compressed bytes hold more than 1024000 bytes");
        assertThatThrownBy(() -> deflating.fromBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), ""))
                .hasMessageContaining("these are no compressed bytes");
    }

    @Test
    void shouldServeManyThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            KryoSerializer serializer = serializer("pekko-kryo-serialization.queue-size-limit = 2");
            List<Callable<Object>> tasks = IntStream.range(0, 200)
                    .<Callable<Object>>mapToObj(
                            i -> () -> serializer.fromBinary(serializer.toBinary(new Letter.Counted(i + 1))))
                    .toList();
            int expected = 1;
            for (var result : threads.invokeAll(tasks)) {
                assertThat(result.get()).isEqualTo(new Letter.Counted(expected++));
            }
        } finally {
            threads.shutdown();
        }
    }

    /** Teaches Kryo a type that is neither a record nor an enum. */
    public static final class Durations extends KryoInitializer {
        @Override
        public void postInit(Kryo kryo, ExtendedActorSystem system) {
            kryo.register(Duration.class, new TimeSerializers.DurationSerializer(), 200);
        }
    }

    @Test
    void shouldLetAnInitializerAddTypes() throws Exception {
        String initializer = "pekko-kryo-serialization.kryo-initializer = \"" + Durations.class.getName() + "\"";
        String mapping = "pekko-kryo-serialization.mappings.\"" + Timed.class.getName() + "\" = 201";
        KryoSerializer serializer = serializer(initializer, mapping);
        Timed timed = new Timed(Duration.ofMillis(1500));

        assertThat(serializer.fromBinary(serializer.toBinary(timed))).isEqualTo(timed);
        assertThatThrownBy(() -> serializer(mapping).toBinary(timed))
                .hasMessageContaining("java.time.Duration has no id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.time.Duration", "java.util.ArrayList", "java.lang.Thread"})
    void shouldMapRecordsAndEnumsOnly(String name) {
        assertThatThrownBy(() -> serializer("pekko-kryo-serialization.mappings.\"" + name + "\" = 300"))
                .hasMessageContaining(name + " in pekko-kryo-serialization.mappings is neither a record nor an enum");
    }

    @Test
    void shouldSayWhichClassIsMissing() {
        assertThatThrownBy(() -> serializer("pekko-kryo-serialization.mappings.\"a.B\" = 300"))
                .hasMessageContaining("there is no class a.B, which pekko-kryo-serialization.mappings names");
        assertThatThrownBy(() -> serializer("pekko-kryo-serialization.kryo-initializer = java.lang.String"))
                .hasMessageContaining("java.lang.String in pekko-kryo-serialization.kryo-initializer does not extend");
    }

    private static KryoSerializer serializer(String... changes) {
        Config config = WireConfigs.letters(changes);
        return new KryoSerializer((ExtendedActorSystem) Adapter.toClassic(SYSTEM), config);
    }
}
