package org.xenfleet.fleet.conduct;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.xenfleet.fleet.Wire;
import org.xenfleet.host.ChannelMessage;
import org.xenfleet.observe.HostReport;

/**
 * What the coordinator of a run and the conductors of its shards tell each other, and conductors the parts of one pool.
 *
 * <pre>
 *   RunCoordinator --StartShard-->    ShardConductor    again and again, until it is heard of
 *   RunCoordinator &lt;--ShardProgress-- ShardConductor    some times a second
 *   RunCoordinator &lt;--HostsDone--     ShardConductor    perhaps again after a node was lost: the same reports
 *   RunCoordinator &lt;--ShardDone--     ShardConductor
 *   RunCoordinator &lt;--ShardLeaves--   whoever made it   the shard is about to be moved to another node, where it must be started
 *   RunCoordinator --StopShard-->     ShardConductor    ends where it is
 *
 *   part 0 leads the parts of a pool, itself among them:
 *   part n --PartJoins-->    part 0      again and again, until it is heard of
 *   part n &lt;--BeginPart--    part 0      when all are there, and anew when one was lost: from the last common checkpoint
 *   part n --PartBegun-->    part 0      its hosts stand ready
 *   part n &lt;--AdvancePart--  part 0      a window: up to that instant, with what others sent
 *   part n --PartAdvanced--> part 0      the window's end: what its hosts sent, and before when they send nothing
 *   part n &lt;--SavePart--     part 0      a checkpoint between two windows
 *   part n --PartSaved-->    part 0
 *   part n &lt;--EndPart--      part 0      the run is over; each reports its hosts to the coordinator
 * </pre>
 *
 * <p>Any word may get lost, when a connection breaks, or come twice. What part 0 says has a step, which the answer repeats: part 0
 * says it again until it is answered, and a part that has answered answers again and does nothing else.
 *
 * An attempt that failed may still be on its way: what belongs to another than the present one is dropped.
 */
public final class Conducting {
    private Conducting() {}

    /** To the conductor of a shard. */
    public sealed interface ToShard extends Wire {}

    /** Simulate the shard, from its last checkpoint if there is one, and report to {@code run}. */
    public record StartShard(ActorRef<ToRun> run) implements ToShard {}

    public record StopShard() implements ToShard {}

    public record PartJoins(int part, ActorRef<ToShard> conductor) implements ToShard {}

    /** @param checkpoint number of the checkpoint to begin from, or -1 for the beginning */
    public record BeginPart(long attempt, long checkpoint, ActorRef<ToShard> leader) implements ToShard {}

    public record PartBegun(long attempt, int part, long nowNs, long promiseNs) implements ToShard {}

    /** @param step number of the word, from 1 and within the attempt */
    public record AdvancePart(long attempt, long step, long untilNs, List<ChannelMessage> incoming)
            implements ToShard {}

    /** @param sent in the order of delivery */
    public record PartAdvanced(long attempt, long step, int part, long promiseNs, List<ChannelMessage> sent)
            implements ToShard {}

    /**
     * @param checkpoint its number, one more than that of the last
     * @param durably whether it goes into the store; otherwise only states are recorded
     */
    public record SavePart(long attempt, long step, long checkpoint, boolean durably, List<ChannelMessage> incoming)
            implements ToShard {}

    public record PartSaved(long attempt, long step, int part) implements ToShard {}

    public record EndPart(long attempt) implements ToShard {}

    /** To the coordinator of a run. */
    public sealed interface ToRun extends Wire {
        /** The id of the shard. */
        String shard();
    }

    /**
     * How far a shard is; numbers only grow, unless it begins anew.
     *
     * @param node where it is
     * @param hostsDone that are at their end
     * @param simulatedNs summed over its hosts
     * @param events deliveries to actors, over its hosts
     * @param windows that its pool went through, counted at part 0 only
     * @param waitedNs wall-clock time that workers stood still at the ends of windows, of {@code workedNs}
     */
    public record ShardProgress(
            String shard,
            String node,
            int hostsDone,
            long simulatedNs,
            long events,
            long windows,
            long waitedNs,
            long workedNs)
            implements ToRun {}

    public record HostsDone(String shard, List<HostReport> reports) implements ToRun {}

    /** All its hosts that ever will have been reported; with the last word on its progress. */
    public record ShardDone(String shard, ShardProgress last) implements ToRun {}

    /** The shard is no more where it was, and will be somewhere else; it goes on from its last checkpoint when it is started. */
    public record ShardLeaves(String shard) implements ToRun {}

    /** The simulation itself went wrong there. */
    public record ShardFailed(String shard, String message) implements ToRun {}
}
