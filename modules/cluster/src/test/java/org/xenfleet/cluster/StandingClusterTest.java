package org.xenfleet.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.xenfleet.cluster.kit.Counters;
import org.xenfleet.cluster.kit.Counting;
import org.xenfleet.cluster.kit.Patience;

/** Nodes that nobody launched: nobody sees their processes end, and only heartbeats tell. */
class StandingClusterTest {
    private static final NodeOptions NODE =
            NodeOptions.of(NodeRole.NODE, "test").withWorkers(1);

    @Test
    void shouldMissNodesThatAreKilled() throws Exception {
        try (KillableNode first = KillableNode.start("first", NODE);
                KillableNode second = KillableNode.start("second", NODE.withJoin(first.endpoint()));
                KillableNode third = KillableNode.start("third", NODE.withJoin(first.endpoint()));
                ClusterNode client = ClusterNode.start(
                        NodeOptions.of(NodeRole.CLIENT, "test").withJoin(first.endpoint()), Counters.configuration())) {
            client.awaitUp(List.of(second.endpoint(), third.endpoint(), client.endpoint()))
                    .toCompletableFuture()
                    .get(120, TimeUnit.SECONDS);
            Counting counting = new Counting(client, 30);
            assertThat(Set.copyOf(counting.untilAllAnswer().values()))
                    .containsExactlyInAnyOrder(first.pid(), second.pid(), third.pid());

            // the first is the oldest, and so it is the one that knows where shards are
            Patience patience = new Patience("taken over from the oldest node, which nobody saw die");
            first.kill();
            Map<String, Long> after = counting.untilAllAnswer();
            patience.assertWithin(Duration.ofSeconds(5));
            assertThat(Set.copyOf(after.values())).containsExactlyInAnyOrder(second.pid(), third.pid());

            patience = new Patience("taken over from a second node");
            third.kill();
            after = counting.untilAllAnswer();
            patience.assertWithin(Duration.ofSeconds(5));
            assertThat(Set.copyOf(after.values())).containsExactly(second.pid());
        }
    }
}
