package org.xenfleet.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.fleet.RunStore;
import org.xenfleet.fleet.store.ChildWriter;
import org.xenfleet.fleet.store.NumberedBytes;
import org.xenfleet.fleet.store.StoreLocation;
import org.xenfleet.fleet.store.StoreRefused;

/** A server, a connection or a writer that goes away. */
@Timeout(180)
class LostServerTest {
    private static final String RUN = "run-1";

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = TestServer.start(folder.resolve("data"));
    }

    @AfterEach
    void stopServer() throws IOException {
        threads.shutdownNow();
        server.close();
    }

    @Test
    void shouldNotNoticeThatItsConnectionsAreCut() throws Exception {
        try (RunStore store = open(Duration.ofSeconds(30))) {
            store.put("piece", new byte[] {1});
            assertThat(server.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE application_name = 'xenfleet'"))
                    .isNotEmpty()
                    .containsOnly("t");

            store.put("piece", new byte[] {2});
            assertThat(store.get("piece")).hasValue(new byte[] {2});
        }
    }

    @Test
    void shouldWaitForAServerThatIsStartedAgain() throws Exception {
        try (RunStore store = open(Duration.ofMinutes(1))) {
            store.put("piece", new byte[] {1});
            server.stop();
            CountDownLatch begun = new CountDownLatch(1);
            Future<?> putting = threads.submit(() -> {
                begun.countDown();
                store.put("piece", new byte[] {2});
                return null;
            });
            begun.await();
            assertThatThrownBy(server::connect).isInstanceOf(SQLException.class);

            server.start();
            putting.get();

            assertThat(store.get("piece")).hasValue(new byte[] {2});
        }
    }

    @Test
    void shouldGiveUpOnAServerThatStaysAwayAndGoOnWhenItIsBack() throws Exception {
        try (RunStore store = open(Duration.ofMillis(300))) {
            store.put("piece", new byte[] {1});
            server.stop();

            assertThatThrownBy(() -> store.put("piece", new byte[] {2}))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(StoreRefused.class)
                    .hasMessageStartingWith("Cannot write piece piece to the store " + server.url() + ", tried ")
                    .hasMessageContaining(" times in 0.3 s: ");

            server.start();
            assertThat(store.get("piece")).hasValue(new byte[] {1});
        }
    }

    @Test
    void shouldKeepAPieceWholeWhenItsWriterIsKilledInTheMiddle() throws Exception {
        int length = 4 << 20;
        try (RunStore store = open(Duration.ofSeconds(30))) {
            store.put("piece", NumberedBytes.of(0, length));
            try (ChildWriter child = ChildWriter.start(
                            "loop",
                            server.url("user=postgres&ApplicationName=child"),
                            RUN,
                            "piece",
                            "" + length,
                            "" + Long.MAX_VALUE);
                    Connection other = server.connect()) {
                child.await("written 2");
                // The row is held, so that the child's next statement is under way when it is killed.
                other.setAutoCommit(false);
                try (Statement hold = other.createStatement()) {
                    hold.execute("SELECT 1 FROM xenfleet_piece WHERE run = '" + RUN + "' FOR UPDATE");
                }
                List<String> waiting = List.of();
                while (waiting.isEmpty()) {
                    waiting = server.query("SELECT query FROM pg_stat_activity WHERE application_name = 'child'"
                            + " AND state = 'active' AND wait_event_type = 'Lock'");
                }
                child.kill();
                assertThat(waiting).singleElement().asString().startsWith("INSERT INTO xenfleet_piece");
                long before = NumberedBytes.numberOf(store.get("piece").orElseThrow(), length);
                other.rollback();

                store.put("other", new byte[] {1});
                assertThat(NumberedBytes.numberOf(store.get("piece").orElseThrow(), length))
                        .isBetween(before, before + 1);
            }
            store.put("piece", NumberedBytes.of(0, length));
            assertThat(NumberedBytes.numberOf(store.get("piece").orElseThrow(), length))
                    .isZero();
        }
    }

    private RunStore open(Duration patience) throws IOException {
        return JdbcRunStore.open(StoreLocation.of(server.url()), RUN, Map.of(), patience);
    }
}
