package org.xenfleet.bench.loop;

/**
 * The work of both loops: every receiver is called once a period and asks to be called a period later; receivers start
 * evenly spread over the first period. Immutable.
 *
 * @param islands timelines that are worked on in turn, a simulated second each
 * @param receivers of an island
 * @param seconds simulated
 */
record LoopShape(int islands, int receivers, int seconds) {
    static final long SECOND = 1_000_000_000L;
    static final long PERIOD = 30_000_000L;

    long firstCall(int receiver) {
        return PERIOD * receiver / receivers;
    }

    /** Calls in that many seconds, over all islands. */
    long calls() {
        long end = seconds * SECOND;
        long calls = 0;
        for (int receiver = 0; receiver < receivers; receiver++) {
            calls += (end - 1 - firstCall(receiver)) / PERIOD + 1;
        }
        return calls * islands;
    }

    LoopShape share(int threads) {
        return new LoopShape(islands / threads, receivers, seconds);
    }
}
