package org.xenfleet.xen.time;

/**
 * How the system time of a host left the true time or came back to it. Times are true ns.
 *
 * @param from when it began
 * @param until when it ended, {@code from} of a step
 * @param ns by how much, above 0
 */
public record Damage(long from, long until, Kind kind, long ns) {
    public enum Kind {
        /** System time went on by {@code ns} less than the true time. */
        SLOW(-1),
        /** System time went on by {@code ns} more than the true time. */
        FAST(1),
        STEP_BACK(-1),
        STEP_FORWARD(1),
        /** By {@code until} all of Xen's clocks agree on a time {@code ns} further behind the true one than before {@code from}. */
        LOST(0),
        /** As LOST, but ahead. */
        GAINED(0),
        /**
         * The platform counter has missed more wraps than the overflow handler repairs at once and is still {@code ns} behind
         * the system time. What comes of it is not in the model.
         */
        UNTOLD(0);

        private final int sign;

        Kind(int sign) {
            this.sign = sign;
        }
    }

    /** What it adds to system time minus true time; LOST and GAINED only sum up what others added, UNTOLD adds nothing. */
    public long change() {
        return kind.sign * ns;
    }
}
