package org.xenfleet.xen.sched;

/**
 * The decaying average of a load, which is a number of vCPUs that want to run, over a window of about a second: what the
 * load was for the last d of the window W weighs d / W, what it was before the rest. In integers: an average counts 1/2^18
 * of a vCPU, time 1,024 ns, and both products are rounded down.
 *
 * <p>Source: xen-semantics section 4.2, "load window"; the units are those of the traces of Xen 4.17.7.
 */
final class LoadAverage {
    /** The average of one vCPU that always wants to run. */
    static final long ONE = 1L << 18;

    private static final int GRANULARITY_SHIFT = 10;
    private static final int WINDOW_SHIFT = 20;

    private LoadAverage() {}

    /** The instant, in the unit in which averages are kept. */
    static long time(long now) {
        return now >> GRANULARITY_SHIFT;
    }

    /**
     * The average at {@code time} of what was {@code average} at {@code since}; the load has been {@code load} since then.
     * Never leaves what is between the two.
     */
    static long at(long time, long since, long average, long load) {
        long passed = time - since;
        if (passed > 1L << WINDOW_SHIFT) {
            return load * ONE;
        }
        return average + (passed * load * ONE >> WINDOW_SHIFT) - (passed * average >> WINDOW_SHIFT);
    }
}
