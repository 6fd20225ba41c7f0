package org.xenfleet.host;

import org.xenfleet.xen.Fields;

/**
 * When the ticks and slice ends of a pool's pCPUs come, also while they change nothing and no timer is set for them. Times
 * are simulated ns. Used by one thread.
 */
final class QuietTimers {
    private final long[] tickDue;
    private final long[] sliceDue;
    private final boolean[] tickQuiet;
    private final boolean[] sliceQuiet;
    private final long tickPeriod;
    private final long slicePeriod;
    private final long slop;

    /** {@code slop}: how long after its deadline a timer fires, which is how far the next one moves. */
    QuietTimers(int cpus, long tickNs, long sliceNs, long slop) {
        this.tickDue = new long[cpus];
        this.sliceDue = new long[cpus];
        this.tickQuiet = new boolean[cpus];
        this.sliceQuiet = new boolean[cpus];
        this.tickPeriod = tickNs + slop;
        this.slicePeriod = sliceNs + slop;
        this.slop = slop;
    }

    void tick(int cpu, long due, boolean quiet) {
        tickDue[cpu] = due;
        tickQuiet[cpu] = quiet;
    }

    void slice(int cpu, long due, boolean quiet) {
        sliceDue[cpu] = due;
        sliceQuiet[cpu] = quiet;
    }

    boolean isTickQuiet(int cpu) {
        return tickQuiet[cpu];
    }

    boolean isSliceQuiet(int cpu) {
        return sliceQuiet[cpu];
    }

    long tickDue(int cpu) {
        return tickDue[cpu];
    }

    long sliceDue(int cpu) {
        return sliceDue[cpu];
    }

    /** Lets the quiet ticks and slice ends up to {@code now} pass. Returns the instant of the last one, or -1. */
    long catchUp(int cpu, long now) {
        long last = -1;
        if (tickQuiet[cpu]) {
            long passed = passed(tickDue[cpu], tickPeriod, now);
            if (passed > 0) {
                tickDue[cpu] += passed * tickPeriod;
                last = tickDue[cpu] - tickPeriod + slop;
            }
        }
        if (sliceQuiet[cpu]) {
            long period = slicePeriod + cpu + 1;
            long passed = passed(sliceDue[cpu], period, now);
            if (passed > 0) {
                sliceDue[cpu] += passed * period;
                last = Math.max(last, sliceDue[cpu] - period + slop);
            }
        }
        return last;
    }

    private long passed(long due, long period, long now) {
        long first = due + slop;
        return first > now ? 0 : (now - first) / period + 1;
    }

    void fields(Fields f) {
        f.at("tick-due", tickDue);
        f.at("slice-due", sliceDue);
        f.at("tick-quiet", tickQuiet);
        f.at("slice-quiet", sliceQuiet);
    }
}
