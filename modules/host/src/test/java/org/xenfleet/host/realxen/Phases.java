package org.xenfleet.host.realxen;

/**
 * Where the timers of the guests' pCPU stand when the figures begin, in us after a slice of one that is never interrupted:
 * the next tick and the next accounting. Where the pCPU idles, the slice is one that an accounting begins.
 */
record Phases(long tick, long accounting, Origin origin) {
    /** Read off the trace of the experiment; or, where none is kept, chosen such that the figures agree. */
    enum Origin {
        RECORDED("recorded"),
        TICK_RECORDED("ticks recorded"),
        FITTED("fitted");

        final String text;

        Origin(String text) {
            this.text = text;
        }
    }

    static Phases recorded(long tick, long accounting) {
        return new Phases(tick, accounting, Origin.RECORDED);
    }

    /** No trace shows an accounting that parks nobody. */
    static Phases tickRecorded(long tick, long accounting) {
        return new Phases(tick, accounting, Origin.TICK_RECORDED);
    }

    static Phases fitted(long tick, long accounting) {
        return new Phases(tick, accounting, Origin.FITTED);
    }
}
