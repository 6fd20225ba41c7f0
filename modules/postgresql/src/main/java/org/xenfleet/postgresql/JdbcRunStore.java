package org.xenfleet.postgresql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;
import org.xenfleet.fleet.RunStore;
import org.xenfleet.fleet.store.Pieces;
import org.xenfleet.fleet.store.StoreLocation;

/**
 * The pieces of one run as rows of a table in PostgreSQL 11 or newer. Each call is one statement and so one transaction: whole
 * or not at all. All calls may be repeated, so a server that goes away and comes back in time is not noticed. Safe for many threads,
 * processes and machines; a call holds one of a few connections. Nothing here reads the server's clock.
 */
final class JdbcRunStore implements RunStore {
    /** More at once would only share the same wire. */
    private static final int CONNECTIONS = 4;

    private static final String LIMITS = "SET statement_timeout = '20s'; SET lock_timeout = '10s'";
    private static final String PUT = "INSERT INTO xenfleet_piece (run, piece, content) VALUES (?, ?, ?)"
            + " ON CONFLICT (run, piece) DO UPDATE SET content = EXCLUDED.content";
    private static final String GET = "SELECT content FROM xenfleet_piece WHERE run = ? AND piece = ?";
    private static final String REMOVE = "DELETE FROM xenfleet_piece WHERE run = ? AND starts_with(piece, ?)";

    private final String place;
    private final String run;
    private final Patience patience;
    private final HikariDataSource pool;
    /** So that who waits for a connection is not taken for one whom the server does not answer. */
    private final Semaphore free = new Semaphore(CONNECTIONS, true);

    private volatile boolean closed;

    private JdbcRunStore(String place, String run, Patience patience, HikariDataSource pool) {
        this.place = place;
        this.run = run;
        this.patience = patience;
        this.pool = pool;
    }

    /**
     * @param environment of the process, where PGPASSWORD is looked for
     * @param longest how long a call goes on trying while the server is away
     */
    static JdbcRunStore open(StoreLocation where, String run, Map<String, String> environment, Duration longest)
            throws IOException {
        Pieces.checkName(run);
        String place = where.toString();
        Patience patience = new Patience(longest);
        PGSimpleDataSource server = ServerAccess.to(where, environment);
        patience.doing("Cannot open the store " + place, server::getConnection, connection -> {
            Schema.prepare(connection, place);
            return place;
        });
        return new JdbcRunStore(place, run, patience, new HikariDataSource(config(server)));
    }

    private static HikariConfig config(PGSimpleDataSource server) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("xenfleet-store");
        config.setDataSource(server);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(5));
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql(LIMITS);
        return config;
    }

    @Override
    public void put(String piece, byte[] bytes) throws IOException {
        Pieces.checkName(piece);
        Pieces.checkSize(piece, bytes);
        call("write piece " + piece + " to", PUT, statement -> {
            statement.setString(2, piece);
            statement.setBytes(3, bytes);
            return statement.executeUpdate();
        });
    }

    @Override
    public Optional<byte[]> get(String piece) throws IOException {
        Pieces.checkName(piece);
        return call("read piece " + piece + " from", GET, statement -> {
            statement.setString(2, piece);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getBytes(1)) : Optional.<byte[]>empty();
            }
        });
    }

    @Override
    public void remove(String prefix) throws IOException {
        Pieces.checkPrefix(prefix);
        call("remove pieces from", REMOVE, statement -> {
            statement.setString(2, prefix);
            return statement.executeUpdate();
        });
    }

    @Override
    public void close() {
        closed = true;
        pool.close();
    }

    @Override
    public String toString() {
        return place;
    }

    /** One statement with the run as its first parameter. */
    private interface Statement<T> {
        T run(PreparedStatement statement) throws SQLException;
    }

    private <T> T call(String what, String sql, Statement<T> work) throws IOException {
        refuseIfClosed();
        enter(what);
        try {
            return patience.doing("Cannot " + what + " the store " + place, this::connection, connection -> {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    statement.setString(1, run);
                    return work.run(statement);
                }
            });
        } catch (IOException e) {
            refuseIfClosed();
            throw e;
        } finally {
            free.release();
        }
    }

    private Connection connection() throws SQLException, IOException {
        refuseIfClosed();
        return pool.getConnection();
    }

    private void enter(String what) throws IOException {
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Cannot " + what + " the store " + place + ": interrupted.");
        }
    }

    private void refuseIfClosed() throws IOException {
        if (closed) {
            throw new IOException("The store " + place + " is closed.");
        }
    }
}
