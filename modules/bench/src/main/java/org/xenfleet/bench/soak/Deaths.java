package org.xenfleet.bench.soak;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Who dies, and when. Used by one thread. */
final class Deaths {
    private static final double LATEST = 0.95;
    private static final double SECOND_LATER = 0.2;
    private static final double LAST = 0.98;
    private static final int SECOND_EVERY = 4;

    private final int kills;
    private final Random random;
    private final Optional<Double> at;

    /** @param at always one, when so many percent of the run are done */
    Deaths(int kills, long seed, Optional<Double> at) {
        this.kills = kills;
        this.random = new Random(seed);
        this.at = at;
    }

    int kills() {
        return kills;
    }

    /** The parts of the run that are done when nodes die; every fourth run a second one, once the shards of the first are back. */
    List<Double> ofRound(int round) {
        if (at.isPresent()) {
            return List.of(at.get() / 100);
        }
        double first = random.nextDouble() * LATEST;
        return round % SECOND_EVERY == 0 ? List.of(first, Math.min(LAST, first + SECOND_LATER)) : List.of(first);
    }

    <T> T oneOf(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
