package org.xenfleet.postgresql;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Does work on a connection, and does it again on another while the server is away; not for ever. Work may so be done twice, which
 * it has to bear. Safe for many threads.
 *
 * @param longest from the first failure to the last attempt
 */
record Patience(Duration longest) {
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 500;

    /** Where connections come from. Who throws an {@link IOException} is not asked again. */
    interface Connections {
        Connection next() throws SQLException, IOException;
    }

    /** What is done on a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException, IOException;
    }

    /** @param what cannot be done if it fails, as the beginning of a sentence */
    <T> T doing(String what, Connections connections, Work<T> work) throws IOException {
        long firstFailure = 0;
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = connections.next()) {
                return work.on(connection);
            } catch (SQLException e) {
                Trouble trouble = Trouble.of(e);
                if (attempt == 1) {
                    firstFailure = System.nanoTime();
                }
                if (!trouble.passes()) {
                    throw trouble.sentence(what, e);
                }
                if (System.nanoTime() - firstFailure >= longest.toNanos()) {
                    throw trouble.sentence(
                            what + ", tried " + attempt + " times in " + longest.toMillis() / 1000.0 + " s", e);
                }
            }
            pause(what, attempt);
        }
    }

    private static void pause(String what, int attempt) throws IOException {
        try {
            Thread.sleep(Math.min(FIRST_PAUSE_MILLIS << Math.min(attempt - 1, 10), LONGEST_PAUSE_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(what + ": interrupted while the server was away.");
        }
    }
}
