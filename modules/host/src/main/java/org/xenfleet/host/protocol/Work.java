package org.xenfleet.host.protocol;

/** What a vCPU does in its guest until its Domain is heard again: a number of ns, or one of the two values here. */
public final class Work {
    /** Computes without end. */
    public static final long FOREVER = Long.MAX_VALUE;

    /** Asks its Domain at the next instruction. */
    public static final long ASK = -1;

    private Work() {}

    public static boolean hasEnd(long work) {
        return work != FOREVER && work != ASK;
    }
}
