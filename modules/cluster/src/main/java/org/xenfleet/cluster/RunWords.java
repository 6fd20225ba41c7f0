package org.xenfleet.cluster;

import java.util.List;
import java.util.OptionalLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.xenfleet.fleet.Wire;
import org.xenfleet.fleet.conduct.Conducting.StartShard;
import org.xenfleet.observe.HostReport;

/**
 * What the process that a user started and the cluster tell each other of a run.
 *
 * <pre>
 *   RunClient --Submit-->     RunService      once a second: who is silent for long does not want the run any more
 *   RunClient &lt;--Reported--   RunService      reports of hosts, again until they have come, and after the service moved
 *   RunClient --Came-->       RunService
 *   RunClient &lt;--Went--       RunService      how far it is, some times a second
 *   RunClient &lt;--Ended--      RunService      again and again, until the client is silent
 *   RunClient --StopRun-->    RunService
 *   StatusClient --AskStatus--> RunService --Status--> StatusClient
 *
 *   RunCoordinator --StartOn--> the entity of a shard, which becomes its conductor
 *   RunCoordinator --Retire-->  the entity of a shard, which ends with its hosts
 * </pre>
 */
public final class RunWords {
    private RunWords() {}

    /**
     * A run as nodes need to know it. Its scenario is in the store, under {@link #BUNDLE}.
     *
     * @param id letters and digits; unique
     * @param store the location of its store, without secrets
     * @param storeRun the name of the run in the store
     * @param calm whether nobody reacts
     * @param maxWallMillis at least 1
     * @param maxEvents at least 1
     * @param hostsApart most hosts of a shard whose hosts meet nobody
     * @param hostsTogether most hosts of a shard whose hosts meet
     * @param checkpoints whether there are checkpoints
     * @param checkpointEveryMillis wall-clock time between two of them, at least
     * @param recording whether states are kept
     */
    public record RunDescriptor(
            String id,
            String store,
            String storeRun,
            boolean calm,
            OptionalLong maxWallMillis,
            OptionalLong maxEvents,
            int hostsApart,
            int hostsTogether,
            boolean checkpoints,
            long checkpointEveryMillis,
            boolean recording) {
        /** The piece of the store that has the scenario and its files. */
        public static final String BUNDLE = "bundle";
    }

    /** To the service. */
    public sealed interface ToService extends Wire {}

    /** Run this, if it does not run already. */
    public record Submit(RunDescriptor run, ActorRef<ToClient> client) implements ToService {}

    public record StopRun(String run) implements ToService {}

    /** What was reported has come. */
    public record Came(String run, long number) implements ToService {}

    public record AskStatus(ActorRef<Status> client) implements ToService {}

    /** To the user's process. */
    public sealed interface ToClient extends Wire {}

    /** @param number of the word, of which no other has the same */
    public record Reported(long number, List<HostReport> reports) implements ToClient {}

    /**
     * @param service a number of the service that says so; another one after it moved
     * @param whole whether all shards have been heard of, so that nothing simulated before is missing
     */
    public record Went(
            long service, boolean whole, int hostsDone, int hostsTotal, long simulatedNs, long totalNs, long events)
            implements ToClient {}

    /**
     * @param outcome label of the outcome; empty if the run failed
     * @param failure a sentence; empty if it did not fail
     * @param nodes names of nodes, beside {@code hosts}: how many hosts ended there
     */
    public record Ended(
            String outcome,
            String failure,
            long windows,
            long pooledNs,
            long waitedNs,
            long workedNs,
            long simulatedNs,
            long againNs,
            long takenOverAtMs,
            List<String> nodes,
            List<Integer> hosts)
            implements ToClient {}

    /** The service cannot take it: there is another run, or the store cannot be read. */
    public record Refused(String sentence) implements ToClient {}

    /**
     * @param run its id, or empty if there is none
     * @param scenario its name
     * @param members where its nodes are
     */
    public record Status(
            String run,
            String scenario,
            int hostsDone,
            int hostsTotal,
            long simulatedNs,
            long totalNs,
            long events,
            List<String> members)
            implements Wire {}

    /** To the entity of a shard before it is a conductor. */
    public record StartOn(RunDescriptor run, StartShard start) implements Wire {}

    public record Retire() implements Wire {}
}
