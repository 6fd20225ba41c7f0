package org.xenfleet.fleet;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.xenfleet.fleet.conduct.HostShard;

/**
 * What may differ between two runs of one scenario without changing what comes out, unless a limit stops the run.
 * Immutable.
 *
 * @param workers threads that simulate hosts in a process, at least 1
 * @param maxWallMillis stops the run after that much wall-clock time, at least 1
 * @param maxEvents stops the run after that many deliveries over all hosts, at least 1
 * @param traceMessages a file that gets one line for every delivery
 * @param sizes how the run is cut into shards
 * @param store where checkpoints go; empty for a run that has none
 * @param recording whether the state of every host at every whole second is kept in the store
 * @param checkpointEveryMillis wall-clock time from one checkpoint of a shard to the next, at least
 * @param stopRequested asked again and again from any thread; once it answers true the run stops soon
 */
public record RunOptions(
        int workers,
        OptionalLong maxWallMillis,
        OptionalLong maxEvents,
        Optional<Path> traceMessages,
        HostShard.Sizes sizes,
        Optional<RunStore> store,
        boolean recording,
        long checkpointEveryMillis,
        BooleanSupplier stopRequested) {
    private static final long SECOND = 1_000;

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
        if (recording && store.isEmpty()) {
            throw new IllegalArgumentException("states can be recorded only where there is a store");
        }
    }

    /** Without checkpoints, in shards of the usual size. */
    public RunOptions(
            int workers,
            OptionalLong maxWallMillis,
            OptionalLong maxEvents,
            Optional<Path> traceMessages,
            BooleanSupplier stopRequested) {
        this(
                workers,
                maxWallMillis,
                maxEvents,
                traceMessages,
                HostShard.Sizes.DEFAULT,
                Optional.empty(),
                false,
                SECOND,
                stopRequested);
    }

    /** One worker for each processor, no limits, no trace, no checkpoints. */
    public static RunOptions defaults() {
        return new RunOptions(
                Runtime.getRuntime().availableProcessors(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                () -> false);
    }

    public RunOptions withWorkers(int number) {
        return new RunOptions(
                number,
                maxWallMillis,
                maxEvents,
                traceMessages,
                sizes,
                store,
                recording,
                checkpointEveryMillis,
                stopRequested);
    }

    public RunOptions withSizes(HostShard.Sizes other) {
        return new RunOptions(
                workers,
                maxWallMillis,
                maxEvents,
                traceMessages,
                other,
                store,
                recording,
                checkpointEveryMillis,
                stopRequested);
    }

    /** With checkpoints in a store, and states recorded there or not. */
    public RunOptions withStore(RunStore place, boolean record) {
        return new RunOptions(
                workers,
                maxWallMillis,
                maxEvents,
                traceMessages,
                sizes,
                Optional.of(place),
                record,
                checkpointEveryMillis,
                stopRequested);
    }

    /** The same for a run beside this one: without a trace and states, with checkpoints of its own. */
    RunOptions beside(String name) {
        return new RunOptions(
                workers,
                maxWallMillis,
                maxEvents,
                Optional.empty(),
                sizes,
                store.map(s -> new StoreSection(s, name + "/")),
                false,
                checkpointEveryMillis,
                stopRequested);
    }

    /** With checkpoints so often, if they are not too dear. */
    public RunOptions withCheckpointsEvery(long millis) {
        return new RunOptions(
                workers, maxWallMillis, maxEvents, traceMessages, sizes, store, recording, millis, stopRequested);
    }
}
