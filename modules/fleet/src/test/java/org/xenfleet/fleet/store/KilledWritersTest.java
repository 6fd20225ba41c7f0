package org.xenfleet.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several JVMs use one folder, and some of them are killed with kill -9 while they write. */
@Timeout(300)
class KilledWritersTest {
    private static final String RUN = "run-1";

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    Path folder;

    private FileRunStore store;

    @BeforeEach
    void open() throws IOException {
        store = FileRunStore.open(folder, RUN);
    }

    @AfterEach
    void close() {
        store.close();
        threads.shutdownNow();
    }

    @Test
    void shouldKeepTheOldFileWhenAWriterDiesInTheMiddleOfTheNewOne() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "old");
        try (ChildWriter child = ChildWriter.start("half", file.toString())) {
            child.await("half");
            child.kill();
        }
        assertThat(drafts())
                .singleElement()
                .satisfies(draft -> assertThat(draft).hasContent("wh"));
        assertThat(file).hasContent("old");

        store.remove("none");

        assertThat(drafts()).isEmpty();
        assertThat(file).hasContent("old");
    }

    @Test
    void shouldLeaveTheDraftOfALivingWriterAlone() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "old");
        try (ChildWriter child = ChildWriter.start("half", file.toString())) {
            child.await("half");
            List<Path> before = drafts();
            assertThat(before).hasSize(1);

            FileRunStore.open(folder, RUN).close();
            FileRunStore.join(folder, RUN).close();
            store.remove("");
            assertThat(drafts()).isEqualTo(before);

            child.tell("go on");
            child.await("whole");
            assertThat(child.end()).isZero();
        }
        assertThat(drafts()).isEmpty();
        assertThat(file).hasContent("whole");
    }

    @Test
    void shouldNeverShowHalfAPieceOfAWriterThatIsKilled() throws Exception {
        int length = 8 << 20;
        int wanted = 4;
        int rounds = 40;
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger reads = new AtomicInteger();
        store.put("piece", NumberedBytes.of(0, length));
        Future<?> reader = threads.submit(() -> {
            while (!done.get()) {
                NumberedBytes.numberOf(store.get("piece").orElseThrow(), length);
                reads.incrementAndGet();
            }
            return null;
        });

        int hits = 0;
        for (int round = 0; round < rounds && hits < wanted; round++) {
            long target = 1L + round % 3;
            long before;
            String lastWords;
            try (ChildWriter child =
                    ChildWriter.start("loop", folder.toString(), RUN, "piece", "" + length, "" + Long.MAX_VALUE)) {
                child.await("writing " + target);
                before = NumberedBytes.numberOf(store.get("piece").orElseThrow(), length);
                child.kill();
                lastWords = child.lastWords();
                if (drafts().stream().anyMatch(draft -> draft.toString().contains("+" + child.pid() + "-"))) {
                    hits++;
                }
            }
            long lastSaid = Long.parseLong(lastWords.substring(lastWords.indexOf(' ') + 1));
            long kept = NumberedBytes.numberOf(store.get("piece").orElseThrow(), length);
            assertThat(before).isGreaterThanOrEqualTo(target - 1);
            assertThat(kept).isBetween(lastWords.startsWith("writing") ? lastSaid - 1 : lastSaid, lastSaid);
            FileRunStore.join(folder, RUN).close();
            assertThat(drafts()).isEmpty();
            store.put("piece", NumberedBytes.of(0, length));
        }
        done.set(true);
        reader.get();

        assertThat(hits).as("kills that left a draft behind").isEqualTo(wanted);
        assertThat(reads).hasPositiveValue();
    }

    @Test
    void shouldLoseNothingWhenManyProcessesWriteAndSweepAtOnce() throws Exception {
        int length = 2_000;
        int count = 400;
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger sweeps = new AtomicInteger();
        Future<?> sweeper = threads.submit(() -> {
            while (!done.get()) {
                store.remove("none");
                sweeps.incrementAndGet();
            }
            return null;
        });
        try (ChildWriter first = ChildWriter.start("loop", folder.toString(), RUN, "shared", "" + length, "" + count);
                ChildWriter second =
                        ChildWriter.start("loop", folder.toString(), RUN, "shared", "" + length, "" + count);
                ChildWriter third = ChildWriter.start("loop", folder.toString(), RUN, "own", "" + length, "" + count)) {
            assertThat(List.of(first.end(), second.end(), third.end())).containsOnly(0);
        }
        done.set(true);
        sweeper.get();

        assertThat(sweeps).hasPositiveValue();
        assertThat(numberOf("shared", length)).hasValue((long) count);
        assertThat(numberOf("own", length)).hasValue((long) count);
        assertThat(drafts()).isEmpty();
    }

    private Optional<Long> numberOf(String piece, int length) throws IOException {
        return store.get(piece).map(bytes -> NumberedBytes.numberOf(bytes, length));
    }

    private List<Path> drafts() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Drafts::isDraft).toList();
        }
    }
}
