package org.xenfleet.bench.loop;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.xenfleet.timeline.Island;
import org.xenfleet.timeline.IslandBehavior;
import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.ReceiveTable;
import org.xenfleet.timeline.StateReader;
import org.xenfleet.timeline.StateWriter;

/** The loop on an island: every receiver is an actor, made as those of a host are. Used by one thread. */
final class IslandLoop {
    private static final class Counter extends IslandBehavior {
        private final Island island;
        private final int number;
        private long calls;

        private Counter(Island island, int number) {
            this.island = island;
            this.number = number;
        }

        private static final ReceiveTable<Counter> RECEIVE =
                ReceiveTable.<Counter>builder().on(Call.class, Counter::onCall).build();

        @Override
        protected boolean handle(Message message) {
            return RECEIVE.dispatch(this, message);
        }

        private void onCall(Call call) {
            calls++;
            island.schedule(island.now() + LoopShape.PERIOD, number, call);
        }

        @Override
        public void write(StateWriter out) {
            out.put("calls", calls);
        }

        @Override
        public void read(StateReader in) {
            calls = in.getLong("calls");
        }
    }

    private final Island island;
    private final List<Counter> counters = new ArrayList<>();

    IslandLoop(ActorContext<?> parent, String name, LoopShape shape) {
        this.island = new Island(name, Call.CODEC);
        for (int i = 0; i < shape.receivers(); i++) {
            Counter counter = new Counter(island, i);
            counters.add(counter);
            island.spawn(parent, name + "-" + i, counter);
            island.schedule(shape.firstCall(i), i, new Call(i));
        }
    }

    void advance(long until) {
        island.advance(until, Long.MAX_VALUE);
    }

    long calls() {
        return counters.stream().mapToLong(c -> c.calls).sum();
    }
}
