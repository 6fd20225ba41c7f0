package org.xenfleet.xen;

/**
 * Deferred work of a pCPU; the ordinal is the bit, and the lowest pending bit is served first. Those that nothing in the
 * model raises yet are listed for their place in the order. Source: xen-semantics section 2.1.
 */
public enum Softirq {
    TIMER,
    SCHEDULE,
    NEW_TLBFLUSH_CLOCK_PERIOD,
    RCU,
    TASKLET,
    NMI_MCE,
    TIME_CALIBRATE,
    VCPU_KICK,
    MACHINE_CHECK,
    PCI_SERR;

    public int bit() {
        return 1 << ordinal();
    }

    /** The pending softirq that is served first. */
    public static Softirq first(int pending) {
        return values()[Integer.numberOfTrailingZeros(pending)];
    }
}
