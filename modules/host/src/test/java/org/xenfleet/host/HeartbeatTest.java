package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Heartbeats;
import org.xenfleet.observe.HostReport.Incident;

/**
 * Three hosts whose dom0 has one vCPU on pCPU 0. Their agents wake at 100 ms, 1,100 ms, ... and compute for 1 ms; a message takes
 * 200 us; who is silent for 3 s is lost. Xen's work costs nothing, but a timer is served 1 us after it is due (on 4.4.0 50 us later still); so a
 * heartbeat leaves at 100 ms + 1 us + 1 ms = 101.001 ms.
 */
class HeartbeatTest {
    private static final long US = 1_000L;
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final long FIRST = 101_001 * US;

    @TempDir
    Path folder;

    private TestPool pool;

    @BeforeEach
    void describe() throws IOException {
        Files.writeString(folder.resolve("victim.cfg"), """
                name = "victim"
                type = "hvm"
                memory = 2048
                cpus = "1"
                device_model_stubdomain_override = 1
                """);
        pool = TestPool.in(folder, """
                name = test, seed = 1, duration = 10s
                workloads {
                  busy { kind = cpu }
                  disks { kind = backend, burst = 700us, period = 2ms }
                  attack { kind = hypercalls, operation = set_mem_access, access = n, pages = 500000, start = 2s, repeat = 1 }
                }
                hosts {
                  calm { cpus = 2, memory = 8GiB, xen { version = "4.4.1" }, dom0 { vcpus = 1, pin = true } }
                  # one call of 5 s on pCPU 0
                  tied = ${hosts.calm} {
                    xen { version = "4.4.0" }
                    domains { victim { xl = victim.cfg, device-model-workload = attack, device-model-cpus = "0" } }
                  }
                }
                pools.p { host = calm, count = 3
                  channel.heartbeat { period = 1s, phase = 100ms, burst = 1ms, timeout = 3s } }
                costs {
                  p2m-entry = 10us, p2m-table = 0ns, flush-idle = 0ns, flush-base = 0ns, flush-per-cpu = 0ns
                  softirq-pass = 0ns, wake-idle-cpu = 0ns, timer-latency = 1us, context-switch = 0ns
                  credit-tick = 0ns, credit-accounting = 0ns, hypercall-pv = 1ns, hypercall-hvm = 1ns
                }
                """);
    }

    @Test
    void aHeartbeatLeavesAfterItsBurstAndArrivesAfterTheLatency() {
        TestPool.Outcome outcome = pool.run();

        List<ChannelMessage> first = outcome.from(0);
        assertThat(first).hasSize(20);
        assertThat(first.get(0)).isEqualTo(new ChannelMessage(0, 1, 0, FIRST, FIRST + 200 * US, 1, 0));
        assertThat(first.get(1)).isEqualTo(new ChannelMessage(0, 2, 1, FIRST, FIRST + 200 * US, 1, 0));
        assertThat(first).extracting(ChannelMessage::sentNs).isEqualTo(sentAt(FIRST));
        assertThat(outcome.reports()).allSatisfy(report -> {
            assertThat(report.incidents()).isEmpty();
            // the last two messages are on their way when it looks for the last time
            assertThat(report.heartbeats()).contains(new Heartbeats(20, 0, 18, 0, 1_001 * US, SECOND - 200 * US, 0, 0));
        });
    }

    /** Each instant twice, as there are two others. */
    private static List<Long> sentAt(long first) {
        return LongStream.range(0, 20).map(i -> first + i / 2 * SECOND).boxed().toList();
    }

    /** It does not keep the vCPU from anything: the burst comes first, and what it interrupted goes on. */
    @Test
    void theAgentInterruptsWhateverItsVcpuDoes() {
        TestPool.Outcome outcome = pool.set("hosts.calm.dom0.workload=busy").run();

        assertThat(outcome.from(0)).extracting(ChannelMessage::sentNs).isEqualTo(sentAt(FIRST));
        assertThat(outcome.reports().get(0).domains().get(0).cpuNs()).isGreaterThan(10 * SECOND - MS);
    }

