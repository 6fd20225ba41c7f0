package org.xenfleet.assess;

/** What an advisory says of a guest where it is, the least worrying first. The names are those of the output. */
public enum Verdict {
    /** There is no such hypervisor. */
    NOT_CONSTRUCTIBLE,
    /** The hypervisor never had the flaw. */
    NOT_AFFECTED,
    /** It had it, and has the fix. */
    FIXED,
    /** The flaw is there, and nobody can reach it by this guest. */
    NOT_EXPOSED,
    /** It can be reached by somebody only who is trusted with the whole host anyway. */
    NOT_APPLICABLE,
    /** A mitigation that the advisory names is in force. */
    MITIGATED,
    /** Nothing that was read says so, or it depends on what is not known of the host. */
    NOT_ESTABLISHED,
    VULNERABLE;

    /** Whether nobody can use the flaw by this guest. */
    public boolean isHarmless() {
        return compareTo(NOT_EXPOSED) <= 0;
    }
}
