package org.xenfleet.observe;

/**
 * Hears what happens on one host while it is simulated. Called on the thread that runs the host, in the order of
 * simulated time; must not block and cannot change the simulation. Times are simulated nanoseconds. Every method does
 * nothing unless overridden.
 */
public interface HostObserver {
    HostObserver NONE = new HostObserver() {};

    /** A call ran without interruption on a pCPU from {@code startNs} to {@code endNs} and did that many iterations. */
    default void slice(
            int cpu, String caller, String operation, long startNs, long endNs, long iterations, SliceEnd end) {}

    /** Softirqs were pending on a pCPU and none was served. */
    default void stall(int cpu, long startNs, long endNs) {}

    /** A vCPU was runnable and did not run. */
    default void wait(String domain, int vcpu, int cpu, long startNs, long endNs) {}

    /** A vCPU's timer or event was due, and its first instruction after it came later. */
    default void late(String domain, int vcpu, int cpu, long dueNs, long firstInstructionNs) {}

    /** A vCPU ran on a pCPU (run state running). */
    default void ran(String domain, int vcpu, int cpu, long startNs, long endNs) {}

    /** A call returned to its caller. {@code issuedNs} is the first issue, {@code endNs} the first instruction after. */
    default void call(String caller, String operation, long issuedNs, long endNs, int returned, long first, long nr) {}

    /** Why a slice ended. */
    enum SliceEnd {
        FINISHED,
        FAILED,
        PREEMPTED
    }
}
