package org.xenfleet.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.xenfleet.cluster.kit.CounterLauncher;
import org.xenfleet.cluster.kit.CounterMessage;
import org.xenfleet.cluster.kit.Counters;
import org.xenfleet.cluster.kit.Counting;
import org.xenfleet.cluster.kit.Patience;

/** Nobody may be left behind, nor go before the time. */
class ParentDeathTest {

    @Test
    void shouldEndWithTheProcessThatStartedThem() throws Exception {
        Process launcher = new ProcessBuilder(
                        JvmCommand.of(CounterLauncher.class.getName(), List.of("-Xmx256m"), List.of()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(launcher.getInputStream(), StandardCharsets.UTF_8))) {
            List<ProcessHandle> nodes = Arrays.stream(out.readLine().split(" "))
                    .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                    .toList();
            assertThat(nodes).hasSize(2).allMatch(ProcessHandle::isAlive);

            Patience patience = new Patience("ended after the launcher");
            launcher.destroyForcibly();
            for (ProcessHandle node : nodes) {
                node.onExit().get(60, TimeUnit.SECONDS);
            }
            patience.assertWithin(Duration.ofSeconds(5));
        } finally {
            launcher.destroyForcibly();
        }
    }

    @Test
    void shouldGoOnUntilTheParentSaysSoWhenATerminalInterruptsAllOfThem() throws Exception {
        NodeOptions options = NodeOptions.of(NodeRole.NODE, "test").withWorkers(1);
        try (KillableNode node = KillableNode.start("interrupted", options);
                ClusterNode client = ClusterNode.start(
                        NodeOptions.of(NodeRole.CLIENT, "test").withJoin(node.endpoint()), Counters.configuration())) {
            client.up().toCompletableFuture().get(120, TimeUnit.SECONDS);
            Counting counting = new Counting(client, 1);
            counting.untilAllAnswer();

            node.signal("INT");
            CounterMessage.Total worked = counting.work(Counters.ids(1).get(0), Duration.ofSeconds(3))
                    .toCompletableFuture()
                    .get(120, TimeUnit.SECONDS);
            assertThat(worked.pid()).isEqualTo(node.pid());
            node.end();

            assertThat(node.exitCode()).isZero();
        }
    }
}
