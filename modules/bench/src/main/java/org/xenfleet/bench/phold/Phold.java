package org.xenfleet.bench.phold;

/**
 * PHOLD: every event at a logical process (LP) schedules one event, at another LP or at its own, a look-ahead plus an
 * exponential delay later; so the number of pending events never changes. Its unit of time is a simulated millisecond,
 * kept in ns. Immutable.
 *
 * @param lps logical processes, at least 2
 * @param eventsPerLp pending events for each LP, at least 1
 * @param units of time that are simulated
 */
record Phold(int lps, int eventsPerLp, int units, long seed) {
    static final long UNIT = 1_000_000L;
    /** Of the look-ahead, in units; nothing is scheduled for sooner. */
    static final double LOOKAHEAD = 0.1;
    /** Of the exponential part of a delay, in units. */
    static final double MEAN = 1.0;
    /** One event in so many goes to another LP. */
    static final int REMOTE_ONE_IN = 2;

    static final long LOOKAHEAD_NS = (long) (LOOKAHEAD * UNIT);
    static final long MEAN_NS = (long) (MEAN * UNIT);

    long endNs() {
        return units * UNIT;
    }

    long pending() {
        return (long) lps * eventsPerLp;
    }

    /**
     * The expected number of events. Each pending event is a renewal process whose gaps have mean m = look-ahead + mean and
     * variance v = mean squared, and which has made t/m + (v - m&sup2;)/(2 m&sup2;) events by t, for t well above m.
     */
    double expectedEvents() {
        double gap = LOOKAHEAD + MEAN;
        double variance = MEAN * MEAN;
        return pending() * (units / gap + (variance - gap * gap) / (2 * gap * gap));
    }

    /** The standard deviation of the number of events: v t / m&sup3; for each renewal process, all independent. */
    double deviationOfEvents() {
        double gap = LOOKAHEAD + MEAN;
        return Math.sqrt(pending() * MEAN * MEAN * units / (gap * gap * gap));
    }
}
