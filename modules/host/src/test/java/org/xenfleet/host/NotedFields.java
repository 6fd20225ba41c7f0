package org.xenfleet.host;

import java.util.ArrayDeque;
import org.xenfleet.xen.Fields;

/** Writes fields down, and after {@link #rewind} gives them back in the same order. */
final class NotedFields implements Fields {
    private final ArrayDeque<Long> values = new ArrayDeque<>();
    private boolean reading;

    NotedFields rewind() {
        reading = true;
        return this;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    @Override
    public long at(String field, long value) {
        if (reading) {
            return values.remove();
        }
        values.add(value);
        return value;
    }

    @Override
    public boolean reading() {
        return reading;
    }
}
