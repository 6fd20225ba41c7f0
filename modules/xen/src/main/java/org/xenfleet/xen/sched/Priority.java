package org.xenfleet.xen.sched;

/** Priorities of the credit scheduler; the higher runs first. Source: xen-semantics section 4.1. */
public final class Priority {
    public static final int BOOST = 0;
    public static final int UNDER = -1;
    public static final int OVER = -2;
    public static final int IDLE = -64;

    private Priority() {}
}
