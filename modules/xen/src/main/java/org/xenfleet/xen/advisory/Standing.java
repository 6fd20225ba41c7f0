package org.xenfleet.xen.advisory;

/** How a hypervisor stands to an advisory, whoever runs on it. */
public enum Standing {
    AFFECTED,
    /** It has the flaw no more. */
    FIXED,
    /** It never had the flaw, or not where anybody could use it. */
    NOT_AFFECTED,
    /** Nothing that was read says whether it has the flaw. */
    NOT_ESTABLISHED;

    /** Whether the flaw is known not to be there. */
    public boolean isSafe() {
        return this == FIXED || this == NOT_AFFECTED;
    }
}
