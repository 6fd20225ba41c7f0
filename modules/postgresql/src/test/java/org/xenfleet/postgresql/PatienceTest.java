package org.xenfleet.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.reflect.Proxy;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenfleet.fleet.store.StoreRefused;

class PatienceTest {
    private static final Patience LONG = new Patience(Duration.ofMinutes(1));
    private static final Patience SHORT = new Patience(Duration.ofMillis(120));

    private final AtomicInteger attempts = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "57P01", "57P03", "53300", "40P01", "55P03"})
    void shouldTryAgainWhatPasses(String state) throws IOException {
        String done = LONG.doing("Cannot do it", PatienceTest::connection, connection -> {
            if (attempts.incrementAndGet() < 3) {
                throw new SQLException("not now", state);
            }
            return "done";
        });

        assertThat(done).isEqualTo("done");
        assertThat(attempts).hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"28P01", "28000", "3D000", "42501", "42P01", "08004"})
    void shouldRefuseAtOnceWhatDoesNotPass(String state) {
        assertThatThrownBy(() -> LONG.doing("Cannot do it", PatienceTest::connection, connection -> {
                    attempts.incrementAndGet();
                    throw new SQLException("FATAL: never\n  Position: 3", state);
                }))
                .isInstanceOf(StoreRefused.class)
                .hasMessage("Cannot do it: FATAL: never.");
        assertThat(attempts).hasValue(1);
    }

    @Test
    void shouldGiveUpInTime() {
        long start = System.nanoTime();

        assertThatThrownBy(() -> SHORT.doing(
                        "Cannot do it",
                        () -> {
                            attempts.incrementAndGet();
                            throw new SQLException("Connection refused.", "08001");
                        },
                        connection -> "never"))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(StoreRefused.class)
                .hasMessage("Cannot do it, tried " + attempts + " times in 0.12 s: Connection refused.");
        // Pauses of 50, 100, 200 ms: the third attempt at the latest comes after 120 ms.
        assertThat(attempts).hasValueBetween(2, 3);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORT.longest());
    }

    @Test
    void shouldLookThroughThePoolAtWhatTheServerSaid() {
        SQLException refused = new SQLException("FATAL: password authentication failed for user \"u\"", "28P01");

        assertThatThrownBy(() -> LONG.doing(
                        "Cannot do it",
                        () -> {
                            throw new SQLTransientConnectionException("pool - timed out", "28P01", refused);
                        },
                        connection -> "never"))
                .isInstanceOf(StoreRefused.class)
                .hasMessage("Cannot do it: FATAL: password authentication failed for user \"u\".");
    }

    @Test
    void shouldSayWhatIsBehindAFailureOfTheDriver() {
        SQLException failed =
                new SQLException("The connection attempt failed.", "08001", new UnknownHostException("dbx"));

        assertThat(Trouble.of(failed).reason()).isEqualTo("The connection attempt failed. (UnknownHostException: dbx)");
        assertThat(Trouble.of(failed).passes()).isTrue();
    }

    @Test
    void shouldStopWhereTheThreadIsInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> LONG.doing("Cannot do it", PatienceTest::connection, connection -> {
                    throw new SQLException("not now", "08006");
                }))
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("Cannot do it: interrupted while the server was away.");
        assertThat(Thread.interrupted()).isTrue();
    }

    /** A connection of which nothing is asked but to be closed. */
    private static Connection connection() {
        return (Connection) Proxy.newProxyInstance(
                PatienceTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
