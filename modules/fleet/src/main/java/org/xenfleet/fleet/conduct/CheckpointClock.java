package org.xenfleet.fleet.conduct;

import java.util.concurrent.TimeUnit;

/**
 * Says when it is time for a checkpoint: once a second, but so seldom that all of them together cost at most a twentieth of the
 * time. Times are those of {@link System#nanoTime}. Used by one thread.
 */
final class CheckpointClock {
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);
    private static final int SHARE = 20;

    private long next;
    private long begun;

    CheckpointClock(long now) {
        next = now + INTERVAL;
    }

    boolean isDue(long now) {
        return now - next >= 0;
    }

    void begins(long now) {
        begun = now;
        next = Long.MAX_VALUE / 2 + now;
    }

    void ends(long now) {
        next = now + Math.max(INTERVAL, SHARE * (now - begun));
    }
}
