package org.xenfleet.fleet.conduct;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.xenfleet.fleet.conduct.Conducting.AdvancePart;
import org.xenfleet.fleet.conduct.Conducting.EndPart;
import org.xenfleet.fleet.conduct.Conducting.PartAdvanced;
import org.xenfleet.fleet.conduct.Conducting.PartBegun;
import org.xenfleet.fleet.conduct.Conducting.PartSaved;
import org.xenfleet.fleet.conduct.Conducting.SavePart;
import org.xenfleet.fleet.conduct.Conducting.ToShard;
import org.xenfleet.host.ChannelMessage;

/**
 * Leads the parts of a pool from window to window: the rule of it, without actors and clocks. A window ends at the least promise
 * of all hosts plus the channel's latency, at a whole second, or at the end of the run; what was sent in it arrives at its end at
 * the earliest, and is handed to the receivers before the next one begins. So windows are the same however the pool is cut. Used
 * by one thread.
 */
final class PoolLeader {
    /** What the world around decides. */
    interface World {
        /** Tells a part. */
        void tell(int part, ToShard word);

        /** Whether it is time for a checkpoint. */
        boolean checkpointDue();

        /** All parts have saved the checkpoint of that number. */
        void checkpointComplete(long checkpoint);

        /** Whether the user wants the run to end. */
        boolean stopping();
    }

    private final HostShard shard;
    private final long durationNs;
    private final boolean recording;
    private final World world;
    private final long[] promises;
    private final List<List<ChannelMessage>> incoming = new ArrayList<>();
    private final boolean[] answered;
    /** What each part was told last, but for the beginning. */
    private final @Nullable ToShard[] told;

    private long attempt;
    /** Number of the last word, 0 before the first. */
    private long step;

    private long nowNs;
    private long checkpoint;
    private long windows;
    private int awaited;
    private boolean durably;

    /** @param shard any part of the pool */
    PoolLeader(HostShard shard, long durationNs, boolean recording, World world) {
        this.shard = shard;
        this.durationNs = durationNs;
        this.recording = recording;
        this.world = world;
        this.promises = new long[shard.parts()];
        this.answered = new boolean[shard.parts()];
        this.told = new ToShard[shard.parts()];
        for (int part = 0; part < shard.parts(); part++) {
            incoming.add(new ArrayList<>());
        }
    }

    /** All parts are told to begin from a checkpoint; nothing counts any more that belongs to another attempt. */
    void begins(long number, long from) {
        attempt = number;
        checkpoint = from;
        step = 0;
        Arrays.fill(told, null);
        awaitAll();
        nowNs = 0;
        incoming.forEach(List::clear);
    }

    /** The windows of the present attempt. */
    long windows() {
        return windows;
    }

    void begun(PartBegun word) {
        if (isAwaited(word.attempt(), 0, word.part())) {
            if (awaited < shard.parts() && word.nowNs() != nowNs) {
                throw new IllegalStateException(
                        "the parts of " + shard.id() + " begin at " + nowNs + " and at " + word.nowNs() + " ns");
            }
            nowNs = word.nowNs();
            answered(word.part(), word.promiseNs());
        }
    }

    void advanced(PartAdvanced word) {
        if (isAwaited(word.attempt(), word.step(), word.part())) {
            for (ChannelMessage message : word.sent()) {
                incoming.get(shard.partOf(message.receiver())).add(message);
            }
            answered(word.part(), word.promiseNs());
        }
    }

    void saved(PartSaved word) {
        if (isAwaited(word.attempt(), word.step(), word.part()) && isLast(word.part())) {
            if (durably) {
                world.checkpointComplete(checkpoint);
            }
            nextWindow();
        }
    }

    /** The present attempt's step; for {@link #again}. */
    long step() {
        return step;
    }

    /** Whether the beginning of the present attempt was not answered by that part. */
    boolean isToBegin(int part) {
        return isAwaited(attempt, 0, part);
    }

    /** Says the last word again to those who have not answered it: it may have got lost, or the answer. */
    void again() {
        for (int part = 0; part < shard.parts(); part++) {
            ToShard word = told[part];
            if (word != null && !answered[part]) {
                world.tell(part, word);
            }
        }
    }

    private boolean isAwaited(long ofAttempt, long ofStep, int part) {
        return ofAttempt == attempt && ofStep == step && !answered[part];
    }

    private boolean isLast(int part) {
        answered[part] = true;
        return --awaited == 0;
    }

    private void awaitAll() {
        Arrays.fill(answered, false);
        awaited = shard.parts();
    }

    private void answered(int part, long promiseNs) {
        promises[part] = promiseNs;
        if (!isLast(part)) {
            return;
        }
        incoming.forEach(messages -> messages.sort(null));
        boolean second = recording && nowNs % FleetPlan.EPOCH == 0 && nowNs > 0;
        durably = nowNs > 0 && nowNs < durationNs && !world.stopping() && world.checkpointDue();
        if (!second && !durably) {
            nextWindow();
            return;
        }
        if (durably) {
            checkpoint++;
        }
        toAll(number -> new SavePart(attempt, step, checkpoint, durably, taken(number)));
    }

    private void nextWindow() {
        if (world.stopping() || nowNs >= durationNs) {
            toAll(part -> new EndPart(attempt));
            return;
        }
        windows++;
        nowNs = windowEnd();
        toAll(part -> new AdvancePart(attempt, step, nowNs, taken(part)));
    }

    private long windowEnd() {
        long promise = Arrays.stream(promises).min().orElseThrow();
        long latency = shard.channel().orElseThrow().latencyNs();
        long end = promise > durationNs ? durationNs : promise + latency;
        return Math.min(Math.min(end, durationNs), (nowNs / FleetPlan.EPOCH + 1) * FleetPlan.EPOCH);
    }

    private List<ChannelMessage> taken(int part) {
        List<ChannelMessage> messages = List.copyOf(incoming.get(part));
        incoming.get(part).clear();
        return messages;
    }

    private void toAll(IntFunction<ToShard> word) {
        step++;
        awaitAll();
        for (int part = 0; part < shard.parts(); part++) {
            ToShard said = word.apply(part);
            told[part] = said;
            world.tell(part, said);
        }
    }
}
