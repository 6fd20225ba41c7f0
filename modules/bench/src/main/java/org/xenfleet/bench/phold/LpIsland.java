package org.xenfleet.bench.phold;

import java.util.Arrays;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.xenfleet.timeline.Island;
import org.xenfleet.timeline.IslandBehavior;
import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.ReceiveTable;
import org.xenfleet.timeline.StateReader;
import org.xenfleet.timeline.StateWriter;

/** An island whose actors are the LPs from one number up to another. Used by one thread. */
final class LpIsland {
    /** Takes the events for LPs that live elsewhere. */
    interface Elsewhere {
        void send(long time, int lp);
    }

    private static final ReceiveTable<Lp> RECEIVE =
            ReceiveTable.<Lp>builder().on(Hop.class, Lp::onHop).build();

    private final class Lp extends IslandBehavior {
        private final int lp;
        private long events;

        Lp(int lp) {
            this.lp = lp;
        }

        @Override
        protected boolean handle(Message message) {
            return RECEIVE.dispatch(this, message);
        }

        private void onHop(Hop hop) {
            events++;
            int target = rule.target(lp);
            schedule(island.now() + rule.delay(), target, hop);
        }

        @Override
        public void write(StateWriter out) {
            out.put("events", events);
        }

        @Override
        public void read(StateReader in) {
            events = in.getLong("events");
        }
    }

    private final Island island;
    private final PholdRule rule;
    private final int first;
    private final Elsewhere elsewhere;
    private final Lp[] lps;

    LpIsland(ActorContext<?> parent, Phold phold, PholdRule rule, int first, int last, Elsewhere elsewhere) {
        this.island = new Island("phold", Hop.CODEC);
        this.rule = rule;
        this.first = first;
        this.elsewhere = elsewhere;
        this.lps = new Lp[last - first];
        for (int i = 0; i < lps.length; i++) {
            int lp = first + i;
            lps[i] = new Lp(lp);
            island.spawn(parent, "lp-" + lp, lps[i]);
            for (int event = 0; event < phold.eventsPerLp(); event++) {
                island.schedule(rule.delay(), i, Hop.HOP);
            }
        }
    }

    private void schedule(long time, int lp, Hop hop) {
        int index = lp - first;
        if (index >= 0 && index < lps.length) {
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
        return Arrays.stream(lps).mapToLong(lp -> lp.events).toArray();
    }
}
