package org.xenfleet.fleet.conduct;

/**
 * Says when it is time for a checkpoint: once an interval, but so seldom that all of them together cost at most a twentieth of the
 * time. An interval of zero asks for one whenever there can be one, whatever it costs. Times are those of {@link System#nanoTime}.
 * Used by one thread.
 */
final class CheckpointClock {
    private static final int SHARE = 20;

    private final long interval;
    private long next;
    private long begun;

    CheckpointClock(long interval, long now) {
        this.interval = interval;
        next = now + interval;
    }

    boolean isDue(long now) {
        return now - next >= 0;
    }

    void begins(long now) {
        begun = now;
        next = Long.MAX_VALUE / 2 + now;
    }

    void ends(long now) {
        next = interval == 0 ? now : now + Math.max(interval, SHARE * (now - begun));
    }
}