    /** Handlers of devices, of 0.7 ms every 2 ms for each of two guests, go before it: it is late by some of them. */
    @Test
    void theAgentWaitsForTheDevicesBehindWhichItsVcpuStands() throws IOException {
        Files.writeString(folder.resolve("web.cfg"), "name = \"web\"\ntype = \"hvm\"\nmemory = 64\ncpus = \"1\"\n");
        TestPool.Outcome outcome = pool.set(
                        "hosts.calm.dom0.workload=disks", "hosts.calm.domains.web={ xl = web.cfg, count = 2 }")
                .run();

        Heartbeats heartbeats = outcome.heartbeats(0);
        assertThat(heartbeats.sent()).isEqualTo(20);
        assertThat(heartbeats.longestDelayNs()).isBetween(1_700 * US, 8 * MS);
        assertThat(outcome.reports().get(0).hypercalls().get(0).calls()).isBetween(9_900L, 10_000L);
        assertThat(outcome.reports().get(0).domains().get(0).cpuNs()).isBetween(7 * SECOND, 7_200 * MS);
    }

    /**
     * Host 0's dom0 does not run from 2 s to 7 s, when the call ends; its last heartbeat before was sent at 1.1 s and arrived at
     * 1.1 s. The others look at 4.1 s, when it has been silent for a moment less than 3 s, and at 5.1 s.
     */
    @Test
    void aHostWhoseDom0IsStarvedIsLostAndComesBack() {
        TestPool.Outcome outcome = pool.set("pools.p.host=[tied, calm, calm]").run();

        assertThat(outcome.from(0)).noneMatch(m -> m.sentNs() > 2 * SECOND && m.sentNs() < 7 * SECOND);
        List<Incident> lost = outcome.incidents(1, "heartbeat-lost");
        assertThat(lost).hasSize(1);
        assertThat(lost.get(0).subject()).isEqualTo("p/0");
        assertThat(lost.get(0).timeNs()).isEqualTo(FIRST + 5 * SECOND);
        assertThat(lost.get(0).detail()).isEqualTo("not heard since 1.101 s, for 3.999 s");
        List<Incident> back = outcome.incidents(1, "heartbeat-back");
        assertThat(back).hasSize(1);
        assertThat(back.get(0).timeNs()).isEqualTo(FIRST + 7 * SECOND);
        assertThat(outcome.incidents(2, "heartbeat-lost")).isEqualTo(lost);
        assertThat(outcome.heartbeats(1).losses()).isEqualTo(1);
        assertThat(outcome.heartbeats(1).peersLost()).isZero();
        assertThat(outcome.heartbeats(0).losses())
                .as("it heard the others all the time")
                .isZero();
        assertThat(outcome.heartbeats(0).skipped()).isEqualTo(4);
        assertThat(outcome.heartbeats(0).longestDelayNs()).isBetween(4_900 * MS, 4_910 * MS);
    }

    @Test
    void aHostThatCrashesIsLostForGoodAndHearsNothing() {
        TestPool.Outcome outcome = pool.set(
                        "pools.p.host=[tied, calm, calm]",
                        "hosts.tied.xen.command-line=watchdog",
                        "workloads.attack.pages=520000",
                        "costs.p2m-entry=20us")
                .run();

        HostReport crashed = outcome.reports().get(0);
        assertThat(crashed.fate()).isEqualTo(HostReport.Fate.CRASHED);
        assertThat(outcome.from(0)).hasSize(4);
        assertThat(crashed.heartbeats().orElseThrow().received())
                .as("what arrived after it looked for the last time is read by nobody")
                .isEqualTo(2);
        assertThat(crashed.incidents()).noneMatch(i -> i.kind().startsWith("heartbeat"));
        assertThat(outcome.incidents(2, "heartbeat-lost"))
                .extracting(Incident::subject)
                .containsExactly("p/0");
        assertThat(outcome.heartbeats(2).peersLost()).isEqualTo(1);
        assertThat(outcome.heartbeats(2).received()).isEqualTo(9 + 2);
    }

    /** Everybody loses both others at the first look at 3 s or later, 3.1 s. */
    @Test
    void whereEverythingIsLostNothingArrives() {
        TestPool.Outcome outcome = pool.set("pools.p.channel.loss=1").run();

        assertThat(outcome.sent()).isEmpty();
        assertThat(outcome.heartbeats(1)).isEqualTo(new Heartbeats(20, 20, 0, 0, 1_001 * US, FIRST + 9 * SECOND, 2, 2));
        assertThat(outcome.incidents(1, "heartbeat-lost"))
                .extracting(Incident::timeNs)
                .containsExactly(FIRST + 3 * SECOND, FIRST + 3 * SECOND);
        assertThat(outcome.incidents(1, "heartbeat-lost"))
                .extracting(Incident::subject)
                .containsExactly("p/0", "p/2");
    }

