package org.xenfleet.bench.phold;

import org.xenfleet.timeline.KeyedRandom;

/** Draws where the next event goes and when; the same for every engine. Used by one thread. */
final class PholdRule {
    private final int lps;
    private final KeyedRandom random;

    /** {@code entity} names the stream: engines that share the draws out differ in it. */
    PholdRule(Phold phold, String entity) {
        this.lps = phold.lps();
        this.random = KeyedRandom.of(phold.seed(), 0, entity, "phold");
    }

    int target(int self) {
        if (random.below(Phold.REMOTE_ONE_IN) != 0) {
            return self;
        }
        int other = (int) random.below(lps - 1L);
        return other < self ? other : other + 1;
    }

    long delay() {
        return Phold.LOOKAHEAD_NS + random.exponential(Phold.MEAN_NS);
    }
}
