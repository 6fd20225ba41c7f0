package org.xenfleet.cluster.downing;

import com.typesafe.config.Config;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.event.EventStream;
import org.apache.pekko.remote.DefaultFailureDetectorRegistry;
import org.apache.pekko.remote.FailureDetector;

/**
 * Takes a member for unreachable if nothing was heard of it for some time, or if somebody knows that its process has ended.
 *
 * <p>Time in which this process itself did not run, since it was stopped, collected garbage or had no processor, does not
 * count: it would have heard nothing of anybody. A deadline, and not the distribution of what was heard before: a busy
 * machine must not teach it to be slow. Made by Pekko, for each member that this one watches. Any thread may use it.
 */
public final class MemberDetector implements FailureDetector {
    private final long silenceNanos;
    private final long pollNanos;
    private final LongSupplier nanoTime;

    // All of these are guarded by this object.
    private boolean monitoring;
    private boolean dead;
    private long heardAt;
    private long polledAt;
    private long forgiven;

    public MemberDetector(Config config, EventStream events) {
        this(config, System::nanoTime);
    }

    MemberDetector(Config config, LongSupplier nanoTime) {
        silenceNanos = config.getDuration("heartbeat-interval")
                .plus(config.getDuration("acceptable-heartbeat-pause"))
                .toNanos();
        pollNanos = config.getDuration("polled-every").toNanos();
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized boolean isMonitoring() {
        return monitoring;
    }

    @Override
    public synchronized void heartbeat() {
        monitoring = true;
        heardAt = nanoTime.getAsLong();
        forgiven = 0;
    }

    /** Is asked again and again, whether or not somebody is suspected. */
    @Override
    public synchronized boolean isAvailable() {
        long now = nanoTime.getAsLong();
        if (!monitoring) {
            return true;
        }
        long unpolled = now - Math.max(polledAt, heardAt);
        if (unpolled > 2 * pollNanos) {
            forgiven += unpolled - pollNanos;
        }
        polledAt = now;
        return !dead && now - heardAt - forgiven <= silenceNanos;
    }

    private synchronized void die() {
        dead = true;
    }

    /**
     * Lets this process see at once that a member cannot be reached any more. Without it a member that was declared down
     * would stay until its heartbeats are missed. Does nothing if this process does not watch that member, as in a large
     * cluster; then those do who watch it.
     */
    public static void declareDead(Cluster cluster, Address member) {
        if (cluster.failureDetector() instanceof DefaultFailureDetectorRegistry<Address> detectors
                && detectors.failureDetector(member).getOrElse(() -> null) instanceof MemberDetector detector) {
            detector.die();
        }
    }
}
