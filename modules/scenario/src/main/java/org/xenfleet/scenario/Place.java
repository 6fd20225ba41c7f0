package org.xenfleet.scenario;

/** Where something stands; line and column from 1, 0 when unknown. Immutable. */
record Place(String file, int line, int column) {
    /** A whole file. */
    static Place of(String file) {
        return new Place(file, 0, 0);
    }

    Problem problem(String message) {
        return new Problem(file, line, column, message);
    }

    /** {@code file} or {@code file:line}, as a notice has it. */
    String where() {
        return line > 0 ? file + ":" + line : file;
    }
}
