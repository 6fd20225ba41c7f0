package org.xenfleet.bench.phold;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.xenfleet.timeline.Island;
import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.Snapshottable;
import org.xenfleet.timeline.StateReader;
import org.xenfleet.timeline.StateWriter;

/** An island whose actors are the LPs from one number up to another. Used by one thread. */
final class LpIsland {
    /** Takes the events for LPs that live elsewhere. */
    interface Elsewhere {
        void send(long time, int lp);
    }

    private final class Lp extends AbstractBehavior<Message> {
        private final int lp;

        Lp(ActorContext<Message> context, int lp) {
            super(context);
            this.lp = lp;
        }

        @Override
        public Receive<Message> createReceive() {
            return newReceiveBuilder().onMessage(Hop.class, this::onHop).build();
        }

        private Behavior<Message> onHop(Hop hop) {
            counts[lp - first]++;
            int target = rule.target(lp);
            schedule(island.now() + rule.delay(), target, hop);
            return this;
        }
    }

    private final class Count implements Snapshottable {
        private final int index;

        Count(int index) {
            this.index = index;
        }

        @Override
        public void write(StateWriter out) {
            out.put("count", counts[index]);
        }

        @Override
        public void read(StateReader in) {
            counts[index] = in.getLong("count");
        }
    }

    private final Island island;
    private final PholdRule rule;
    private final int first;
    private final Elsewhere elsewhere;
    private final long[] counts;

    LpIsland(ActorContext<?> parent, Phold phold, PholdRule rule, int first, int last, Elsewhere elsewhere) {
        this.island = new Island("phold", Hop.CODEC);
        this.rule = rule;
        this.first = first;
        this.elsewhere = elsewhere;
        this.counts = new long[last - first];
        for (int i = 0; i < counts.length; i++) {
            int lp = first + i;
            Behavior<Message> behavior = Behaviors.setup(context -> new Lp(context, lp));
            island.spawn(parent, "lp-" + lp, behavior, new Count(i));
            for (int event = 0; event < phold.eventsPerLp(); event++) {
                island.schedule(rule.delay(), i, Hop.HOP);
            }
        }
    }

    private void schedule(long time, int lp, Hop hop) {
        int index = lp - first;
        if (index >= 0 && index < counts.length) {
            island.schedule(time, index, hop);
        } else {
            elsewhere.send(time, lp);
        }
    }

    /** An event from elsewhere, not before the end of the last {@link #advance}. */
    void receive(long time, int lp) {
        island.schedule(time, lp - first, Hop.HOP);
    }

    void advance(long until) {
        island.advance(until, Long.MAX_VALUE);
    }

    /** Events at each LP so far, by its number among those that live here. */
    long[] counts() {
        return counts.clone();
    }
}