    @Test
    void jitterLiesWithinItsBoundAndIsDrawnForEach() {
        List<ChannelMessage> sent =
                pool.set("pools.p.channel.jitter=50us").run().sent();

        assertThat(sent)
                .hasSize(60)
                .allSatisfy(m -> assertThat(m.arrivesNs() - m.sentNs()).isBetween(200 * US, 250 * US));
        assertThat(sent.stream().map(m -> m.arrivesNs() - m.sentNs()).distinct().count())
                .isGreaterThan(50);
    }

    @Test
    void theLossOfOneMessageShiftsNoDrawOfAnother() {
        List<ChannelMessage> all = pool.set("pools.p.channel.jitter=50us").run().sent();
        List<ChannelMessage> some = pool.set("pools.p.channel.loss=30%").run().sent();

        assertThat(some).hasSizeBetween(30, 55).isSubsetOf(all);
    }

    @Test
    void phasesAreDrawnByTheNameOfTheHostUnlessTheyAreGiven() {
        pool.set("pools.p.channel.heartbeat.phase=random");

        List<Long> phases = pool.plans().stream()
                .map(p -> p.agent().orElseThrow().phaseNs())
                .toList();

        assertThat(phases).doesNotHaveDuplicates().allSatisfy(p -> assertThat(p).isBetween(0L, SECOND - 1));
        assertThat(pool.plans().stream().map(p -> p.agent().orElseThrow().phaseNs()))
                .isEqualTo(phases);
    }

    /** At 1.1011 s messages are on their way; at 2.1009 s the agents of hosts 1 and 2 compute, and that of host 0 is starved. */
    @Test
    void hostsThatGoOnFromSnapshotsEndWithTheSameReports() {
        TestPool mixed = pool.set("pools.p.host=[tied, calm, calm]", "pools.p.channel.jitter=300us");
        TestPool.Outcome undisturbed = mixed.run();

        assertThat(undisturbed.sent()).anyMatch(m -> m.sentNs() < 1_101_100 * US && m.arrivesNs() > 1_101_100 * US);
        assertThat(mixed.snapshots(1_101_100 * US).run().reports()).isEqualTo(undisturbed.reports());
        assertThat(mixed.snapshots(700_300 * US).run().reports()).isEqualTo(undisturbed.reports());
    }

    @Test
    void theLengthOfWindowsDoesNotMatter() {
        TestPool mixed = pool.set("pools.p.host=[tied, calm, calm]", "pools.p.channel.jitter=300us");
        TestPool.Outcome longest = mixed.run();
        TestPool.Outcome brief = mixed.set("duration=4s").run();

        assertThat(mixed.windows(130 * US).run().reports()).isEqualTo(brief.reports());
        assertThat(longest.reports().get(1).epochDigests().subList(0, 4))
                .isEqualTo(brief.reports().get(1).epochDigests());
    }

    /** dom0's only vCPU is in a pause that hangs, from 2.5 s to the end of the call at 7 s: the stub is on another pCPU. */
    @Test
    void anAgentWhoseVcpuIsInACallOfItsOwnWaitsForIt() {
        TestPool.Outcome outcome = pool.set(
                        "pools.p.host=[tied, calm, calm]",
                        "hosts.tied.domains.victim.device-model-cpus=\"1\"",
                        "hosts.tied.dom0.workload=xl",
                        "workloads.xl={ kind = hypercalls, operation = pausedomain, target = victim-dm, start = 2500ms, repeat = 1 }")
                .run();

        assertThat(outcome.from(0))
                .extracting(ChannelMessage::sentNs)
                .anyMatch(sent -> sent == FIRST + 2 * SECOND + 50 * US);
        assertThat(outcome.from(0)).noneMatch(m -> m.sentNs() > 2_500 * MS && m.sentNs() < 7 * SECOND);
        assertThat(outcome.from(0)).anyMatch(m -> m.sentNs() > 7 * SECOND && m.sentNs() < 7_010 * MS);
        assertThat(outcome.incidents(1, "heartbeat-lost"))
                .extracting(Incident::timeNs)
                .containsExactly(FIRST + 6 * SECOND);
        assertThat(outcome.reports().get(0).hypercalls()).anySatisfy(call -> {
            assertThat(call.operation()).isEqualTo("pausedomain");
            assertThat(call.longestCallNs()).isBetween(4_490 * MS, 4_510 * MS);
        });
    }

