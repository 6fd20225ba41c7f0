package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.host.plan.HostPlanner;
import org.xenfleet.host.plan.HostSeat;
import org.xenfleet.observe.HostReport;
import org.xenfleet.scenario.Scenario;
import org.xenfleet.timeline.StandAlone;
import org.xenfleet.timeline.StateBuffer;

/** A host of a pool whose agent computes for 1 ms at 100 ms, 300 ms and so on, on the one vCPU of dom0. */
class BranchedAgentTest {
    private static final long MS = 1_000_000L;

    @TempDir
    Path folder;

    private HostPlan plan(String dom0) {
        Scenario scenario = TestHost.in(
                        folder, "1s", "cpus = 2, xen { version = \"4.4.1\" }, dom0 { vcpus = 1, pin = true }", """
                        workloads {
                          busy { kind = cpu }
                          web { kind = periodic, burst = 2ms, period = 10ms, phase = 0ms }
                        }
                        pools.p { count = 2, channel.heartbeat { period = 200ms, phase = 100ms, burst = 1ms, timeout = 3s } }
                        """)
                .set("hosts.h.dom0.workload=" + dom0)
                .scenario();
        HostSeat seat = new HostSeat("p/0", 0, 2, scenario.pools().get("p").channel());
        return HostPlanner.of(scenario.hosts().get("h")).plan(seat, scenario.costs(), scenario.seed());
    }

    private static StateBuffer advanced(HostSimulation host, long at) {
        host.advance(at, Long.MAX_VALUE);
        host.takeSent();
        return host.snapshot();
    }

    private static HostReport ended(HostSimulation host) {
        advanced(host, 1_000 * MS);
        return host.finish();
    }

    /** At 100.5 ms the agent is at work, and what it interrupted waits; at 150 ms it sleeps. */
    @ParameterizedTest
    @CsvSource({
        "busy, idle, 100500, 100, 106",
        "busy, idle, 150000, 150, 155",
        "busy, web, 100500, 278, 288",
        "web, idle, 100500, 20, 28",
        "web, busy, 150000, 878, 884",
        "idle, web, 150000, 170, 180"
    })
    void shouldGoOnWithHeartbeatsAndTheNewWorkload(String before, String after, long atUs, long least, long most) {
        long at = atUs * 1_000;
        HostPlan was = plan(before);
        HostPlan is = plan(after);
        StateBuffer state = StandAlone.call(context -> {
            HostSimulation host = HostSimulation.build(context, was, new Recorder());
            host.boot();
            return advanced(host, at);
        });
        StateBuffer[] own = new StateBuffer[1];
        HostReport report = StandAlone.call(context -> {
            HostSimulation host = HostSimulation.build(context, is, new Recorder());
            host.branch(state, was);
            own[0] = advanced(host, at + 1);
            return ended(host);
        });
        HostReport resumed = StandAlone.call(context -> {
            HostSimulation host = HostSimulation.build(context, is, new Recorder());
            host.restore(own[0]);
            return ended(host);
        });

        assertThat(report.domains().get(0).cpuNs() / MS).isBetween(least, most);
        assertThat(report.heartbeats().orElseThrow().sent()).isEqualTo(5);
        assertThat(resumed).isEqualTo(report);
    }
}
