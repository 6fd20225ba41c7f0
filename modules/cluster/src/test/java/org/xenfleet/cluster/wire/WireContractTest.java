package org.xenfleet.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every protocol between nodes. A subclass says which protocol. The samples that are kept must stay
 * readable for ever; new ones are added with {@code -Dxenfleet.fixtures.write=true}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WireContractTest {
    private final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "xenfleet", configuration());
    private final Serialization serialization = SerializationExtension.get(system);
    private final Samples samples = new Samples(List.of(elsewhere()));
    private final KeptSamples kept = new KeptSamples(getClass());

    /** Of a node; may have port 0. */
    abstract Config configuration();

    /** Sealed interfaces, records and enums that are sent. */
    abstract Collection<Class<?>> roots();

    /** Samples by hand, where the constructors of the protocol accept too few edge values. */
    void addSamples(Samples some) {}

    @BeforeAll
    void addSamples() {
        addSamples(samples);
    }

    @AfterAll
    void stop() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }

    Collection<Class<?>> types() {
        return WireTypes.of(roots());
    }

    /** Something is sent only if it is bound. */
    Collection<Class<?>> boundTypes() {
        return types().stream()
                .filter(type -> !type.isEnum())
                .filter(this::isMessage)
                .toList();
    }

    private boolean isMessage(Class<?> type) {
        return roots().stream().anyMatch(root -> root.isAssignableFrom(type));
    }

    @Test
    void shouldHaveAnIdForEveryTypeAndNoOther() {
        Collection<String> mapped = KryoSettings.of(system.settings().config().getConfig(KryoSettings.PATH))
                .names()
                .values();

        assertThat(types()).isNotEmpty();
        assertThat(mapped)
                .containsExactlyInAnyOrderElementsOf(
                        types().stream().map(Class::getName).toList());
    }

    @ParameterizedTest
    @MethodSource("boundTypes")
    void shouldComeBackAsItWasSent(Class<?> type) throws IOException {
        for (Object sample : samples.of(type)) {
            KryoSerializer serializer = (KryoSerializer) serialization.findSerializerFor(sample);

            byte[] bytes = serializer.toBinary(sample);
            assertThat(Structure.of(serializer.fromBinary(bytes))).isEqualTo(Structure.of(sample));

            ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length + 7);
            serializer.toBinary(sample, buffer);
            buffer.flip();
            assertThat(Structure.of(serializer.fromBinary(buffer, ""))).isEqualTo(Structure.of(sample));
            assertThat(buffer.remaining()).isZero();
        }
    }

    @Test
    void shouldReadTheSamplesThatAreKept() throws IOException {
        if (Boolean.getBoolean("xenfleet.fixtures.write")) {
            kept.write(now());
        }
        Map<String, KeptSamples.Kept> before = kept.read();

        assertThat(before.keySet()).isEqualTo(now().keySet());
        for (KeptSamples.Kept sample : before.values()) {
            assertThat(Structure.of(serializer().fromBinary(sample.bytes()))).isEqualTo(sample.structure());
        }
    }

    private Map<String, KeptSamples.Kept> now() {
        Map<String, KeptSamples.Kept> now = new TreeMap<>();
        for (Class<?> type : boundTypes()) {
            Object sample = samples.of(type).get(0);
            now.put(type.getName(), new KeptSamples.Kept(serializer().toBinary(sample), Structure.of(sample)));
        }
        return now;
    }

    KryoSerializer serializer() {
        return (KryoSerializer) serialization.serializerByIdentity().get(4711).get();
    }

    Samples samples() {
        return samples;
    }

    ActorSystem<?> system() {
        return system;
    }

    private ActorRef<?> elsewhere() {
        return ActorRefResolver.get(system).resolveActorRef("pekko://xenfleet@127.0.0.9:17355/user/somebody#7");
    }
}
