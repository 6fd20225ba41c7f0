package org.xenfleet.cli;

/** The exit codes of the command, part of the contract with the user. */
final class Exit {
    /** Done, and every expectation is met. */
    static final int OK = 0;
    /** At least one expectation is not met. */
    static final int NOT_MET = 1;
    /** Bad input; nothing ran and nothing was written. */
    static final int BAD_INPUT = 2;
    /** Stopped by a limit or by the user; partial results are kept. */
    static final int STOPPED = 3;
    /** A replay comes to something else. */
    static final int DIFFERS = 4;
    /** An internal error, an actor's failure, or output that cannot be written. */
    static final int INTERNAL = 70;

    private Exit() {}
}
