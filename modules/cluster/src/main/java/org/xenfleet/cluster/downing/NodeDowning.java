package org.xenfleet.cluster.downing;

import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.DowningProvider;
import org.apache.pekko.cluster.sbr.SplitBrainResolverSettings;
import scala.Option;
import scala.concurrent.duration.FiniteDuration;

/** Takes members out of the cluster that cannot be reached, or this one. Made by Pekko. */
public final class NodeDowning extends DowningProvider {
    private final ActorSystem system;

    public NodeDowning(ActorSystem system) {
        this.system = system;
    }

    /** How long those who were cut off have to end before others take over. */
    @Override
    public FiniteDuration downRemovalMargin() {
        return Cluster.get(system).settings().DownRemovalMargin();
    }

    @Override
    public Option<Props> downingActorProps() {
        FiniteDuration stableAfter =
                new SplitBrainResolverSettings(system.settings().config()).DowningStableAfter();
        return Option.apply(Props.create(NodeResolver.class, () -> new NodeResolver(stableAfter, Cluster.get(system))));
    }
}
