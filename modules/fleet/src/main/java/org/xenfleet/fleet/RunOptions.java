package org.xenfleet.fleet;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * What may differ between two runs of one scenario without changing what comes out, unless a limit stops the run.
 * Immutable.
 *
 * @param workers threads that simulate hosts, at least 1
 * @param maxWallMillis stops the run after that much wall-clock time, at least 1
 * @param maxEvents stops the run after that many deliveries over all hosts, at least 1
 * @param traceMessages a file that gets one line for every delivery
 * @param stopRequested asked again and again from any thread; once it answers true the run stops soon
 */
public record RunOptions(
        int workers,
        OptionalLong maxWallMillis,
        OptionalLong maxEvents,
        Optional<Path> traceMessages,
        BooleanSupplier stopRequested) {

    public RunOptions {
        if (workers < 1) {
            throw new IllegalArgumentException("a run needs at least 1 worker, not " + workers);
        }
        if (maxWallMillis.isPresent() && maxWallMillis.getAsLong() < 1) {
            throw new IllegalArgumentException("the limit of wall-clock time is at least 1 ms");
        }
        if (maxEvents.isPresent() && maxEvents.getAsLong() < 1) {
            throw new IllegalArgumentException("the limit of events is at least 1");
        }
    }

    /** One worker for each processor, no limits, no trace. */
    public static RunOptions defaults() {
        return new RunOptions(
                Runtime.getRuntime().availableProcessors(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                () -> false);
    }

    public RunOptions withWorkers(int number) {
        return new RunOptions(number, maxWallMillis, maxEvents, traceMessages, stopRequested);
    }

    /** The same without a trace. */
    RunOptions untraced() {
        return new RunOptions(workers, maxWallMillis, maxEvents, Optional.empty(), stopRequested);
    }
}
