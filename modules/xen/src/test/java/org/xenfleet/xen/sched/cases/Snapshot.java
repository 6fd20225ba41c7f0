package org.xenfleet.xen.sched.cases;

import java.util.ArrayList;
import java.util.List;
import org.xenfleet.xen.Fields;

/** Writes fields down, and after {@link #rewind} gives them back; refuses to give one under another name. */
public final class Snapshot implements Fields {
    private record Field(String name, long value) {}

    private final List<Field> fields = new ArrayList<>();
    private boolean reading;
    private int position;

    /** From now on gives back what was written, from the first field on. */
    public void rewind() {
        reading = true;
        position = 0;
    }

    /** How many fields have not been given back. */
    public int unread() {
        return fields.size() - position;
    }

    /** What was written, a field a line. */
    public List<String> lines() {
        return fields.stream().map(f -> f.name + " " + f.value).toList();
    }

    @Override
    public long at(String field, long value) {
        if (!reading) {
            fields.add(new Field(field, value));
            return value;
        }
        Field written = fields.get(position++);
        if (!written.name.equals(field)) {
            throw new IllegalStateException(field + " is asked for where " + written.name + " was written");
        }
        return written.value;
    }

    @Override
    public boolean reading() {
        return reading;
    }
}
