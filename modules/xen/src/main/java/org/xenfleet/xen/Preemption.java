package org.xenfleet.xen;

/** {@code hypercall_preempt_check}. Source: xen-semantics section 2.1. */
public final class Preemption {
    private Preemption() {}

    /**
     * True when something is pending on the pCPU or can be delivered to the caller.
     *
     * @param pendingSoftirqs bits of {@link Softirq}
     * @param eventDeliverable an upcall is pending for the current vCPU and not masked
     */
    public static boolean check(int pendingSoftirqs, boolean eventDeliverable) {
        return pendingSoftirqs != 0 || eventDeliverable;
    }
}
