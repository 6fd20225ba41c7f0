package org.xenfleet.host.workload;

import org.xenfleet.timeline.KeyedRandom;
import org.xenfleet.timeline.StateBuffer;
import org.xenfleet.timeline.StateReader;
import org.xenfleet.timeline.StateWriter;
import org.xenfleet.xen.Fields;

/** Lets a random stream be visited like any other state. */
public final class RandomFields {
    private RandomFields() {}

    public static void visit(KeyedRandom random, Fields f) {
        if (f.reading()) {
            read(random, f);
        } else {
            random.write(new StateWriter() {
                @Override
                public void put(String field, long value) {
                    f.at(field, value);
                }

                @Override
                public void put(String field, String value) {
                    throw new IllegalStateException("a random stream is numbers only, and " + field + " is not");
                }
            });
        }
    }

    /** The fields are asked for by the names that the stream has now; their values come from the snapshot. */
    private static void read(KeyedRandom random, Fields f) {
        StateBuffer state = new StateBuffer();
        random.write(state);
        StateBuffer visited = new StateBuffer();
        StateReader reader = state.reader();
        for (int i = 0; i < state.size(); i++) {
            String field = state.field(i);
            visited.put(field, f.at(field, reader.getLong(field)));
        }
        random.read(visited.reader());
    }
}
