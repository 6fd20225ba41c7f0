package org.xenfleet.xen.operation;

import java.util.List;

/**
 * A hypercall of the catalogue. Immutable.
 *
 * @param advisory the advisory whose fix makes the difference between the two cadences
 * @param checks in the order in which Xen makes them
 */
public record Operation(
        String name,
        String hypercall,
        int subOp,
        String advisory,
        List<Check> checks,
        Cadence vulnerable,
        Cadence fixed) {

    /** Where a cut-off call keeps how far it got. */
    public enum Progress {
        NONE,
        CALLER_STRUCT
    }

    /**
     * When an operation tests for preemption.
     *
     * @param every iterations between two tests; 0 for never
     */
    public record Cadence(long every, Progress progress) {
        public boolean isPreemptible() {
            return every > 0;
        }
    }

    public Operation {
        checks = List.copyOf(checks);
        boolean atTarget = false;
        for (Check check : checks) {
            if (atTarget && !check.isAtTarget()) {
                throw new IllegalArgumentException(
                        name + ": " + check.label() + " comes after a check that needs the target");
            }
            atTarget |= check.isAtTarget();
        }
        if (vulnerable.isPreemptible() != (vulnerable.progress() != Progress.NONE)
                || fixed.isPreemptible() != (fixed.progress() != Progress.NONE)) {
            throw new IllegalArgumentException(name + ": a call that is cut off has to keep its progress somewhere");
        }
    }

    public Cadence cadence(boolean isFixed) {
        return isFixed ? fixed : vulnerable;
    }
}
