package org.xenfleet.host;

import java.util.function.LongConsumer;
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
    private final long delay;

    /**
     * @param tickNs from a tick's handler to the next tick's deadline
     * @param sliceNs from a decision to the end of its slice
     * @param delay how long after its deadline a timer fires, which is how far the next one moves
     */
    QuietTimers(int cpus, long tickNs, long sliceNs, long delay) {
        this.tickDue = new long[cpus];
        this.sliceDue = new long[cpus];
        this.tickQuiet = new boolean[cpus];
        this.sliceQuiet = new boolean[cpus];
        this.tickPeriod = tickNs + delay;
        this.slicePeriod = sliceNs + delay;
        this.delay = delay;
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

    /** Lets the quiet ticks and slice ends up to {@code now} pass, and hands on the instant of each, in order. */
    void catchUp(int cpu, long now, LongConsumer eachTick, LongConsumer eachSliceEnd) {
        while (true) {
            long tick = tickQuiet[cpu] ? tickDue[cpu] + delay : Long.MAX_VALUE;
            long slice = sliceQuiet[cpu] ? sliceDue[cpu] + delay : Long.MAX_VALUE;
            long next = Math.min(tick, slice);
            if (next > now) {
                return;
            }
            if (next == tick) {
                eachTick.accept(next);
                tickDue[cpu] += tickPeriod;
            } else {
                eachSliceEnd.accept(next);
                sliceDue[cpu] += slicePeriod + cpu + 1;
            }
        }
    }

    void fields(Fields f) {
        f.at("tick-due", tickDue);
        f.at("slice-due", sliceDue);
        f.at("tick-quiet", tickQuiet);
        f.at("slice-quiet", sliceQuiet);
    }
}
