package org.xenfleet.bench.report;

/** Where a figure stands against its target. */
public enum Standing {
    /** It has no target. */
    STATED(""),
    /** It keeps everything asked of it. */
    REACHED("reached"),
    /** It keeps the bound, not the goal. */
    SHORT_OF_GOAL("reached, goal not"),
    MISSED("**missed**");

    private final String word;

    Standing(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
