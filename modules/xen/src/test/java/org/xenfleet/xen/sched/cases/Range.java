package org.xenfleet.xen.sched.cases;

/** A length of time in ns, met within 1 us: slices last some ns longer, so that timers do not meet. */
record Range(long low, long high) {
    private static final long SLACK = 1000;

    static Range exactly(long length) {
        return new Range(length, length);
    }

    boolean has(long length) {
        return length >= low - SLACK && length <= high + SLACK;
    }

    @Override
    public String toString() {
        return low == high ? millis(low) : millis(low) + ".." + millis(high);
    }

    static String millis(long ns) {
        return Math.round(ns / 1e3) / 1e3 + "ms";
    }
}
