package org.xenfleet.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.xenfleet.fleet.store.StoreRefused;

/**
 * The tables of the store, in the schema that is first on the user's search path. They are made by whoever comes first; who finds
 * them needs no right to make any.
 */
final class Schema {
    static final int VERSION = 1;

    /** Of the lock that lets one process at a time make tables: "xenfleet" in ASCII. */
    private static final long LOCK = 0x78656e66_6c656574L;

    private Schema() {}

    static void prepare(Connection connection, String store) throws SQLException, StoreRefused {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
            if (isThere(statement)) {
                check(statement, store);
            } else {
                statement.execute("CREATE TABLE xenfleet_store (version integer NOT NULL)");
                statement.execute("INSERT INTO xenfleet_store VALUES (" + VERSION + ")");
                statement.execute("CREATE TABLE xenfleet_piece (run text COLLATE \"C\" NOT NULL,"
                        + " piece text COLLATE \"C\" NOT NULL, content bytea NOT NULL, PRIMARY KEY (run, piece))");
            }
            connection.commit();
        } catch (SQLException | StoreRefused e) {
            connection.rollback();
            throw e;
        }
    }

    private static boolean isThere(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT to_regclass('xenfleet_store') IS NOT NULL")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static void check(Statement statement, String store) throws SQLException, StoreRefused {
        try (ResultSet row = statement.executeQuery("SELECT version FROM xenfleet_store")) {
            int version = row.next() ? row.getInt(1) : 0;
            if (version != VERSION) {
                throw new StoreRefused(
                        "The tables in " + store + " were made by another release of Xenfleet: their version is "
                                + version + ", and this release knows version " + VERSION
                                + ". Give it a database or a schema of its own,"
                                + " such as by ?currentSchema=NAME.");
            }
        }
    }
}
