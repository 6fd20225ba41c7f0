package org.xenfleet.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.fleet.RunStore;
import org.xenfleet.fleet.store.RunStoreContract;
import org.xenfleet.fleet.store.RunStores;
import org.xenfleet.fleet.store.StoreLocation;
import org.xenfleet.fleet.store.StoreRefused;

/** What stores promise, held by a real PostgreSQL, and its tables. */
@Timeout(120)
class JdbcRunStoreTest extends RunStoreContract {
    private static final AtomicInteger RUNS = new AtomicInteger();

    @TempDir
    static Path folder;

    private static TestServer server;

    private final String run = "run-" + RUNS.incrementAndGet();

    @BeforeAll
    static void startServer() throws IOException {
        server = TestServer.start(folder.resolve("data"));
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @Override
    protected RunStore openAnother() throws IOException {
        return RunStores.open(StoreLocation.of(server.url()), run);
    }

    @Test
    void shouldKeepRunsApart() throws IOException {
        try (RunStore one = open(server.url(), "one");
                RunStore two = open(server.url(), "two")) {
            one.put("piece", new byte[] {1});
            two.put("piece", new byte[] {2});
            two.remove("");

            assertThat(one.get("piece")).hasValue(new byte[] {1});
            assertThat(two.get("piece")).isEmpty();
        }
    }

    @Test
    void shouldMakeItsTablesOnceHoweverManyComeFirst() throws Exception {
        server.execute("CREATE SCHEMA crowd");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<RunStore>> openings = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String each = "crowd-" + i;
            openings.add(() -> open(server.url("user=postgres&currentSchema=crowd"), each));
        }
        for (Future<RunStore> opening : threads.invokeAll(openings)) {
            try (RunStore store = opening.get()) {
                store.put("piece", new byte[] {1});
            }
        }
        threads.shutdown();

        assertThat(server.query("SELECT version FROM crowd.xenfleet_store")).containsExactly("1");
        assertThat(server.query("SELECT count(*) FROM crowd.xenfleet_piece")).containsExactly("8");
    }

    @Test
    void shouldRefuseTheTablesOfAnotherRelease() throws Exception {
        server.execute(
                "CREATE SCHEMA future",
                "CREATE TABLE future.xenfleet_store (version integer)",
                "INSERT INTO future.xenfleet_store VALUES (2)");
        String url = server.url("user=postgres&currentSchema=future");

        assertThatThrownBy(() -> open(url, "run-1"))
                .isInstanceOf(StoreRefused.class)
                .hasMessage(
                        "The tables in " + url
                                + " were made by another release of Xenfleet: their version is 2, and this release"
                                + " knows version 1. Give it a database or a schema of its own, such as by ?currentSchema=NAME.");
    }

    @Test
    void shouldNeedNoRightToMakeTablesThatAreThere() throws Exception {
        server.execute(
                "CREATE USER writer PASSWORD 'w'", "CREATE SCHEMA narrow", "GRANT USAGE ON SCHEMA narrow TO writer");
        String writer = server.url("user=writer&password=w&currentSchema=narrow");

        assertThatThrownBy(() -> open(writer, "run-1"))
                .isInstanceOf(StoreRefused.class)
                .hasMessageContaining("permission denied for schema narrow")
                .hasMessageNotContaining("password=w");

        open(server.url("user=postgres&currentSchema=narrow"), "run-1").close();
        server.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA narrow TO writer");
        try (RunStore store = open(writer, "run-1")) {
            store.put("piece", new byte[] {1});
            store.put("piece", new byte[] {2});
            assertThat(store.get("piece")).hasValue(new byte[] {2});
            store.remove("");
        }
    }

    @Test
    void shouldSayThatThereIsNoSuchDatabase() {
        String url = server.url().replace("/postgres?", "/nowhere?");

        assertThatThrownBy(() -> open(url, "run-1"))
                .isInstanceOf(StoreRefused.class)
                .hasMessage("Cannot open the store " + url + ": FATAL: database \"nowhere\" does not exist.");
    }

    private static RunStore open(String url, String run) throws IOException {
        return RunStores.open(StoreLocation.of(url), run);
    }
}
