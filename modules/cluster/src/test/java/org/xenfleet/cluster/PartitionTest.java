package org.xenfleet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.StreamSupport;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.xenfleet.cluster.kit.CounterMessage;
import org.xenfleet.cluster.kit.CounterNode;
import org.xenfleet.cluster.kit.Counters;
import org.xenfleet.cluster.kit.Counting;
import org.xenfleet.cluster.kit.Patience;
import org.xenfleet.cluster.kit.TcpForwarder;

/**
 * A launcher and three nodes, all of which reach each other through forwarders only. The tests share the cluster, since it
 * takes a while to start, and go from faults that it survives whole to those that cost it a node.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PartitionTest {
    private static final int NODES = 3;
    private static final String SOURCE = "127.0.0.1";

    /** The launcher's is the first. */
    private final List<TcpForwarder> forwarders = new ArrayList<>();

    private final List<KillableNode> nodes = new ArrayList<>();
    private ClusterNode launcher;
    private Counting counting;

    @BeforeAll
    void start() throws Exception {
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i <= NODES; i++) {
            ports.add(KillableNode.freePort());
            forwarders.add(new TcpForwarder(new Endpoint(Endpoint.LOOPBACK, ports.get(i))));
        }
        launcher = ClusterNode.start(
                KillableNode.behind(forwarders.get(0), ports.get(0), NodeRole.LAUNCHER),
                Counters.configuration(source(0)));
        for (int i = 1; i <= NODES; i++) {
            NodeOptions options = KillableNode.behind(forwarders.get(i), ports.get(i), NodeRole.NODE)
                    .withJoin(launcher.endpoint());
            nodes.add(KillableNode.start("node " + i, options, "-D" + CounterNode.SOURCE + "=" + source(i)));
        }
        List<Endpoint> endpoints = new ArrayList<>();
        for (KillableNode node : nodes) {
            endpoints.add(node.endpoint());
        }
        launcher.awaitUp(endpoints).toCompletableFuture().get(120, TimeUnit.SECONDS);
        counting = new Counting(launcher, 30);
        assertThat(Set.copyOf(counting.untilAllAnswer().values()))
                .containsExactlyInAnyOrderElementsOf(
                        nodes.stream().map(KillableNode::pid).toList());
    }

    @AfterAll
    void stop() {
        nodes.forEach(KillableNode::close);
        launcher.close();
        forwarders.forEach(TcpForwarder::close);
    }

    @Test
    @Order(1)
    void shouldLoseNothingInAShortPartition() throws Exception {
        String counter = counterOf(nodes.get(2));
        int before = counting.untilAnswered(counter).count();

        isolate(3);
        var asked = counting.askOnce(counter, Duration.ofSeconds(30)).toCompletableFuture();
        assertThatThrownBy(() -> asked.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        forwarders.forEach(TcpForwarder::heal);

        CounterMessage.Total total = asked.get(30, TimeUnit.SECONDS);
        assertThat(total.pid()).isEqualTo(nodes.get(2).pid());
        assertThat(total.count()).isEqualTo(before + 1);
        assertAllAreMembers(4);
    }

    @Test
    @Order(2)
    void shouldWorkOverASlowNetwork() throws Exception {
        String counter = counterOf(nodes.get(1));
        Duration delay = Duration.ofMillis(300);

        forwarders.get(2).delay(delay);
        long before = System.nanoTime();
        counting.askOnce(counter, Duration.ofSeconds(30)).toCompletableFuture().get(30, TimeUnit.SECONDS);

        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(delay.toNanos());
        forwarders.get(2).heal();
        assertAllAreMembers(4);
    }

    @Test
    @Order(3)
    void shouldConnectAgainWhenConnectionsBreak() throws Exception {
        forwarders.forEach(TcpForwarder::drop);

        assertThat(Set.copyOf(counting.untilAllAnswer().values())).hasSize(NODES);
        assertAllAreMembers(4);
    }

    @Test
    @Order(4)
    void shouldTakeOverFromANodeThatIsCutOff() throws Exception {
        KillableNode victim = nodes.get(2);
        long passed = forwarders.get(3).forwarded();

        Patience patience = new Patience("taken over from a node that was cut off");
        isolate(3);
        Map<String, Long> after = counting.untilAllAnswer();
        patience.assertWithin(Duration.ofSeconds(10));

        assertThat(forwarders.get(3).forwarded()).isLessThan(passed + 10_000);
        assertThat(Set.copyOf(after.values()))
                .containsExactlyInAnyOrder(nodes.get(0).pid(), nodes.get(1).pid());
        assertEndedByItself(victim);
        forwarders.forEach(TcpForwarder::heal);
        assertThat(nodes.get(0).isAlive() && nodes.get(1).isAlive()).isTrue();
        assertAllAreMembers(3);
    }

    @Test
    @Order(5)
    void shouldEndANodeThatSleptWhileOthersTookOver() throws Exception {
        KillableNode victim = nodes.get(1);

        Patience patience = new Patience("taken over from a node that was stopped");
        victim.signal("STOP");
        Map<String, Long> after = counting.untilAllAnswer();
        patience.assertWithin(Duration.ofSeconds(10));
        assertThat(Set.copyOf(after.values())).containsExactly(nodes.get(0).pid());
        assertThat(victim.isAlive()).isTrue();

        victim.signal("CONT");
        assertEndedByItself(victim);
        assertThat(nodes.get(0).isAlive()).isTrue();
        assertAllAreMembers(2);
    }

    private static void assertEndedByItself(KillableNode node) throws Exception {
        assertThat(node.exitCode()).isEqualTo(70);
        assertThat(node.said())
                .contains("This node lost the others and has stopped itself; they go on without it, with its hosts.");
    }

    /** Nothing passes between that node and all others, in either direction. */
    private void isolate(int node) {
        for (int i = 0; i < forwarders.size(); i++) {
            if (i == node) {
                forwarders.get(i).cut();
            } else {
                forwarders.get(i).cutFrom(source(node));
            }
        }
    }

    private static String source(int member) {
        return SOURCE + member;
    }

    private String counterOf(KillableNode node) throws Exception {
        return counting.untilAllAnswer().entrySet().stream()
                .filter(entry -> entry.getValue() == node.pid())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private void assertAllAreMembers(int count) {
        Iterable<Member> members = Cluster.get(launcher.system()).state().getMembers();
        assertThat(StreamSupport.stream(members.spliterator(), false)).hasSize(count);
    }
}
