package org.xenfleet.xen.time;

import org.xenfleet.xen.Fields;

/**
 * The time that Xen reads off a platform counter. Whoever reads it adds what the counter went on since the overflow handler
 * last ran, so a counter that has begun again in between hides its whole wraps until the handler has repaired them. The handler
 * takes those wraps for missed that bring the counter's time nearer to the system time, at most {@link #MOST_REPAIRED} at a
 * time.
 *
 * <p>Times are ns since the start of the run, true ones and those read; a count is not rounded to the grain of the counter.
 * Used by one thread.
 *
 * <p>Source: xen-semantics section 5, M6.
 */
final class PlatformCounter {
    /** Wraps that one run of the overflow handler repairs. */
    static final int MOST_REPAIRED = 10;

    private final long wrap;

    /** True time at the last run of the overflow handler, and the counter's time then. */
    private long handledAt;

    private long handled;

    /** The counter's time is true at {@code start}. */
    PlatformCounter(long wrap, long start) {
        this.wrap = wrap;
        this.handledAt = start;
        this.handled = start;
    }

    long read(long now) {
        return handled + (now - handledAt) % wrap;
    }

    /** The overflow handler runs. Returns how many wraps it takes for missed. */
    int repair(long now, long systemTime) {
        handled = read(now);
        handledAt = now;
        int wraps = 0;
        while (wraps < MOST_REPAIRED && misses(systemTime)) {
            handled += wrap;
            wraps++;
        }
        return wraps;
    }

    /** Whether one more wrap would bring the time of the handler's last run nearer to {@code systemTime}. */
    boolean misses(long systemTime) {
        return Math.abs(handled + wrap - systemTime) <= Math.abs(handled - systemTime);
    }

    /** The counter's time is {@code time} at {@code now}, from which on it counts. */
    void set(long now, long time) {
        handledAt = now;
        handled = time;
    }

    void fields(Fields f) {
        handledAt = f.at("counter-handled-at", handledAt);
        handled = f.at("counter-handled", handled);
    }
}
