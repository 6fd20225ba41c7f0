package org.xenfleet.cli;

import java.util.function.IntConsumer;
import sun.misc.Signal;

/** What a second Ctrl-C does: while it shuts down, the Java machine itself ignores it. */
final class SecondInterrupt {
    private static final int ENDED_BY_INTERRUPT = 130;

    private SecondInterrupt() {}

    /** From now on an interrupt ends the process at once, leaving a run directory without manifest. */
    static void endsProcess(IntConsumer halt) {
        try {
            Signal.handle(new Signal("INT"), signal -> halt.accept(ENDED_BY_INTERRUPT));
        } catch (IllegalArgumentException e) {
            // A platform without that signal, or one that keeps it to itself: Ctrl-C then waits for the run's end.
        }
    }
}
