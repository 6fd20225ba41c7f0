package org.xenfleet.bench.phold;

import org.xenfleet.timeline.StandAlone;

/** PHOLD with all LPs on one island, and so on one thread. */
final class OneIsland {
    private OneIsland() {}

    static PholdCount run(Phold phold) {
        return StandAlone.call(context -> {
            LpIsland island = new LpIsland(context, phold, new PholdRule(phold, "all"), 0, phold.lps(), (time, lp) -> {
                throw new IllegalStateException("no LP has number " + lp);
            });
            long start = System.nanoTime();
            island.advance(phold.endNs());
            return new PholdCount(island.counts(), System.nanoTime() - start);
        });
    }
}
