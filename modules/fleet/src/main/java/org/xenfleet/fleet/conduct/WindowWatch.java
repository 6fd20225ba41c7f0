package org.xenfleet.fleet.conduct;

/**
 * How long workers stand still because a window is not over: those that have no host of it left to advance, and all of them from
 * its end to the beginning of the next. Times are those of {@link System#nanoTime}. Used by one thread.
 */
final class WindowWatch {
    private final int workers;
    private long last;
    private int busy;
    private boolean running;
    private long waited;
    private long worked;

    /** @param workers that can advance hosts of the shard at the same time */
    WindowWatch(int workers) {
        this.workers = workers;
    }

    void begins(long now) {
        if (running) {
            note(now);
        }
        running = true;
        last = now;
        busy = workers;
    }

    /** @param left hosts that have not answered yet */
    void answered(long now, int left) {
        note(now);
        busy = Math.min(workers, left);
    }

    private void note(long now) {
        waited += (workers - busy) * (now - last);
        worked += workers * (now - last);
        last = now;
    }

    long waitedNs() {
        return waited;
    }

    /** The time of all workers, waiting included. */
    long workedNs() {
        return worked;
    }
}
