package org.xenfleet.timeline;

/** Gives back what a {@link StateBuffer} took, in the same order; asking in another order is an {@link IllegalStateException}. */
public final class StateReader {
    private final StateBuffer buffer;
    private int next;

    StateReader(StateBuffer buffer) {
        this.buffer = buffer;
    }

    public long getLong(String field) {
        return buffer.number(expect(field));
    }

    public int getInt(String field) {
        return Math.toIntExact(getLong(field));
    }

    public boolean getBoolean(String field) {
        return getLong(field) != 0;
    }

    public String getString(String field) {
        return buffer.text(expect(field));
    }

    public long[] getLongs(String field) {
        int length = getInt(field);
        if (length < 0 || length > buffer.size() - next) {
            throw new IllegalStateException("state ends before the " + length + " values of " + field);
        }
        long[] values = new long[length];
        for (int i = 0; i < length; i++) {
            values[i] = getLong(field);
        }
        return values;
    }

    /** How many fields have been read. */
    int position() {
        return next;
    }

    /** The index of the next field, which must have that name. */
    private int expect(String field) {
        if (next >= buffer.size()) {
            throw new IllegalStateException("state ends before " + field);
        }
        String written = buffer.field(next);
        if (!written.equals(field)) {
            throw new IllegalStateException("state has " + written + " where " + field + " is read");
        }
        return next++;
    }
}
