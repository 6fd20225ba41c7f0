package org.xenfleet.cli;

import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import org.xenfleet.results.OutputException;

/**
 * Turns Ctrl-C, or a request to terminate, into a request to stop. The Java machine begins to shut down on its own
 * thread; that thread waits here until the command has written what it has, and ends the process with the command's own
 * exit code. A second Ctrl-C ends it at once.
 */
final class StopSwitch {
    private final CountDownLatch finished = new CountDownLatch(1);
    private final IntConsumer halt;
    private volatile boolean requested;
    private volatile int code = Exit.INTERNAL;

    /** @param halt ends the process with that code, without further ado */
    StopSwitch(IntConsumer halt) {
        this.halt = halt;
    }

    /** A switch that hears the signals of this process. At most one in a process. */
    static StopSwitch install() {
        StopSwitch stop = new StopSwitch(Runtime.getRuntime()::halt);
        Runtime.getRuntime().addShutdownHook(new Thread(stop::onShutdown, "stop"));
        return stop;
    }

    /** What is done under a switch; answers the exit code. */
    interface Work {
        int done(StopSwitch stop) throws OutputException;
    }

    /** Does it heeding the signals of this process. At most once in a process. */
    static int during(Streams streams, Work work) throws OutputException {
        StopSwitch stop = install();
        int code = Exit.INTERNAL;
        try {
            code = work.done(stop);
        } finally {
            if (stop.requested() && code == Exit.INTERNAL) {
                streams.say("The run did not end well after it was told to stop.");
            }
            stop.finished(code);
        }
        return code;
    }

    /** Whether the user wants it to end. Any thread may ask. */
    boolean requested() {
        return requested;
    }

    /** The command is at its end and has written everything. */
    void finished(int exitCode) {
        code = exitCode;
        finished.countDown();
    }

    /** Runs when the Java machine shuts down: at once if the command is at its end, otherwise asks it to stop. */
    void onShutdown() {
        if (finished.getCount() == 0) {
            return;
        }
        requested = true;
        SecondInterrupt.endsProcess(halt);
        try {
            finished.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        halt.accept(code);
    }
}
