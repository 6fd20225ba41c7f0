package org.xenfleet.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.util.Version;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import scala.Option;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.TreeSet$;
import scala.jdk.javaapi.CollectionConverters;

/** What the strategy adds to {@link Balance}: which nodes may have shards, and when nothing is moved. */
class LeastHostsAllocationTest {
    private static ActorSystem<Void> system;

    private final Map<Integer, MemberStatus> members = new HashMap<>();
    private final List<Member> unreachable = new ArrayList<>();
    private final Map<ActorRef, IndexedSeq<String>> allocations = new HashMap<>();
    private final LeastHostsAllocation strategy =
            new LeastHostsAllocation(address(1), this::state, LeastHostsAllocationTest::hostsIn);

    @BeforeAll
    static void start() throws NodeRefusal {
        system =
                ActorSystem.create(Behaviors.empty(), "xenfleet", NodeConfig.of(NodeOptions.of(NodeRole.NODE, "test")));
    }

    @AfterAll
    static void stop() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }

    @Test
    void shouldPreferTheNodeWithTheFewestHosts() {
        ActorRef first = region(1, MemberStatus.up(), "r~0x64");
        ActorRef second = region(2, MemberStatus.up(), "r~1x16", "r~2x16");

        assertThat(allocate()).isEqualTo(second);
        assertThat(allocations).containsKey(first);
    }

    @Test
    void shouldNotCountShardsOfOtherRuns() {
        region(1, MemberStatus.up(), "r~0x16");
        ActorRef second = region(2, MemberStatus.up(), "old~0x0", "old~1x0", "old~2x0");

        assertThat(allocate()).isEqualTo(second);
        assertThat(rebalance(Set.of())).isEmpty();
    }

    /** Such as between two runs, or when the coordinator has just begun on another node. */
    @Test
    void shouldCountAllShardsAlikeAndMoveNoneWhileNobodyKnowsHowManyHostsTheyHave() {
        region(1, MemberStatus.up(), "new~0", "new~1");
        ActorRef second = region(2, MemberStatus.up());
        assertThat(allocate()).isEqualTo(second);

        assertThat(rebalance(Set.of())).isEmpty();
    }

    @Test
    void shouldGiveNothingToThoseWhoLeaveOrCannotBeReached() {
        region(1, MemberStatus.leaving());
        region(2, MemberStatus.exiting());
        region(3, MemberStatus.down());
        region(4, MemberStatus.up());
        unreachable.add(member(4, MemberStatus.up()));
        ActorRef last = region(5, MemberStatus.up(), "r~0x256");

        assertThat(allocate()).isEqualTo(last);
    }

    @Test
    void shouldGiveItToSomebodyIfAllLeave() {
        ActorRef only = region(1, MemberStatus.leaving());

        assertThat(allocate()).isEqualTo(only);
    }

    @Test
    void shouldMoveShardsToANodeThatCame() {
        region(1, MemberStatus.up(), "r~0x16", "r~1x16");
        region(2, MemberStatus.up());

        assertThat(rebalance(Set.of())).containsExactly("r~1x16");
    }

    @Test
    void shouldMoveNothingBeforeTheLastMoveIsOver() {
        region(1, MemberStatus.up(), "r~0x16", "r~1x16");
        region(2, MemberStatus.up());

        assertThat(rebalance(Set.of("r~0x16"))).isEmpty();
    }

    @Test
    void shouldMoveNothingWhileSomebodyComesGoesOrIsMissed() {
        region(1, MemberStatus.up(), "r~0x16", "r~1x16");
        region(2, MemberStatus.up());
        for (MemberStatus status : List.of(MemberStatus.joining(), MemberStatus.weaklyUp(), MemberStatus.leaving())) {
            members.put(3, status);
            assertThat(rebalance(Set.of())).isEmpty();
        }
        members.put(3, MemberStatus.up());
        assertThat(rebalance(Set.of())).hasSize(1);
        unreachable.add(member(3, MemberStatus.up()));
        assertThat(rebalance(Set.of())).isEmpty();
    }

    @Test
    void shouldMoveNothingWhileTheRegionOfAMemberThatIsGoneIsStillThere() {
        region(1, MemberStatus.up(), "r~0x16", "r~1x16");
        region(2, MemberStatus.up());
        region(3, MemberStatus.up(), "r~2x16");
        assertThat(rebalance(Set.of())).hasSize(1);

        members.remove(3);

        assertThat(rebalance(Set.of())).isEmpty();
    }

    /** As the name says: r~0x16 has 16. */
    private static OptionalLong hostsIn(String shard) {
        int times = shard.indexOf('x');
        return times < 0 ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(shard.substring(times + 1)));
    }

    private ActorRef allocate() {
        ActorRef requester = allocations.keySet().iterator().next();
        return strategy.allocateShard(requester, "r~9x16", allocations)
                .value()
                .get()
                .get();
    }

    private Set<String> rebalance(Set<String> inProgress) {
        return strategy.rebalance(allocations, inProgress).value().get().get();
    }

    private ActorRef region(int node, MemberStatus status, String... shards) {
        members.put(node, status);
        ActorRef region = ((ExtendedActorSystem) Adapter.toClassic(system))
                .provider()
                .resolveActorRef(address(node) + "/system/sharding/hosts");
        allocations.put(
                region, CollectionConverters.asScala(Arrays.asList(shards)).toIndexedSeq());
        return region;
    }

    private CurrentClusterState state() {
        List<Member> all = new ArrayList<>();
        members.forEach((node, status) -> all.add(member(node, status)));
        return new CurrentClusterState(
                TreeSet$.MODULE$.from(CollectionConverters.asScala(all), Member.ordering()),
                CollectionConverters.asScala(unreachable).toSet(),
                CollectionConverters.asScala(Set.<Address>of()).toSet(),
                Option.empty(),
                scala.collection.immutable.Map.from(CollectionConverters.asScala(Map.of())),
                CollectionConverters.asScala(Set.<String>of()).toSet(),
                CollectionConverters.asScala(Set.<UniqueAddress>of()).toSet());
    }

    private static Member member(int node, MemberStatus status) {
        List<String> roles = List.of("node", "dc-default");
        return new Member(
                new UniqueAddress(address(node), (long) node),
                node,
                status,
                CollectionConverters.asScala(roles).toSet(),
                Version.Zero());
    }

    private static Address address(int node) {
        return new Address("pekko", "xenfleet", "127.0.0.9", 20_000 + node);
    }
}
