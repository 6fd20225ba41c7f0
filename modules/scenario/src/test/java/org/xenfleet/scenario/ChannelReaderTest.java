package org.xenfleet.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pools whose hosts meet, and pools of more than one kind of host. */
class ChannelReaderTest {
    private static final String POOL = """
            pools.p {
              count = 3
              channel { jitter = 10us, loss = 2.5%
                heartbeat { period = 2s, phase = 300ms, burst = 80us, timeout = 7s } }
            }
            """;

    @TempDir
    Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp).scenario(POOL);
    }

    private PoolSpec pool(String... settings) throws ScenarioException {
        return onlyPool(folder.load(settings));
    }

    private static PoolSpec onlyPool(LoadedScenario loaded) {
        return loaded.scenario().pools().values().iterator().next();
    }

    @Test
    void withoutTheBlockHostsMeetNobody() throws ScenarioException {
        folder.scenario("");

        LoadedScenario loaded = folder.load();

        assertThat(onlyPool(loaded).channel()).isEmpty();
        assertThat(loaded.resolvedText()).doesNotContain("channel");
    }

    @Test
    void theChannelIsReadWithItsHeartbeat() throws ScenarioException {
        assertThat(pool().channel())
                .contains(new ChannelSpec(
                        200_000,
                        10_000,
                        25_000_000,
                        Optional.of(new HeartbeatSpec(
                                2_000_000_000L, OptionalLong.of(300_000_000L), 80_000, 7_000_000_000L))));
    }

    @Test
    void whatIsLeftOutHasADefaultWhichTheResolvedScenarioSays() throws ScenarioException {
        folder.scenario("pools.p { count = 2, channel { heartbeat { } } }");

        LoadedScenario loaded = folder.load();

        assertThat(onlyPool(loaded).channel())
                .contains(new ChannelSpec(
                        200_000,
                        0,
                        0,
                        Optional.of(new HeartbeatSpec(1_000_000_000L, OptionalLong.empty(), 50_000, 5_000_000_000L))));
        assertThat(loaded.resolvedText())
                .contains("\"latency\": \"200us\"", "\"loss\": \"0\"", "\"period\": \"1s\"", "\"phase\": \"random\"");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1000000000",
        "0.000000001, 1",
        "0.5, 500000000",
        "0.0000001%, 1",
        "100%, 1000000000",
        "1e-3, 1000000"
    })
    void lossIsKeptInBillionths(String text, long billionths) throws ScenarioException {
        assertThat(pool("pools.p.channel.loss=\"" + text + "\"")
                        .channel()
                        .orElseThrow()
                        .lossPerBillion())
                .isEqualTo(billionths);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    channel.latency=999ns  | channel.latency = 999ns is out of range; it must be a duration from 1us to 1h
                    channel.loss=1.1       | channel.loss = 1.1 is out of range; it must be a fraction from 0 to 1 with at most 9 decimals, or as much in %
                    channel.loss=0.0000000001 | channel.loss = 1.0E-10 is not a whole number of billionths
                    channel.heartbeat.timeout=1s | heartbeat.timeout = 1s is shorter than the period, 2s
                    channel.heartbeat.burst=3s   | heartbeat.burst = 3s is longer than the period, 2s
                    channel.heartbeat.phase=2s   | heartbeat.phase = 2s must be less than the period, 2s
                    channel.heartbeat.pace=2s    | unknown key 'pace' in pools.p.channel.heartbeat
                    channel.heartbeats={}        | unknown key 'heartbeats' in pools.p.channel; did you mean 'heartbeat'?
                    channel=fast                 | pools.p.channel is the text 'fast'; it must be a block
                    count=2000                   | pools.p.count = 2000 is more than the 1024 hosts that a channel joins
                    """)
    void isRefusedWithValueAndRemedy(String setting, String message) {
        assertThat(folder.problem("pools.p." + setting)).contains(message);
    }

    @Test
    void whatIsWrongIsSaidAtItsLine() {
        folder.scenario(POOL.replace("timeout = 7s", "\n    timeout = 1ms"));

        assertThat(folder.problem()).startsWith("s.conf:10:").contains("timeout = 1ms is shorter than the period, 2s");
    }

    @Test
    void aChannelThatNobodyUsesIsNoticed() throws ScenarioException {
        folder.scenario("pools.p { count = 2, channel { } }");

        assertThat(folder.notices()).contains("s.conf:6: pools.p.channel has no heartbeat; nothing uses it");
    }

    @Test
    void aChannelOfOneHostIsNoticed() throws ScenarioException {
        assertThat(folder.notices("pools.p.count=1"))
                .contains("s.conf:8: pools.p.channel joins nobody: a copy of the pool has one host");
    }

    @Test
    void theHostsOfAPoolHaveItsKindsInTurn() throws ScenarioException {
        folder.scenario("hosts.other = ${hosts.h} { cpus = 4 }\npools.p { host = [h, other], count = 3, copies = 2 }");
        LoadedScenario loaded = folder.load();
        Scenario scenario = loaded.scenario();
        PoolSpec pool = onlyPool(loaded);

        assertThat(pool.kinds()).containsExactly("h", "other");
        assertThat(List.of(0, 1, 2))
                .extracting(i -> scenario.hostOf(pool, i).cpus())
                .containsExactly(8, 4, 8);
    }

    @Test
    void aKindThatIsNotThereIsRefused() {
        assertThat(folder.problem("pools.p.host=[h, hh]"))
                .contains("pools.p.host = hh is not a host; known are h; did you mean 'h'?");
    }

    @Test
    void aFirstCallMayBeDrawnFromTheWholeRun() throws ScenarioException {
        folder.scenario("""
                workloads.a { kind = hypercalls, operation = set_mem_access, access = n, start = random }
                hosts.h.domains.g.device-model-workload = a
                """);
        WorkloadSpec.Hypercalls drawn =
                (WorkloadSpec.Hypercalls) Folder.host(folder.load().scenario())
                        .domains()
                        .get(0)
                        .deviceModelWorkload()
                        .orElseThrow();

        assertThat(drawn.startNs()).isZero();
        assertThat(drawn.startWithinNs()).isEqualTo(10_000_000_000L);
    }
}
