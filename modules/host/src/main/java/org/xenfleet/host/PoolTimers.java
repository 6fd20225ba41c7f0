package org.xenfleet.host;

import org.xenfleet.xen.Fields;

/**
 * The timers that a pool's scheduler has on its pCPUs. One that would change nothing is quiet: it passes without a message,
 * and what little it does is done when it is missed. Times are simulated ns. Used by one thread.
 */
interface PoolTimers {
    /** Stands for no time. */
    long NONE = -1;

    /** Before the pool does anything: what has passed quietly everywhere, where pCPUs share something. */
    default void passed() {}

    /** Before the pool does something for a pCPU: what has passed quietly there. */
    default void passed(int cpu) {}

    /** A pCPU runs its idle vCPU. */
    default void idles(int cpu) {}

    /** The scheduler has just chosen a vCPU for a pCPU on which {@code previous} ran, perhaps the idle one or the same. */
    default void runs(int cpu, int previous) {}

    /** When the slice on a pCPU ends, unless that is quiet. */
    default long sliceAt(int cpu) {
        return NONE;
    }

    /** When the next tick of a pCPU is, unless that is quiet. */
    default long tickAt(int cpu) {
        return NONE;
    }

    /** Sets the timers of a pCPU that have come to matter. */
    default void review(int cpu) {}

    /** Likewise of all pCPUs. */
    default void reviewAll() {}

    /** Likewise of all pCPUs, if other pCPUs are idle, or other run queues unevenly loaded, than before. */
    default void reviewChanges() {}

    /** A hypercall runs on a pCPU, so that every timer homed there can be noticed. */
    default void callRuns(int cpu) {
        review(cpu);
    }

    /** The tick of a pCPU. */
    default void tick(int cpu) {
        throw new IllegalStateException("pCPU " + cpu + " has a tick, which its scheduler has not");
    }

    /** The accounting of the pool, or the replenishment of its budgets, on its master. */
    default void account(int cpu) {
        throw new IllegalStateException("pCPU " + cpu + " does an accounting, which its scheduler has not");
    }

    /** Does for all pCPUs what has passed quietly, before timers come at other distances. */
    default void catchUp() {}

    /** Visits when timers come. */
    default void fields(Fields f) {}

    /** Visits when the timers of the whole pool come. */
    default void poolFields(Fields f) {}
}