    @Test
    void anAgentThatSleepsPromisesItsNextHeartbeat() {
        pool.with(pool.plans(), List.of(new Recorder(), new Recorder(), new Recorder()), hosts -> {
            HostSimulation host = hosts.get(0);
            assertThat(host.promise()).isEqualTo(101 * MS);
            host.boot();
            host.advance(50 * MS, Long.MAX_VALUE);
            assertThat(host.promise()).as("asleep").isEqualTo(101 * MS);
            host.advance(100_500 * US, Long.MAX_VALUE);
            assertThat(host.promise()).as("in its burst").isEqualTo(FIRST);
            host.advance(200 * MS, Long.MAX_VALUE);
            assertThat(host.promise()).as("asleep again").isEqualTo(1_101 * MS);
            assertThat(host.takeSent()).hasSize(2);
            assertThat(host.takeSent()).isEmpty();
            return host;
        });
    }

    /** Ten rounds of three hosts that send at the same instant; a window begins or ends at each, and where the run does. */
    @Test
    void thereAreFewWindows() {
        assertThat(pool.run().windows()).isBetween(10, 31);
    }

    @Test
    void aHostThatIsDownNeverSendsAndTakesNothingIn() {
        pool.set("hosts.calm=${hosts.tied}", "hosts.calm.xen.command-line=watchdog", "costs.p2m-entry=20us");
        pool.with(pool.plans(), List.of(new Recorder(), new Recorder(), new Recorder()), hosts -> {
            HostSimulation host = hosts.get(0);
            host.boot();
            host.receive(List.of(message(1, 9 * SECOND)));
            host.advance(8 * SECOND, Long.MAX_VALUE);
            long deliveries = host.deliveries();
            host.receive(List.of(message(1, 9 * SECOND + 1)));
            host.takeSent();
            host.advance(10 * SECOND, Long.MAX_VALUE);

            assertThat(host.promise()).isEqualTo(Long.MAX_VALUE);
            assertThat(host.deliveries()).isEqualTo(deliveries);
            assertThat(host.takeSent()).isEmpty();
            HostReport report = host.finish();
            assertThat(report.fate()).isEqualTo(HostReport.Fate.CRASHED);
            return report;
        });
    }

    private static ChannelMessage message(int sender, long arrives) {
        return new ChannelMessage(sender, 0, 0, arrives - 200 * US, arrives, HeartbeatAgent.HEARTBEAT, 0);
    }

    @Test
    void whatCannotBeReceivedIsRefused() {
        pool.with(pool.plans(), List.of(new Recorder(), new Recorder(), new Recorder()), hosts -> {
            HostSimulation host = hosts.get(0);
            host.boot();
            host.advance(SECOND, Long.MAX_VALUE);
            assertThatThrownBy(() -> host.receive(List.of(message(1, SECOND - 1))))
                    .hasMessageContaining("arrives before 1000000000 ns");
            assertThatThrownBy(() -> host.receive(List.of(message(2, SECOND), message(1, SECOND))))
                    .hasMessageContaining("comes after");
            assertThatThrownBy(() -> hosts.get(1).receive(List.of(message(2, SECOND))))
                    .hasMessageContaining("is not for host 1");
            assertThatThrownBy(host::snapshot).hasMessage("p/0 has sent messages that nobody has taken yet");
            host.takeSent();
            host.receive(List.of(message(1, SECOND), message(2, SECOND)));
            return host.snapshot();
        });
    }

    @Test
    void hostsOfAPoolOfOneMeetNobody() {
        TestPool.Outcome alone = pool.set("pools.p.count=1").run();

        assertThat(alone.windows()).isEqualTo(1);
        assertThat(alone.reports().get(0).heartbeats()).isEmpty();
    }
}
