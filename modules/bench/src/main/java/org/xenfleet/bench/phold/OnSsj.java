package org.xenfleet.bench.phold;

import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.Simulator;
import umontreal.ssj.simevents.eventlist.SplayTree;

/**
 * PHOLD on SSJ, with its splay tree. Its clock is a double; the times are whole ns below 2^53 and so exact. An event is
 * scheduled anew when it has happened, which spares SSJ to make another.
 */
final class OnSsj {
    private final class Hop extends Event {
        private int lp;

        Hop(int lp) {
            super(simulator);
            this.lp = lp;
        }

        @Override
        public void actions() {
            counts[lp]++;
            lp = rule.target(lp);
            schedule(rule.delay());
        }
    }

    private final Simulator simulator = new Simulator(new SplayTree());
    private final PholdRule rule;
    private final long[] counts;

    private OnSsj(Phold phold) {
        this.rule = new PholdRule(phold, "all");
        this.counts = new long[phold.lps()];
    }

    static PholdCount run(Phold phold) {
        return new OnSsj(phold).go(phold);
    }

    private PholdCount go(Phold phold) {
        simulator.init();
        new Event(simulator) {
            @Override
            public void actions() {
                simulator.stop();
            }
        }.schedule(phold.endNs());
        for (int lp = 0; lp < phold.lps(); lp++) {
            for (int event = 0; event < phold.eventsPerLp(); event++) {
                new Hop(lp).schedule(rule.delay());
            }
        }
        long start = System.nanoTime();
        simulator.start();
        return new PholdCount(counts, System.nanoTime() - start);
    }
}
