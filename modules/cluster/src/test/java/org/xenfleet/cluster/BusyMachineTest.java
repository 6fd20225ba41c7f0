package org.xenfleet.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.xenfleet.cluster.kit.CounterMessage;
import org.xenfleet.cluster.kit.CounterNode;
import org.xenfleet.cluster.kit.Counters;
import org.xenfleet.cluster.kit.Counting;

/** More threads that simulate than processors, and yet nobody is taken for dead. */
class BusyMachineTest {
    /** Of the burst; {@code -Dxenfleet.busy-seconds=60} for a long one. */
    private static final Duration BURST = Duration.ofSeconds(Integer.getInteger("xenfleet.busy-seconds", 8));

    @Test
    void shouldNotMissNodesThatAreBusy() throws Exception {
        PrintingListener listener = new PrintingListener();
        int workers = Runtime.getRuntime().availableProcessors();
        var settings = new LocalNodes.Settings(3, workers, CounterNode.class.getName(), List.of("-Xmx256m"), List.of());
        try (ClusterNode launcher =
                        ClusterNode.start(NodeOptions.of(NodeRole.LAUNCHER, "test"), Counters.configuration());
                LocalNodes nodes = LocalNodes.start(launcher, settings, listener)) {
            nodes.ready().toCompletableFuture().get(120, TimeUnit.SECONDS);
            Counting counting = new Counting(launcher, 3 * workers);
            List<Long> pids = List.copyOf(nodes.pids());
            // a counter that is moved while it is busy forgets whom it is to answer
            counting.untilSpread(pids.size());

            List<CompletableFuture<CounterMessage.Total>> working = new ArrayList<>();
            for (String id : Counters.ids(3 * workers)) {
                working.add(counting.work(id, BURST).toCompletableFuture());
            }
            for (CompletableFuture<CounterMessage.Total> done : working) {
                assertThat(pids).contains(done.get(5, TimeUnit.MINUTES).pid());
            }

            assertThat(listener.exits()).isEmpty();
            assertThat(nodes.pids()).isEqualTo(pids);
        }
    }
}
