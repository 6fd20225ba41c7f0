package org.xenfleet.timeline;

import java.util.ArrayList;
import java.util.List;

/** Keeps what is written, named, so that it can be read back or held field by field against another. Used by one thread. */
public final class StateBuffer implements StateWriter {
    private final List<String> fields = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    @Override
    public void put(String field, long value) {
        fields.add(field);
        values.add(value);
    }

    @Override
    public void put(String field, String value) {
        fields.add(field);
        values.add(value);
    }

    public StateReader reader() {
        return new StateReader(this);
    }

    public int size() {
        return fields.size();
    }

    public String field(int index) {
        return fields.get(index);
    }

    /** A {@link Long} or a {@link String}. */
    public Object value(int index) {
        return values.get(index);
    }

    /** Index of the first field that differs in name or value from {@code other}, or -1 when both are equal. */
    public int firstDifference(StateBuffer other) {
        int common = Math.min(size(), other.size());
        for (int i = 0; i < common; i++) {
            if (!fields.get(i).equals(other.fields.get(i)) || !values.get(i).equals(other.values.get(i))) {
                return i;
            }
        }
        return size() == other.size() ? -1 : common;
    }
}
