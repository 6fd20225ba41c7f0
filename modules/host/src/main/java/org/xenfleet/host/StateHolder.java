package org.xenfleet.host;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xenfleet.timeline.Island;
import org.xenfleet.timeline.Snapshottable;
import org.xenfleet.timeline.StateReader;
import org.xenfleet.timeline.StateWriter;
import org.xenfleet.timeline.Timeline;
import org.xenfleet.xen.Fields;

/**
 * Holds the state of an actor for its island: handed to the island before the actor is made, given the actor's visitor
 * by the actor itself.
 */
final class StateHolder implements Snapshottable {
    private Consumer<Fields> visit = f -> {
        throw new IllegalStateException("the actor has not been made");
    };

    void set(Consumer<Fields> visitor) {
        visit = visitor;
    }

    @Override
    public void write(StateWriter out) {
        visit.accept(new Fields() {
            @Override
            public long at(String field, long value) {
                out.put(field, value);
                return value;
            }

            @Override
            public boolean reading() {
                return false;
            }
        });
    }

    @Override
    public void read(StateReader in) {
        visit.accept(new Fields() {
            @Override
            public long at(String field, long value) {
                return in.getLong(field);
            }

            @Override
            public boolean reading() {
                return true;
            }
        });
    }

    /** Visits the handle of a scheduled message, by its sequence; one that was taken back is like none. */
    static Timeline.@Nullable Entry entry(Fields f, String field, Timeline.@Nullable Entry entry, Island island) {
        long sequence = f.at(field, entry == null || !entry.isScheduled() ? -1 : entry.sequence());
        if (!f.reading()) {
            return entry;
        }
        return sequence < 0 ? null : island.scheduled(sequence);
    }
}
