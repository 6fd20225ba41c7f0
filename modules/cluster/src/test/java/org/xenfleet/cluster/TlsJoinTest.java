package org.xenfleet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.cluster.kit.Certificates;

/** Who gets in where connections are encrypted, and who does not. */
class TlsJoinTest {
    /** What is said of strangers is expected and not shown. */
    private static final Config QUIET = ConfigFactory.parseString("pekko.loglevel = OFF");

    /** So that a stranger gives up soon. */
    private static final Config SHORT = ConfigFactory.parseString(
                    "pekko.cluster { seed-node-timeout = 1s, shutdown-after-unsuccessful-join-seed-nodes = 5s }")
            .withFallback(QUIET);

    @TempDir
    private Path folder;

    private Certificates authority;
    private ClusterNode first;

    @BeforeEach
    void start() throws Exception {
        authority = new Certificates(folder, "our-authority");
        first = ClusterNode.start(node().withTls(authority.issue("xenfleet")), QUIET);
        await(first);
    }

    @AfterEach
    void stop() {
        first.close();
    }

    @Test
    void shouldLetInWhoHasACertificateOfTheSameAuthority() throws Exception {
        try (ClusterNode second = ClusterNode.start(joining().withTls(authority.issue("xenfleet")), QUIET)) {
            await(second);

            assertThat(members(first)).containsExactlyInAnyOrder(first.endpoint(), second.endpoint());
        }
    }

    @Test
    void shouldKeepStrangersOut() throws Exception {
        TlsFiles ofAnother = new Certificates(folder, "another-authority").issue("xenfleet");
        TlsFiles ofAnotherCluster = authority.issue("another-cluster");
        List<ClusterNode> strangers = List.of(
                ClusterNode.start(joining().withTls(ofAnother), SHORT),
                ClusterNode.start(joining().withTls(ofAnotherCluster), SHORT),
                ClusterNode.start(joining(), SHORT));
        try {
            for (ClusterNode stranger : strangers) {
                NodeEnd end = stranger.ended().toCompletableFuture().get(120, TimeUnit.SECONDS);
                assertThat(end.kind()).isEqualTo(NodeEnd.Kind.NOT_ADMITTED);
                assertThat(end.sentence()).startsWith("No node at " + first.endpoint() + " let this one join.");
            }
            assertThat(members(first)).containsExactly(first.endpoint());
        } finally {
            strangers.forEach(ClusterNode::close);
        }
    }

    @Test
    void shouldRefuseAnotherVersionOfTheProgram() throws Exception {
        NodeOptions other = NodeOptions.of(NodeRole.NODE, "another-test")
                .withJoin(first.endpoint())
                .withTls(authority.issue("xenfleet"));
        try (ClusterNode second = ClusterNode.start(other, QUIET)) {
            NodeEnd end = second.ended().toCompletableFuture().get(120, TimeUnit.SECONDS);

            assertThat(end.kind()).isEqualTo(NodeEnd.Kind.NOT_ADMITTED);
            assertThat(end.sentence())
                    .isEqualTo("The node at " + first.endpoint()
                            + " is of another version of Xenfleet than this one (another-test).");
            assertThat(members(first)).containsExactly(first.endpoint());
        }
    }

    @Test
    void shouldSayThatAPortIsTaken() {
        NodeOptions same = node().withBind(first.endpoint());

        assertThatThrownBy(() -> ClusterNode.start(same, QUIET))
                .isInstanceOf(NodeRefusal.class)
                .hasMessageStartingWith("A node cannot listen on " + first.endpoint() + ": ")
                .hasMessageContaining("in use");
    }

    @Test
    void shouldLetInTheNodesThatALauncherStarts() throws Exception {
        NodeOptions options = NodeOptions.of(NodeRole.LAUNCHER, "test").withTls(authority.issue("xenfleet"));
        LocalNodes.Settings settings =
                new LocalNodes.Settings(1, 1, NodeMain.class.getName(), List.of("-Xmx256m"), List.of());
        try (ClusterNode launcher = ClusterNode.start(options, QUIET);
                LocalNodes nodes = LocalNodes.start(launcher, settings, new PrintingListener())) {
            nodes.ready().toCompletableFuture().get(120, TimeUnit.SECONDS);

            assertThat(members(launcher)).hasSize(2);
        }
    }

    private static NodeOptions node() {
        return NodeOptions.of(NodeRole.NODE, "test");
    }

    private NodeOptions joining() {
        return node().withJoin(first.endpoint());
    }

    private static void await(ClusterNode node) throws Exception {
        node.up().toCompletableFuture().get(120, TimeUnit.SECONDS);
    }

    private static List<Endpoint> members(ClusterNode node) {
        return StreamSupport.stream(
                        Cluster.get(node.system()).state().getMembers().spliterator(), false)
                .map(Member::address)
                .map(ClusterNode::endpoint)
                .toList();
    }
}
