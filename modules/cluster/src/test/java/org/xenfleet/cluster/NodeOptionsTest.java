package org.xenfleet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeOptionsTest {

    @Test
    void shouldComeThroughACommandLine() {
        NodeOptions plain = NodeOptions.of(NodeRole.LAUNCHER, "0.1.0");
        NodeOptions full = NodeOptions.of(NodeRole.NODE, "0.1.0 = x")
                .withBind(new Endpoint("::1", 17355))
                .withAdvertised(Endpoint.parse("example.org:1"))
                .withJoin(Endpoint.parse("[fe80::1]:65535"))
                .withWorkers(3)
                .withTls(new TlsFiles(Path.of("a key"), Path.of("b"), Path.of("c")))
                .withInsecure()
                .withLaunched();

        assertThat(NodeOptions.fromArguments(plain.toArguments())).isEqualTo(plain);
        assertThat(NodeOptions.fromArguments(full.toArguments())).isEqualTo(full);
    }

    @Test
    void shouldSayWhatIsMissing() {
        assertThatThrownBy(() -> NodeOptions.fromArguments(List.of("role=node")))
                .hasMessage("there is no bind=");
        assertThatThrownBy(() -> NodeOptions.fromArguments(List.of("role"))).hasMessage("'role' is not NAME=VALUE");
        assertThatThrownBy(() -> NodeOptions.fromArguments(List.of("role=boss")))
                .hasMessage("there is no role 'boss'");
    }

    @Test
    void shouldLeaveAProcessorForTheClusterWhereThereIsOne() {
        int processors = Runtime.getRuntime().availableProcessors();

        assertThat(NodeOptions.defaultWorkers()).isEqualTo(processors == 1 ? 1 : processors - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", ":1", "host:", "host:x", "host:-1", "::1:17355", "host:1234567"})
    void shouldRefuseWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text))
                .hasMessage("'" + text + "' is no address; HOST:PORT is, such as 127.0.0.1:17355");
    }

    @Test
    void shouldRefusePortsThatDoNotExist() {
        assertThatThrownBy(() -> Endpoint.parse("host:65536"))
                .hasMessage("a port is a number from 0 to 65535, not 65536");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host:0", "127.0.0.1:17355", "[::1]:65535", "a.b.c:1"})
    void shouldWriteAddressesAsTheyAreRead(String text) {
        assertThat(Endpoint.parse(text)).hasToString(text);
    }
}
