package org.xenfleet.host.workload;

import org.xenfleet.host.protocol.Work;
import org.xenfleet.xen.Fields;

/**
 * What one vCPU does. Asked when the vCPU first runs, when an activity ends and when a hypercall has returned; told when an
 * event arrives, and when it is woken. Times are simulated ns. Used by one thread.
 */
public interface Program {
    long NEVER = -1;

    /** Whether the vCPU has anything to do once its domain is unpaused. */
    boolean wakesAtBoot(long now);

    /** What comes next, asked at {@code now} in the guest. */
    Next next(long now);

    /** When an event arrives for it from outside for the next time, or {@link #NEVER}. */
    default long nextArrival(long now) {
        return NEVER;
    }

    /** An event arrived; what is asked next takes it into account. */
    default void arrived() {}

    /**
     * Goes on at {@code now} in place of {@code before}, which the vCPU has done so far: where that was, if it is of the same
     * kind. A program that does not say begins as at boot.
     */
    default void takesOver(Program before, long now) {}

    /**
     * Woken at {@code now}: how long it computes first, in ns, if that is certain already, so that it need not be asked at its
     * first instruction; or {@link Work#ASK}.
     */
    default long wokenFor(long now) {
        return Work.ASK;
    }

    /** Whether events arrive for it from outside. */
    default boolean hearsArrivals() {
        return false;
    }

    /** Visits the program's state; for snapshots and digests. */
    void fields(Fields f);
}
