package org.xenfleet.xen;

/**
 * Visits the fields of a rule's state in a fixed order, to write them down or to set them again: a caller assigns what it
 * is given back, {@code credit = f.at("credit", credit)}. A visitor that writes gives back what it got.
 */
public interface Fields {
    long at(String field, long value);

    /** Whether the values given back come from a snapshot. */
    boolean reading();

    default int at(String field, int value) {
        return Math.toIntExact(at(field, (long) value));
    }

    default boolean at(String field, boolean value) {
        return at(field, value ? 1L : 0L) != 0;
    }

    default void at(String field, long[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = at(field, values[i]);
        }
    }

    default void at(String field, int[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = at(field, values[i]);
        }
    }

    default void at(String field, boolean[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = at(field, values[i]);
        }
    }
}
