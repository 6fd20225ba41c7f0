package org.xenfleet.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;
import org.junit.jupiter.api.Test;
import org.xenfleet.cluster.kit.CounterMessage;
import org.xenfleet.cluster.kit.CounterNode;
import org.xenfleet.cluster.kit.Counters;
import org.xenfleet.cluster.kit.Counting;
import org.xenfleet.cluster.kit.Patience;

/** Real processes: what happens when they die. */
class LocalNodesTest {
    private static final int COUNTERS = 30;

    private final PrintingListener listener = new PrintingListener();

    @Test
    void shouldTakeOverFromNodesThatAreKilled() throws Exception {
        try (ClusterNode launcher =
                        ClusterNode.start(NodeOptions.of(NodeRole.LAUNCHER, "test"), Counters.configuration());
                LocalNodes nodes = LocalNodes.start(launcher, settings(3), listener)) {
            nodes.ready().toCompletableFuture().get(120, TimeUnit.SECONDS);
            Counting counting = new Counting(launcher, COUNTERS);

            counting.untilSpread(3);

            long oldest = oldest(launcher, nodes);
            long other = nodes.pids().stream()
                    .filter(pid -> pid != oldest)
                    .findFirst()
                    .orElseThrow();
            for (long victim : List.of(other, oldest)) {
                Patience patience = new Patience("taken over from a node that was killed");
                ProcessHandle.of(victim).orElseThrow().destroyForcibly();
                NodeExit exit = listener.exits().poll(10, TimeUnit.SECONDS);
                assertThat(exit).isNotNull();
                assertThat(exit.sentence()).endsWith("was killed (signal 9).");

                Map<String, Long> after = counting.untilAllAnswer();
                patience.assertWithin(Duration.ofSeconds(5));
                assertThat(after.values()).doesNotContain(victim);
                assertThat(Set.copyOf(after.values())).hasSameElementsAs(nodes.pids());
            }
        }
    }

    @Test
    void shouldGiveNewShardsToOthersWhileANodeHangsAndIsNotYetMissed() throws Exception {
        try (ClusterNode launcher =
                        ClusterNode.start(NodeOptions.of(NodeRole.LAUNCHER, "test"), Counters.configuration());
                LocalNodes nodes = LocalNodes.start(launcher, settings(3), listener)) {
            nodes.ready().toCompletableFuture().get(120, TimeUnit.SECONDS);
            long oldest = oldest(launcher, nodes);
            int counters = COUNTERS;
            Map<Long, Long> counts = new Counting(launcher, counters).untilSpread(3);
            // the next is for the emptiest, and so not for this one
            Optional<Long> full = fuller(counts, oldest);
            while (full.isEmpty()) {
                counts = new Counting(launcher, ++counters).untilSpread(3);
                full = fuller(counts, oldest);
            }

            KillableNode.signal("STOP", full.get());
            Patience patience = new Patience("a new shard was given to a node while another hung");
            String next = Counters.ids(counters + 1).get(counters);
            CounterMessage.Total answer = new Counting(launcher, 0).untilAnswered(next);
            patience.assertWithin(Duration.ofSeconds(2));
            assertThat(answer.pid()).isNotEqualTo(full.get());
        }
    }

    /**
     * Where a shard is to leave a node that answers no more, Pekko waits for the node as long as it may wait for any. The node
     * hangs when a third has just joined, so that shards are due to be moved before it is missed.
     */
    @Test
    void shouldTakeOverFromANodeThatShardsWereJustLeaving() throws Exception {
        try (ClusterNode launcher =
                        ClusterNode.start(NodeOptions.of(NodeRole.LAUNCHER, "test"), Counters.configuration());
                LocalNodes nodes = LocalNodes.start(launcher, settings(2), listener)) {
            nodes.ready().toCompletableFuture().get(120, TimeUnit.SECONDS);
            Counting counting = new Counting(launcher, COUNTERS);
            counting.untilSpread(2);
            long oldest = oldest(launcher, nodes);
            long leaving = nodes.pids().stream()
                    .filter(pid -> pid != oldest)
                    .findFirst()
                    .orElseThrow();
            nodes.fillUpTo(3);
            nodes.ready().toCompletableFuture().get(120, TimeUnit.SECONDS);

            Patience patience = new Patience("taken over from a node that hung while shards were leaving it");
            KillableNode.signal("STOP", leaving);
            Map<String, Long> after = counting.untilAllAnswer();
            patience.assertWithin(Duration.ofSeconds(14));
            assertThat(after.values()).doesNotContain(leaving);
        }
    }

    /** One that has more than the emptiest, and is not that one. */
    private static Optional<Long> fuller(Map<Long, Long> counts, long than) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey() != than && entry.getValue() > Collections.min(counts.values()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The one that knows where shards are. */
    private static long oldest(ClusterNode launcher, LocalNodes nodes) {
        Iterable<Member> members = Cluster.get(launcher.system()).state().getMembers();
        Member oldest = StreamSupport.stream(members.spliterator(), false)
                .filter(member -> member.hasRole(NodeRole.NODE.label()))
                .min((a, b) -> a.isOlderThan(b) ? -1 : 1)
                .orElseThrow();
        return Objects.requireNonNull(nodes.pidsByEndpoint().get(ClusterNode.endpoint(oldest.address())));
    }

    private static LocalNodes.Settings settings(int count) {
        return new LocalNodes.Settings(count, 1, CounterNode.class.getName(), List.of("-Xmx256m"), List.of());
    }
}
