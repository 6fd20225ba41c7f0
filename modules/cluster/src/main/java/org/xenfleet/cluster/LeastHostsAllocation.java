package org.xenfleet.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.ShardCoordinator.AbstractShardAllocationStrategy;
import scala.collection.immutable.IndexedSeq;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Gives shards to nodes so that each has about as many hosts as any other. Nodes that are leaving or cannot be reached get none.
 * While it is not known how many hosts shards have, all count the same, and none is moved. Asked by the coordinator of the
 * sharding only, on its own thread.
 */
public final class LeastHostsAllocation extends AbstractShardAllocationStrategy {
    /** Nothing is moved while the emptiest node has this share of the average. */
    public static final double ENOUGH = 0.8;

    private final Address self;
    private final Supplier<CurrentClusterState> cluster;
    private final Function<String, OptionalLong> hosts;

    /** @param hosts how many are in a shard, by its id; 0 for one that does not matter now; nothing if that is not known of any */
    public LeastHostsAllocation(ActorSystem<?> system, Function<String, OptionalLong> hosts) {
        this(
                Cluster.get(Adapter.toClassic(system)).selfAddress(),
                () -> Cluster.get(Adapter.toClassic(system)).state(),
                hosts);
    }

    LeastHostsAllocation(Address self, Supplier<CurrentClusterState> cluster, Function<String, OptionalLong> hosts) {
        this.self = self;
        this.cluster = cluster;
        this.hosts = hosts;
    }

    @Override
    public Future<ActorRef> allocateShard(
            ActorRef requester, String shard, Map<ActorRef, IndexedSeq<String>> allocations) {
        Set<Address> fit = addresses(LeastHostsAllocation::isUp);
        cluster.get().getUnreachable().forEach(member -> fit.remove(member.address()));
        Map<ActorRef, IndexedSeq<String>> good = new HashMap<>(allocations);
        good.keySet().removeIf(region -> !fit.contains(addressOf(region)));
        String best = balance(good.isEmpty() ? allocations : good, 1).emptiest();
        ActorRef chosen = allocations.keySet().stream()
                .filter(region -> addressOf(region).toString().equals(best))
                .findFirst()
                .orElse(requester);
        return Future.successful(chosen);
    }

    /**
     * Only while everybody is there and nobody is coming or going. The region of a node that is gone may still be among them: the
     * coordinator hears of it late if it waits for something, and a shard that were to leave it then would wait for its answer.
     */
    @Override
    public Future<Set<String>> rebalance(Map<ActorRef, IndexedSeq<String>> allocations, Set<String> inProgress) {
        CurrentClusterState state = cluster.get();
        Set<Address> up = addresses(LeastHostsAllocation::isUp);
        boolean calm = state.getUnreachable().isEmpty()
                && addresses(member -> !isUp(member)).isEmpty()
                && allocations.keySet().stream().allMatch(region -> up.contains(addressOf(region)));
        if (!inProgress.isEmpty() || allocations.isEmpty() || !calm) {
            return Future.successful(Set.of());
        }
        Set<String> moved =
                balance(allocations, 0).toMove().stream().map(Balance.Shard::id).collect(Collectors.toSet());
        return Future.successful(moved);
    }

    /** @param unknown how many hosts a shard has of which that is not known */
    private Balance balance(Map<ActorRef, IndexedSeq<String>> allocations, long unknown) {
        return new Balance(allocations.entrySet().stream()
                .map(entry ->
                        new Balance.Region(addressOf(entry.getKey()).toString(), shards(entry.getValue(), unknown)))
                .toList());
    }

    private List<Balance.Shard> shards(IndexedSeq<String> ids, long unknown) {
        return CollectionConverters.asJava(ids).stream()
                .map(id -> new Balance.Shard(id, hosts.apply(id).orElse(unknown)))
                .filter(shard -> shard.hosts() > 0)
                .toList();
    }

    private Set<Address> addresses(Predicate<Member> which) {
        return StreamSupport.stream(cluster.get().getMembers().spliterator(), false)
                .filter(which)
                .map(Member::address)
                .collect(Collectors.toSet());
    }

    private static boolean isUp(Member member) {
        return member.status().equals(MemberStatus.up());
    }

    private Address addressOf(ActorRef region) {
        Address address = region.path().address();
        return address.hasLocalScope() ? self : address;
    }
}
