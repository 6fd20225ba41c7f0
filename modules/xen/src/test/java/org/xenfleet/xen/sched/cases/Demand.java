package org.xenfleet.xen.sched.cases;

/**
 * What a vCPU wants of its pCPU. Times are ns.
 *
 * @param busy CPU time until it sleeps or yields; {@link #FOREVER} for a spinner
 * @param period it wakes on a fixed grid of this period, at the first instant after it went to sleep; 0 if it yields
 */
record Demand(long busy, long period) {
    static final long FOREVER = Long.MAX_VALUE / 4;
    static final Demand SPIN = new Demand(FOREVER, 0);

    boolean sleeps() {
        return period > 0;
    }

    /** The first instant of the grid through {@code first} after {@code now}. */
    long nextWake(long first, long now) {
        return first + ((now - first) / period + 1) * period;
    }
}
