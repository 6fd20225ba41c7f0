package org.xenfleet.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.xenfleet.fleet.RunStore;
import org.xenfleet.fleet.store.StoreLocation;
import org.xenfleet.fleet.store.StoreRefused;

/** The ways a password takes to a real server, and those it must not take. */
@Timeout(120)
class PasswordTest {
    private static final String SECRET = "s3cr&t-word";
    private static final String ENCODED = "s3cr%26t-word";
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = TestServer.start(folder.resolve("data"));
        server.execute("CREATE USER ada PASSWORD '" + SECRET + "'", "CREATE SCHEMA ada AUTHORIZATION ada");
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @Test
    void shouldTakeThePasswordFromTheUrl() throws IOException {
        assertUsable(StoreLocation.of(server.url("user=ada&password=" + ENCODED)), Map.of());
    }

    @Test
    void shouldTakeThePasswordFromAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), SECRET + "\n");

        assertUsable(ada().withPasswordFile(file), Map.of());
    }

    @Test
    void shouldTakeThePasswordFromTheEnvironment() throws IOException {
        assertUsable(ada(), Map.of("PGPASSWORD", SECRET));
    }

    @Test
    void shouldLetTheDriverLookIntoItsPasswordFile() throws IOException {
        Path file = Files.writeString(folder.resolve("pgpass"), "localhost:*:postgres:ada:" + SECRET + "\n");
        System.setProperty("org.postgresql.pgpassfile", file.toString());
        try {
            assertUsable(ada(), Map.of());
        } finally {
            System.clearProperty("org.postgresql.pgpassfile");
        }
    }

    @Test
    void shouldRefuseAtOnceWithoutAPassword() {
        assertThatThrownBy(() -> JdbcRunStore.open(ada(), "run-1", Map.of(), LONG))
                .isInstanceOf(StoreRefused.class)
                .hasMessageStartingWith("Cannot open the store " + server.url("user=ada") + ": The server requested")
                .hasMessageContaining("no password was provided");
    }

    @Test
    void shouldShowAWrongPasswordNowhere() throws IOException {
        StoreLocation where = StoreLocation.of(server.url("user=ada&password=wr0ng&sslpassword=al50"));
        Logger pool = (Logger) LoggerFactory.getLogger("com.zaxxer.hikari");
        Level before = pool.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        pool.addAppender(log);
        pool.setAdditive(false);
        pool.setLevel(Level.TRACE);
        try {
            assertThatThrownBy(() -> JdbcRunStore.open(where, "run-1", Map.of(), LONG))
                    .isInstanceOf(StoreRefused.class)
                    .hasMessage("Cannot open the store " + server.url("user=ada&password=***&sslpassword=***")
                            + ": FATAL: password authentication failed for user \"ada\".")
                    .satisfies(PasswordTest::assertNothingShown);
            // The pool says everything it knows when it is told to; so also where the password is right.
            assertUsable(StoreLocation.of(server.url("user=ada&password=" + ENCODED)), Map.of());
        } finally {
            pool.setLevel(before);
            pool.setAdditive(true);
            pool.detachAppender(log);
        }
        assertThat(log.list)
                .isNotEmpty()
                .allSatisfy(event ->
                        assertThat(event.getFormattedMessage()).doesNotContain("wr0ng", "al50", SECRET, ENCODED));
    }

    private static void assertNothingShown(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            assertThat(each.toString()).doesNotContain("wr0ng", "al50");
        }
    }

    private static StoreLocation ada() throws StoreRefused {
        return StoreLocation.of(server.url("user=ada"));
    }

    private static void assertUsable(StoreLocation where, Map<String, String> environment) throws IOException {
        try (RunStore store = JdbcRunStore.open(where, "run-1", environment, LONG)) {
            store.put("piece", new byte[] {1});
            assertThat(store.get("piece")).hasValue(new byte[] {1});
            assertThat(store.toString()).doesNotContain(SECRET, ENCODED);
        }
    }
}
