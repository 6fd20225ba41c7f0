package org.xenfleet.xen.dom0;

/**
 * An interval in which a vCPU ran no instruction of its kernel or of its programs. Times are ns.
 *
 * @param vcpu its number in its domain
 * @param end when it ran again, {@link #OPEN} if it has not
 */
public record Standstill(int vcpu, long start, long end, Where where) {
    public static final long OPEN = Long.MAX_VALUE;

    /** Where it stood. */
    public enum Where {
        /** In Xen: in a hypercall or a fault that has not returned. */
        IN_XEN,
        /** Runnable, without a pCPU, taken from it while it ran. */
        PREEMPTED,
        /** In the kernel's idle loop: it had blocked, and its timer or event was due at {@code start}. */
        IDLE
    }

    public Standstill {
        if (vcpu < 0 || start < 0 || end <= start) {
            throw new IllegalArgumentException("a standstill of vCPU " + vcpu + " from " + start + " to " + end
                    + " ns; it has to end after it begins, and neither before 0");
        }
    }
}
