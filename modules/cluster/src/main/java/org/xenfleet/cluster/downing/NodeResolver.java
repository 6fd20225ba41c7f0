package org.xenfleet.cluster.downing;

import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.sbr.DowningStrategy;
import org.apache.pekko.cluster.sbr.SplitBrainResolverBase;
import org.apache.pekko.remote.artery.ThisActorSystemQuarantinedEvent;
import scala.collection.immutable.Set;
import scala.concurrent.duration.FiniteDuration;
import scala.jdk.javaapi.CollectionConverters;

/** The split brain resolver of Pekko, which looks more often than once a second, and asks {@link LauncherDecides}. */
final class NodeResolver extends SplitBrainResolverBase {
    private final Cluster cluster;

    /** Of whom it was said last that they are taken out. */
    private String told = "";

    NodeResolver(FiniteDuration stableAfter, Cluster cluster) {
        super(stableAfter, new LauncherDecides(cluster.selfDataCenter(), cluster.selfUniqueAddress()));
        this.cluster = cluster;
    }

    /** Asked by the constructor of the resolver. */
    @Override
    public FiniteDuration tickInterval() {
        return FiniteDuration.apply(200, TimeUnit.MILLISECONDS);
    }

    @Override
    public UniqueAddress selfUniqueAddress() {
        return cluster.selfUniqueAddress();
    }

    @Override
    public String selfDc() {
        return cluster.selfDataCenter();
    }

    @Override
    public void down(UniqueAddress node, DowningStrategy.Decision decision) {
        cluster.down(node.address());
    }

    /** The same is decided again and again until a member is removed; that is no news. */
    @Override
    public void observeDecision(
            DowningStrategy.Decision decision, Set<UniqueAddress> nodes, Set<String> unreachableDataCenters) {
        String addresses = CollectionConverters.asJava(nodes).stream()
                .map(node -> node.address().hostPort())
                .sorted()
                .collect(Collectors.joining(", "));
        if (addresses.isEmpty() || addresses.equals(told)) {
            return;
        }
        told = addresses;
        log().warning(
                        nodes.contains(selfUniqueAddress())
                                ? "This side of the cluster is cut off and ends: {}"
                                : "Taken out of the cluster, because it cannot be reached: {}",
                        addresses);
    }

    @Override
    public void preStart() throws Exception {
        cluster.subscribe(self(), ClusterEvent.initialStateAsEvents(), ClusterEvent.ClusterDomainEvent.class);
        context().system().eventStream().subscribe(self(), ThisActorSystemQuarantinedEvent.class);
        super.preStart();
    }

    @Override
    public void postStop() {
        cluster.unsubscribe(self());
        context().system().eventStream().unsubscribe(self());
        super.postStop();
    }
}
