package org.xenfleet.timeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps what is written, named, so that it can be read back, stored, or held field by field against another. A field costs
 * 12 bytes; its name is kept once. Used by one thread.
 */
public final class StateBuffer implements StateWriter {
    private final Columns columns = new Columns();
    private int[] columnOf = new int[16];
    /** Of each field its number, or where in {@code texts} its text is. */
    private long[] values = new long[16];

    private final List<String> texts = new ArrayList<>(0);
    private int size;

    @Override
    public void put(String field, long value) {
        add(columns.of(field, false), value);
    }

    @Override
    public void put(String field, String value) {
        add(columns.of(field, true), texts.size());
        texts.add(value);
    }

    private void add(int column, long value) {
        if (size == values.length) {
            columnOf = Arrays.copyOf(columnOf, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        columnOf[size] = column;
        values[size++] = value;
    }

    public StateReader reader() {
        return new StateReader(this);
    }

    /**
     * The state as bytes that {@link #decode} reads, on any JVM. They carry a format version and a check sum, and are
     * mostly far smaller than the state: a state of a large host has a byte for every field or less. A text that is not
     * well-formed Unicode is an {@link IllegalStateException}.
     */
    public byte[] encode() {
        return new StateEncoder(this).encode();
    }

    /**
     * The state that was {@link #encode encoded}; bytes that are cut off, changed, of another format, or no state at all are
     * refused. However wrong they are, this takes time and memory in proportion to what they could hold.
     */
    public static StateBuffer decode(byte[] bytes) throws DamagedState {
        return new StateDecoder(bytes).decode();
    }

    public int size() {
        return size;
    }

    public String field(int index) {
        return columns.name(column(index));
    }

    /** Whether the field is a text; else it is a number. */
    public boolean isText(int index) {
        return columns.isText(column(index));
    }

    /** The number in that field, which is none of text. */
    public long number(int index) {
        if (isText(index)) {
            throw new IllegalStateException(field(index) + " is a text, not a number");
        }
        return values[index];
    }

    /** The text in that field, which is one of text. */
    public String text(int index) {
        if (!isText(index)) {
            throw new IllegalStateException(field(index) + " is a number, not a text");
        }
        return texts.get((int) values[index]);
    }

    /** A {@link Long} or a {@link String}. */
    public Object value(int index) {
        return isText(index) ? text(index) : (Object) values[index];
    }

    /** Index of the first field that differs in name or value from {@code other}, or -1 when both are equal. */
    public int firstDifference(StateBuffer other) {
        int common = Math.min(size, other.size);
        for (int i = 0; i < common; i++) {
            if (!sameField(i, other)) {
                return i;
            }
        }
        return size == other.size ? -1 : common;
    }

    private boolean sameField(int index, StateBuffer other) {
        boolean text = isText(index);
        if (text != other.isText(index) || !field(index).equals(other.field(index))) {
            return false;
        }
        return text ? text(index).equals(other.text(index)) : values[index] == other.values[index];
    }

    Columns columns() {
        return columns;
    }

    int column(int index) {
        if (index >= size) {
            throw new IndexOutOfBoundsException("field " + index + " of " + size);
        }
        return columnOf[index];
    }
}
