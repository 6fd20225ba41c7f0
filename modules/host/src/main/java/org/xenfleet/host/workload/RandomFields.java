package org.xenfleet.host.workload;

import org.xenfleet.timeline.KeyedRandom;
import org.xenfleet.timeline.StateBuffer;
import org.xenfleet.timeline.StateReader;
import org.xenfleet.xen.Fields;

/** Lets a random stream be visited like any other state. */
public final class RandomFields {
    private RandomFields() {}

    public static void visit(KeyedRandom random, Fields f) {
        StateBuffer state = new StateBuffer();
        random.write(state);
        StateBuffer visited = new StateBuffer();
        StateReader reader = state.reader();
        for (int i = 0; i < state.size(); i++) {
            String field = state.field(i);
            visited.put(field, f.at(field, reader.getLong(field)));
        }
        if (f.reading()) {
            random.read(visited.reader());
        }
    }
}
