package org.xenfleet.xen.time;

/** A pCPU 0 that serves its timers as soon as they are due, or a slop later, unless it is tied. Times are ns. */
final class Pcpu0 {
    static final long SECOND = 1_000_000_000L;
    static final long MS = 1_000_000L;

    final SystemTime time;
    private final long slop;

    private Pcpu0(SystemTime time, long slop) {
        this.time = time;
        this.slop = slop;
    }

    /** Calibrated at every full second, the overflow timer run at every half wrap, both from 0 on. */
    static Pcpu0 of(ClockSource source, boolean invariantTsc) {
        return of(source, invariantTsc, source.overflowPeriodNs());
    }

    /** The same, but the overflow timer is due at {@code firstOverflow} for the first time. */
    static Pcpu0 of(ClockSource source, boolean invariantTsc, long firstOverflow) {
        return new Pcpu0(new SystemTime(source, invariantTsc, 0, SECOND, firstOverflow), 0);
    }

    /** Both timers are set at {@code start}, and fire {@code slop} after their deadlines. */
    static Pcpu0 of(ClockSource source, boolean invariantTsc, long start, long slop) {
        return new Pcpu0(
                new SystemTime(source, invariantTsc, start, start + SECOND, start + source.overflowPeriodNs()), slop);
    }

    Pcpu0 runUntil(long now) {
        for (long due = nextDue(); due <= now; due = nextDue()) {
            time.serve(due);
        }
        return this;
    }

    /** Serves nothing from {@code start} until {@code end}, and all that is due then. */
    Pcpu0 tied(long start, long end) {
        runUntil(start);
        time.serve(end);
        return this;
    }

    /** System time minus true time at {@code now}, up to which timers are served. */
    long minusTrue(long now) {
        return runUntil(now).time.systemTimeMinusTrue(now);
    }

    private long nextDue() {
        return Math.min(time.calibrationDue(), time.overflowDue()) + slop;
    }
}
