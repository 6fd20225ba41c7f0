package org.xenfleet.postgresql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of its own, with its data in a folder, that can be stopped and started again. The user postgres needs no password, all
 * others do. One thread only.
 */
final class TestServer implements AutoCloseable {
    private final Path data;
    private @Nullable EmbeddedPostgres running;
    private int port;

    private TestServer(Path data) {
        this.data = data;
    }

    static TestServer start(Path data) throws IOException {
        TestServer server = new TestServer(data);
        server.start();
        return server;
    }

    /** Starts it on the port on which it was before. */
    void start() throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPGStartupWait(Duration.ofMinutes(1))
                .setDataDirectoryCustomizer(TestServer::wantPasswords);
        if (port != 0) {
            builder.setPort(port);
        }
        running = builder.start();
        port = running.getPort();
    }

    void stop() throws IOException {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    /** Its database, as the user postgres. */
    String url() {
        return url("user=postgres");
    }

    String url(String parameters) {
        return "jdbc:postgresql://localhost:" + port + "/postgres?" + parameters;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** The first column of all rows. */
    List<String> query(String sql) throws SQLException {
        List<String> column = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                column.add(rows.getString(1));
            }
        }
        return column;
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    private static void wantPasswords(File data) {
        try {
            Files.writeString(data.toPath().resolve("pg_hba.conf"), """
                    host all postgres 127.0.0.1/32 trust
                    host all postgres ::1/128 trust
                    host all all 127.0.0.1/32 scram-sha-256
                    host all all ::1/128 scram-sha-256
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
