package org.xenfleet.timeline;

/** Gives back what a {@link StateBuffer} took, in the same order; asking in another order is an {@link IllegalStateException}. */
public final class StateReader {
    private final StateBuffer buffer;
    private int next;

    StateReader(StateBuffer buffer) {
        this.buffer = buffer;
    }

    public long getLong(String field) {
        return (Long) get(field);
    }

    public int getInt(String field) {
        return Math.toIntExact(getLong(field));
    }

    public boolean getBoolean(String field) {
        return getLong(field) != 0;
    }

    public String getString(String field) {
        return (String) get(field);
    }

    public long[] getLongs(String field) {
        long[] values = new long[getInt(field)];
        for (int i = 0; i < values.length; i++) {
            values[i] = getLong(field);
        }
        return values;
    }

    private Object get(String field) {
        if (next >= buffer.size()) {
            throw new IllegalStateException("state ends before " + field);
        }
        String written = buffer.field(next);
        if (!written.equals(field)) {
            throw new IllegalStateException("state has " + written + " where " + field + " is read");
        }
        return buffer.value(next++);
    }
}
