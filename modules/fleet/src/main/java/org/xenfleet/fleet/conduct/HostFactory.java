package org.xenfleet.fleet.conduct;

import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.xenfleet.host.Host;

/** Brings a host into being where its conductor is. Used by the conductor's thread. */
public interface HostFactory {

    /**
     * Tells the host to enter, and makes it if it is not there. The host may miss it if it is just going; then it is asked
     * again.
     *
     * @param number of the host among all copies of its pool
     */
    void enter(ActorContext<?> conductor, HostShard shard, int number, Host.Enter command);
}
