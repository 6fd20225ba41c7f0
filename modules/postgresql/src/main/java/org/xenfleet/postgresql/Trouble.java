package org.xenfleet.postgresql;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.xenfleet.fleet.store.StoreRefused;

/**
 * What a failure of the server or of the way to it means. Immutable.
 *
 * @param state the SQLSTATE of PostgreSQL; empty if the failure has none
 * @param reason the server's or the driver's words in one line
 */
record Trouble(String state, String reason) {
    /** No connection, the server goes down or comes up, too little of something, somebody else was in the way. */
    private static final Set<String> PASSING_CLASSES = Set.of("", "08", "40", "53", "57", "58");

    /** A lock was not to be had in time; the server is a standby that is about to take over. */
    private static final Set<String> PASSING = Set.of("55P03", "25006");

    /** The user, the password, the database, rights and names, or a server too old for what is asked. */
    private static final Set<String> REFUSING_CLASSES = Set.of("0A", "28", "3D", "42");

    /** The server wants a password, and there is none. It has the class of lost connections. */
    private static final String NO_PASSWORD = "08004";

    static Trouble of(SQLException failure) {
        SQLException inner = failure;
        while (inner.getCause() instanceof SQLException next) {
            inner = next;
        }
        String words = Optional.ofNullable(inner.getMessage())
                .flatMap(text -> text.lines().findFirst())
                .orElse("no reason given");
        Throwable cause = inner.getCause();
        if (cause != null) {
            String more = cause.getMessage();
            words += " (" + cause.getClass().getSimpleName() + (more == null ? "" : ": " + more) + ")";
        }
        return new Trouble(Optional.ofNullable(inner.getSQLState()).orElse(""), words);
    }

    /** Whether it may be over in a moment. */
    boolean passes() {
        return (PASSING_CLASSES.contains(kind()) || PASSING.contains(state)) && !state.equals(NO_PASSWORD);
    }

    /** @param what could not be done, such as "Cannot write piece x to jdbc:postgresql://db/x" */
    IOException sentence(String what, SQLException cause) {
        String sentence = what + ": " + (reason.endsWith(".") ? reason : reason + ".");
        return REFUSING_CLASSES.contains(kind()) || state.equals(NO_PASSWORD)
                ? new StoreRefused(sentence, cause)
                : new IOException(sentence, cause);
    }

    private String kind() {
        return state.length() < 2 ? "" : state.substring(0, 2);
    }
}
