package org.xenfleet.fleet.conduct;

import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.xenfleet.fleet.RunStore;

/**
 * What all conductors of a run in one process share. Safe for use by many threads.
 *
 * @param node the name of the process
 * @param step deliveries after which a host pauses, at least 1
 * @param workers threads that simulate, at least 1
 * @param hosts makes hosts
 * @param leader tells the leader of the parts of a pool, by the id of its shard, something; it may get lost
 * @param store where checkpoints go; empty if the run has none
 * @param checkpointEveryNs wall-clock time from one checkpoint to the next, at least; so much work is lost at most with a node
 * @param startedAt when the run began, as {@link System#nanoTime} says
 * @param askedAgain whether another coordinator may ask for what was reported already
 * @param recording whether the state of every host at every whole second is kept
 */
public record ShardSetup(
        FleetPlan plan,
        String node,
        long step,
        int workers,
        HostFactory hosts,
        BiConsumer<String, Conducting.ToShard> leader,
        ActorRef<WorkerPermits.Command> permits,
        Optional<RunStore> store,
        long checkpointEveryNs,
        long startedAt,
        boolean askedAgain,
        boolean recording) {
    /** Deliveries of a step: some tens of milliseconds, which is how late a limit is noticed. */
    public static final long STEP = 100_000;

    /** Whether it would take long enough to get here again that what is done is kept in the store. */
    boolean isWorthKeeping() {
        return store.isPresent() && System.nanoTime() - startedAt >= checkpointEveryNs;
    }
}
