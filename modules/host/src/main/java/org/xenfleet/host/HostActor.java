package org.xenfleet.host;

import org.jspecify.annotations.Nullable;
import org.xenfleet.timeline.Island;
import org.xenfleet.timeline.IslandBehavior;
import org.xenfleet.timeline.StateHash;
import org.xenfleet.timeline.StateReader;
import org.xenfleet.timeline.StateWriter;
import org.xenfleet.timeline.Timeline;
import org.xenfleet.xen.Fields;

/** An actor of a host, whose whole state one visit of its fields writes down or reads back. Used by one thread. */
abstract class HostActor extends IslandBehavior {
    abstract void fields(Fields f);

    /**
     * The host goes on under another plan. What is under way is brought to where it could be under that plan too, so that what
     * is written down from now on can be read by an actor of that plan; nobody is told anything.
     */
    void changeTo(PlanChange change) {}

    @Override
    public final void write(StateWriter out) {
        if (out instanceof StateHash hash) {
            fields(new HashedFields(hash));
            return;
        }
        fields(new Fields() {
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
    public final void read(StateReader in) {
        fields(new Fields() {
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
