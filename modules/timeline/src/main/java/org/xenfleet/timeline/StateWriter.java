package org.xenfleet.timeline;

/**
 * Receives state field by field in a canonical order. The same encoding serves digests, snapshots and differences; names
 * are for people and do not go into a hash. Used by one thread.
 */
public interface StateWriter {
    void put(String field, long value);

    void put(String field, String value);

    default void put(String field, boolean value) {
        put(field, value ? 1L : 0L);
    }

    default void put(String field, long[] values) {
        put(field, values.length);
        for (long value : values) {
            put(field, value);
        }
    }
}
