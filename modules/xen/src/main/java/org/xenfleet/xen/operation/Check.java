package org.xenfleet.xen.operation;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** One test of an operation's arguments, by the name it has in the catalogue. Source: xen-semantics sections 1.4, 1.6, 3.1. */
public enum Check {
    CALLER_KIND(false),
    COPY_IN(false),
    DOMAIN(false),
    NOT_SELF(false),
    /** As NOT_SELF, but the call is invalid. */
    NOT_OWN(false),
    DYING(false),
    HVM(false),
    PRIVILEGE_TARGET(false),
    PRIVILEGED(false),
    PRIVILEGE_DM(false),
    LISTENER(false),
    NOT_BUILT(true),
    RANGE(true),
    ACCESS_CODE(true),
    DEFAULT(true);

    private final boolean atTarget;

    Check(boolean atTarget) {
        this.atTarget = atTarget;
    }

    /** Whether the check looks into the target's p2m, and so comes after those that find the target. */
    public boolean isAtTarget() {
        return atTarget;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Check ofLabel(String label) {
        return Arrays.stream(values())
                .filter(c -> c.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no check is named " + label + "; there are "
                        + Arrays.stream(values()).map(Check::label).collect(Collectors.joining(", "))));
    }
}
