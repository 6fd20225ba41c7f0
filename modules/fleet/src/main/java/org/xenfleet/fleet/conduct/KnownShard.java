package org.xenfleet.fleet.conduct;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xenfleet.fleet.conduct.Conducting.ShardProgress;

/**
 * What the coordinator of a run knows of a shard, and when it should ask after it. A question may be lost on its way to a node
 * that has just died, so it is asked again soon if nothing comes back, and then more and more seldom. Times are those of {@link
 * System#nanoTime}. Used by one thread.
 */
final class KnownShard {
    /** Of one that answers, and the longest time between two questions. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(3);

    private static final long SOON = TimeUnit.MILLISECONDS.toNanos(250);

    private final HostShard shard;
    /** Those of its pool, itself among them: they are done together, as the others may have to go back when one is lost. */
    private final List<KnownShard> pool;

    private @Nullable ShardProgress last;
    private boolean started;
    private boolean done;
    /** Of its hosts. */
    private int reports;
    /** A node was lost before it was heard of at all, so it may have been there. */
    private boolean missed;
    /** When it is to be asked unless it is heard of before. */
    private long askAt;
    /** From the last question to the next one. */
    private long wait;

    /** @param pool of those that are made before and after it, which it joins */
    KnownShard(HostShard shard, List<KnownShard> pool) {
        this.shard = shard;
        this.pool = pool;
        pool.add(this);
    }

    HostShard shard() {
        return shard;
    }

    boolean isStarted() {
        return started;
    }

    boolean isDone() {
        return done;
    }

    void isDoneNow() {
        done = true;
    }

    /** The last that it said of its progress. */
    @Nullable
    ShardProgress last() {
        return last;
    }

    void nodeLost() {
        missed |= started && last == null;
    }

    /** Whether that comes from another node than what came before, or would have come before. */
    boolean isTakenOver(ShardProgress word) {
        ShardProgress before = last;
        return before == null ? missed : !before.node().equals(word.node());
    }

    /** Remembers its progress and answers what was known before. */
    @Nullable
    ShardProgress progressed(ShardProgress word) {
        ShardProgress before = last;
        last = word;
        return before;
    }

    /** A report of one of its hosts came, for the first time. */
    void reported() {
        reports++;
    }

    /** Whether there are reports of all hosts that it says are done. */
    boolean hasReportedAll() {
        ShardProgress word = last;
        return word == null || reports >= word.hostsDone();
    }

    void heard(long now) {
        wait = 0;
        askAt = now + PATIENCE;
    }

    /** It has just been asked. */
    void asked(long now) {
        started = true;
        wait = wait == 0 ? SOON : Math.min(2 * wait, PATIENCE);
        askAt = now + wait;
    }

    boolean isToBeAsked(long now) {
        return isUnderWay() && now - askAt >= 0;
    }

    /**
     * Whether it has begun, and it or another part of its pool is not at its end. One that was done has to go back with the others if
     * they lose what they had, and may itself be lost meanwhile; asked, it says again what it said.
     */
    boolean isUnderWay() {
        return started && !pool.stream().allMatch(KnownShard::isDone);
    }
}
