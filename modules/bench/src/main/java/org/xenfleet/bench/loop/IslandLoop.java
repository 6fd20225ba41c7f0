package org.xenfleet.bench.loop;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.xenfleet.timeline.Island;
import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.ReceiveTable;
import org.xenfleet.timeline.Snapshottable;
import org.xenfleet.timeline.StateReader;
import org.xenfleet.timeline.StateWriter;

/** The loop on an island: every receiver is an actor, made as those of a host are. Used by one thread. */
final class IslandLoop {
    private static final class Calls implements Snapshottable {
        private long calls;

        @Override
        public void write(StateWriter out) {
            out.put("calls", calls);
        }

        @Override
        public void read(StateReader in) {
            calls = in.getLong("calls");
        }
    }

    private static final class Counter {
        private static final ReceiveTable<Counter> TABLE =
                ReceiveTable.<Counter>builder().on(Call.class, Counter::onCall).build();

        private final Island island;
        private final int number;
        private final Calls state;

        static Behavior<Message> create(Island island, int number, Calls state) {
            return TABLE.behaviorOf(new Counter(island, number, state));
        }

        private Counter(Island island, int number, Calls state) {
            this.island = island;
            this.number = number;
            this.state = state;
        }

        private void onCall(Call call) {
            state.calls++;
            island.schedule(island.now() + LoopShape.PERIOD, number, call);
        }
    }

    private final Island island;
    private final List<Calls> states = new ArrayList<>();

    IslandLoop(ActorContext<?> parent, String name, LoopShape shape) {
        this.island = new Island(name, Call.CODEC);
        for (int i = 0; i < shape.receivers(); i++) {
            Calls state = new Calls();
            states.add(state);
            island.spawn(parent, name + "-" + i, Counter.create(island, i, state), state);
            island.schedule(shape.firstCall(i), i, new Call(i));
        }
    }

    void advance(long until) {
        island.advance(until, Long.MAX_VALUE);
    }

    long calls() {
        return states.stream().mapToLong(s -> s.calls).sum();
    }
}
