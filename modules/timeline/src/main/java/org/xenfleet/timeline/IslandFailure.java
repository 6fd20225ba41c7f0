package org.xenfleet.timeline;

/** An actor of an island failed, and with it the run: who, at which instant, on which message, and why. */
public final class IslandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String actor;
    private final long time;

    IslandFailure(
            String island,
            String actor,
            long time,
            Message message,
            String what,
            @org.jspecify.annotations.Nullable Throwable cause) {
        super(island + ": actor " + actor + " at " + time + " ns on " + message + ": " + what, cause);
        this.actor = actor;
        this.time = time;
    }

    public String actor() {
        return actor;
    }

    /** The instant of the failed delivery, in ns. */
    public long time() {
        return time;
    }
}
