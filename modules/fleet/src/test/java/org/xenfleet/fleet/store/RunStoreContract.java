package org.xenfleet.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenfleet.fleet.RunStore;

/** What a {@link RunStore} promises, whatever it is made of. Each store has a test that extends this one. */
public abstract class RunStoreContract {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<RunStore> opened = new ArrayList<>();
    private RunStore store;

    /** Another look at one and the same store, which is empty when a test begins. */
    protected abstract RunStore openAnother() throws IOException;

    @BeforeEach
    void open() throws IOException {
        store = another();
    }

    @AfterEach
    void close() throws IOException {
        threads.shutdownNow();
        for (RunStore each : opened) {
            each.close();
        }
    }

    @Test
    void shouldGiveBackWhatWasPutLast() throws IOException {
        store.put("shard/7", bytes("first, and longer"));
        assertThat(store.get("shard/7")).hasValue(bytes("first, and longer"));

        store.put("shard/7", bytes("second"));
        assertThat(store.get("shard/7")).hasValue(bytes("second"));
    }

    @Test
    void shouldKnowNothingOfAPieceThatWasNeverPut() throws IOException {
        store.put("shard/7", bytes("x"));

        assertThat(store.get("shard/8")).isEmpty();
    }

    @Test
    void shouldTellAnEmptyPieceFromNone() throws IOException {
        store.put("empty", new byte[0]);

        assertThat(store.get("empty")).hasValue(new byte[0]);
    }

    @Test
    void shouldKeepNothingOfTheArrayThatWasPut() throws IOException {
        byte[] bytes = bytes("before");
        store.put("piece", bytes);
        bytes[0] = 'X';

        assertThat(store.get("piece")).hasValue(bytes("before"));
    }

    @Test
    void shouldForgetPiecesByPrefixAndNoOthers() throws IOException {
        List<String> pieces = List.of("a_b/1", "a_b/10", "a_b/", "axb/1", "A_b/1", "a_b", "ba_b/1", "a_b-1");
        for (String piece : pieces) {
            store.put(piece, bytes(piece));
        }

        store.remove("a_b/");

        for (String piece : pieces) {
            assertThat(store.get(piece).isPresent()).as(piece).isEqualTo(!piece.startsWith("a_b/"));
        }
        store.remove("nothing-begins-so");
    }

    @Test
    void shouldForgetAllPiecesByTheEmptyPrefix() throws IOException {
        String longName = "N".repeat(200);
        store.put("one", bytes("1"));
        store.put(longName, bytes("2"));

        store.remove("");

        assertThat(store.get("one")).isEmpty();
        assertThat(store.get(longName)).isEmpty();
    }

    @Test
    void shouldHoldTenMegabytes() throws IOException {
        int length = 10 << 20;
        store.put("large", NumberedBytes.of(1, length));

        assertThat(NumberedBytes.numberOf(store.get("large").orElseThrow(), length))
                .isEqualTo(1);
    }

    @Test
    void shouldRefuseWhatIsTooLarge() throws IOException {
        store.put("large", bytes("small"));

        assertThatThrownBy(() -> store.put("large", new byte[(256 << 20) + 1]))
                .isInstanceOf(IOException.class)
                .hasMessage("Piece large has 268435457 bytes, and a store takes at most 268435456 in one.");
        assertThat(store.get("large")).hasValue(bytes("small"));
    }

