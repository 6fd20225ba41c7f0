package org.xenfleet.cluster;

/**
 * The end of a node's process.
 *
 * @param node its number, from 1
 * @param code its exit code, or 128 and the number of the signal that killed it
 */
public record NodeExit(int node, int code) {
    private static final int SIGNALS = 128;

    /** For the user. */
    public String sentence() {
        String how = code > SIGNALS && code < 2 * SIGNALS
                ? "was killed (signal " + (code - SIGNALS) + ")"
                : "ended with exit code " + code;
        return "Node " + node + " " + how + ".";
    }
}
