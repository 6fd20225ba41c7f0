package org.xenfleet.scenario;

/**
 * Something the user should know though nothing is wrong, at info level; each is said once. Immutable.
 *
 * @param where {@code file} or {@code file:line}
 */
public record Notice(String where, String message) {
    @Override
    public String toString() {
        return where + ": " + message;
    }
}
