package org.xenfleet.fleet.conduct;

import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.xenfleet.fleet.conduct.Conducting.ToShard;

/** Reaches the conductors of shards, wherever they are. Used by the coordinator's thread. */
public interface ShardStarter {

    /**
     * Tells a conductor something, and makes it if there is none. It may get lost.
     *
     * @param coordinator the context of the coordinator
     */
    void tell(ActorContext<?> coordinator, HostShard shard, ToShard word);

    /** Whether a conductor that is gone without a word comes to life elsewhere; otherwise that is the end of the run. */
    boolean survives();
}
