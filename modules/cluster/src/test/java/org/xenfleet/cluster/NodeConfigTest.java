package org.xenfleet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenfleet.cluster.kit.Certificates;

class NodeConfigTest {
    private static final NodeOptions NODE = NodeOptions.of(NodeRole.NODE, "0.1.0");

    @Test
    void shouldListenOnThisMachineOnlyUnlessTold() throws NodeRefusal {
        Config config = NodeConfig.of(NODE);

        assertThat(config.getString("pekko.remote.artery.canonical.hostname")).isEqualTo("127.0.0.1");
        assertThat(config.getString("pekko.remote.artery.bind.hostname")).isEqualTo("127.0.0.1");
        assertThat(config.getString("pekko.remote.artery.transport")).isEqualTo("tcp");
        assertThat(config.getStringList("pekko.cluster.roles")).containsExactly("node");
        assertThat(config.getBoolean("pekko.actor.allow-java-serialization")).isFalse();
        assertThat(config.getBoolean("pekko.coordinated-shutdown.run-by-jvm-shutdown-hook"))
                .isFalse();
    }

    @Test
    void shouldSimulateOnThreadsOfTheirOwn() throws NodeRefusal {
        Config config = NodeConfig.of(NODE.withWorkers(3));

        Config pool = config.getConfig(NodeConfig.SIMULATION_DISPATCHER + ".fork-join-executor");
        assertThat(pool.getInt("parallelism-min")).isEqualTo(3);
        assertThat(pool.getInt("parallelism-max")).isEqualTo(3);
        assertThat(config.getString("pekko.cluster.use-dispatcher")).isEqualTo("pekko.actor.internal-dispatcher");
    }

    @Test
    void shouldMissAMemberSoonerOnOneMachine(@TempDir Path folder) throws Exception {
        String pause = "pekko.cluster.failure-detector.acceptable-heartbeat-pause";
        NodeOptions far = NODE.withBind(Endpoint.parse("0.0.0.0:0"))
                .withAdvertised(Endpoint.parse("192.0.2.1:1"))
                .withTls(new Certificates(folder, "authority").issue("xenfleet"));

        assertThat(NodeConfig.of(NODE).getDuration(pause).toMillis()).isEqualTo(2250);
        assertThat(NodeConfig.of(NODE.withLaunched()).getDuration(pause).toMillis())
                .isEqualTo(5500);
        assertThat(NodeConfig.of(far).getDuration(pause).toMillis()).isEqualTo(5000);
        assertThat(NodeConfig.of(far).getString("pekko.remote.artery.transport"))
                .isEqualTo("tls-tcp");
        assertThat(NodeConfig.of(far).getInt("pekko.remote.artery.bind.port")).isZero();
        assertThat(NodeConfig.of(far).getInt("pekko.remote.artery.canonical.port"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1:0", "[2001:db8::1]:5"})
    void shouldRefuseAnOpenDoor(String address) throws NodeRefusal {
        NodeOptions open = NODE.withBind(Endpoint.parse(address));

        assertThatThrownBy(() -> NodeConfig.of(open))
                .isInstanceOf(NodeRefusal.class)
                .hasMessage(
                        "Others could connect to " + open.bind().host() + ", and nobody would ask who they are. Give"
                                + " --tls-key, --tls-cert and --tls-ca, or say --insecure if nobody else is in that network.");
        assertThat(NodeConfig.of(open.withInsecure()).getString("pekko.remote.artery.transport"))
                .isEqualTo("tcp");
    }

    @Test
    void shouldRefuseWhatOthersCouldNotReach() {
        assertThatThrownBy(() ->
                        NodeConfig.of(NODE.withBind(Endpoint.parse("0.0.0.0:7")).withInsecure()))
                .hasMessage("A node that listens on all addresses (0.0.0.0) must say under which one others reach it:"
                        + " --advertise HOST:PORT.");
        assertThatThrownBy(() -> NodeConfig.of(NODE.withJoin(Endpoint.parse("192.0.2.1:17355"))))
                .hasMessage(
                        "A node that listens on 127.0.0.1 cannot be reached by 192.0.2.1:17355. Say an address of this"
                                + " machine that others can reach: --bind HOST:PORT.");
        assertThatThrownBy(() -> NodeConfig.of(NODE.withBind(new Endpoint("no.such.host.invalid", 1))))
                .hasMessage("There is no host 'no.such.host.invalid'.");
    }

    @Test
    void shouldLetMoreBeConfiguredButNotTheOptions() throws NodeRefusal {
        Config more = ConfigFactory.parseString("pekko.cluster.roles = [boss], pekko.loglevel = ERROR");

        assertThat(NodeConfig.of(NODE, more).getStringList("pekko.cluster.roles"))
                .containsExactly("node");
        assertThat(NodeConfig.of(NODE, more).getString("pekko.loglevel")).isEqualTo("ERROR");
    }

    @Test
    void shouldTellBuildsApart() throws NodeRefusal {
        Config more = ConfigFactory.parseString("pekko-kryo-serialization.mappings.\"a.B\" = 77");

        assertThat(NodeConfig.of(NODE).getString(SameBuild.KEY))
                .startsWith("0.1.0/")
                .isEqualTo(NodeConfig.of(NODE.withWorkers(7)).getString(SameBuild.KEY))
                .isNotEqualTo(NodeConfig.of(NODE, more).getString(SameBuild.KEY));
    }
}
