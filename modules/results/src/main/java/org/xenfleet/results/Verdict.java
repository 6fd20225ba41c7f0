package org.xenfleet.results;

import java.util.List;

/** What a run says to the user's expectations. */
public enum Verdict {
    /** All were met. */
    PASS("pass"),
    /** At least one was not met. */
    FAIL("fail"),
    /** There were none. */
    NONE("none"),
    /** The run was stopped before its end, so nothing can be said. */
    PARTIAL("partial");

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    /** The name in files. */
    public String label() {
        return label;
    }

    static Verdict of(boolean partial, List<CheckedExpectation> expectations) {
        if (partial) {
            return PARTIAL;
        }
        if (expectations.isEmpty()) {
            return NONE;
        }
        return expectations.stream().allMatch(CheckedExpectation::met) ? PASS : FAIL;
    }
}