    @Test
    void shouldTellAllNamesApart() throws IOException {
        Map<String, String> pieces = new LinkedHashMap<>();
        List.of(
                        ".",
                        "..",
                        "/",
                        "//",
                        "../up",
                        "a/../../b",
                        "/etc/passwd",
                        "~root/x",
                        "#",
                        "@",
                        "-rf",
                        "pool-a/0@12.5#3~1",
                        "name",
                        "Name",
                        "NAME",
                        "nAME",
                        "name.piece",
                        "store.mark",
                        ".draft-1-1-1",
                        "con",
                        "a/b",
                        "a//b",
                        "a/b/",
                        "x".repeat(200),
                        "x".repeat(199) + "y",
                        "X".repeat(200),
                        "X".repeat(199) + "Y",
                        "/".repeat(200))
                .forEach(name -> pieces.put(name, "content of " + name));
        for (Map.Entry<String, String> piece : pieces.entrySet()) {
            store.put(piece.getKey(), bytes(piece.getValue()));
        }

        RunStore other = another();
        for (Map.Entry<String, String> piece : pieces.entrySet()) {
            assertThat(other.get(piece.getKey())).as(piece.getKey()).hasValue(bytes(piece.getValue()));
        }
        other.remove("X".repeat(150));
        other.remove("a/");
        for (String name : pieces.keySet()) {
            boolean gone = name.startsWith("XX") || name.startsWith("a/");
            assertThat(store.get(name).isEmpty()).as(name).isEqualTo(gone);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\\b", "a\nb", "a\0b", "ä", "a*", "a%", "a,b", "a=b"})
    void shouldRefuseOtherNames(String name) {
        assertThatThrownBy(() -> store.put(name, bytes("x"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.get(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseNamesThatAreTooLong() {
        String name = "x".repeat(201);

        assertThatThrownBy(() -> store.put(name, bytes("x"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.remove(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldShowToOthersWhatOneHasPutAndRemoved() throws IOException {
        RunStore other = another();

        store.put("piece", bytes("of the first"));
        assertThat(other.get("piece")).hasValue(bytes("of the first"));
        other.put("piece", bytes("of the second"));
        assertThat(store.get("piece")).hasValue(bytes("of the second"));
        other.remove("piece");
        assertThat(store.get("piece")).isEmpty();
    }

    @Test
    void shouldNeverShowAMixtureOfWhatThreadsPutAtOnce() throws Exception {
        int length = 300_000;
        int writers = 4;
        int rounds = 25;
        store.put("contended", NumberedBytes.of(0, length));
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger reads = new AtomicInteger();
        RunStore reading = another();
        Future<?> reader = threads.submit(() -> {
            do {
                NumberedBytes.numberOf(reading.get("contended").orElseThrow(), length);
                reads.incrementAndGet();
            } while (!done.get());
            return null;
        });
        List<Future<?>> writing = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            int writer = i;
            RunStore into = i % 2 == 0 ? store : another();
            writing.add(threads.submit(() -> {
                for (int round = 0; round < rounds; round++) {
                    into.put("contended", NumberedBytes.of(writer * 1000 + round, length));
                }
                return null;
            }));
        }
        for (Future<?> each : writing) {
            each.get();
        }
        done.set(true);
        reader.get();

        assertThat(reads).hasPositiveValue();
        assertThat(NumberedBytes.numberOf(store.get("contended").orElseThrow(), length) % 1000)
                .isEqualTo(rounds - 1);
    }

    @Test
    void shouldBearThatPiecesAreRemovedWhileTheyArePut() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        RunStore removing = another();
        Future<?> remover = threads.submit(() -> {
            do {
                removing.remove("gone/");
            } while (!done.get());
            return null;
        });
        for (int i = 0; i < 200; i++) {
            store.put("gone/" + i % 3, NumberedBytes.of(i, 5_000));
            store.put("kept/" + i % 3, NumberedBytes.of(i, 5_000));
        }
        done.set(true);
        remover.get();

        removing.remove("gone/");
        for (int i = 0; i < 3; i++) {
            assertThat(store.get("gone/" + i)).isEmpty();
            assertThat(store.get("kept/" + i)).isPresent();
        }
    }

    @Test
    void shouldRefuseUseAfterItsEndAndLeaveOthersAlone() throws IOException {
        RunStore other = another();
        store.put("piece", bytes("x"));

        store.close();
        store.close();

        assertThatThrownBy(() -> store.put("piece", bytes("y")))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith(" is closed.");
        assertThatThrownBy(() -> store.get("piece"))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith(" is closed.");
        assertThatThrownBy(() -> store.remove(""))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith(" is closed.");
        assertThat(other.get("piece")).hasValue(bytes("x"));
    }

    private RunStore another() throws IOException {
        RunStore another = openAnother();
        opened.add(another);
        return another;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
