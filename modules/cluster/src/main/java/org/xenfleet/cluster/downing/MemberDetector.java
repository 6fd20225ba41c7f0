package org.xenfleet.cluster.downing;

import com.typesafe.config.Config;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.event.EventStream;
import org.apache.pekko.remote.DeadlineFailureDetector;
import org.apache.pekko.remote.DefaultFailureDetectorRegistry;

/**
 * Takes a member for unreachable if nothing was heard of it for some time, or if somebody knows that its process has ended.
 * A deadline, and not the distribution of what was heard before: a busy machine must not teach it to be slow. Made by
 * Pekko. Any thread may use it.
 */
public final class MemberDetector extends DeadlineFailureDetector {
    private volatile boolean dead;

    public MemberDetector(Config config, EventStream events) {
        super(config, events);
    }

    @Override
    public boolean isAvailable() {
        return !dead && super.isAvailable();
    }

    /**
     * Lets this process see at once that a member cannot be reached any more. Without it a member that was declared down
     * would stay until its heartbeats are missed. Does nothing if this process does not watch that member, as in a large
     * cluster; then those do who watch it.
     */
    public static void declareDead(Cluster cluster, Address member) {
        if (cluster.failureDetector() instanceof DefaultFailureDetectorRegistry<Address> detectors
                && detectors.failureDetector(member).getOrElse(() -> null) instanceof MemberDetector detector) {
            detector.dead = true;
        }
    }
}
