package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.observe.HostReport;

/** Guests that do something else from an instant on, each on a pCPU of its own. */
class BranchedWorkloadTest {
    private static final long MS = 1_000_000L;
    private static final long BRANCH = 500 * MS + 123_457;

    @TempDir
    Path folder;

    /** The guest is HVM with its device model in dom0, as emulated devices need one. */
    private TestHost guest(String workload) {
        return TestHost.in(folder, "1000ms", """
                        cpus = 3, xen { version = "4.4.1" }
                        dom0 { vcpus = 1, pin = true }
                        domains { guest { xl = guest.cfg } }
                        """, """
                        workloads {
                          cpu { kind = cpu }
                          touching { kind = cpu, working-set = 1MiB }
                          yield { kind = yield, burst = 1ms }
                          periodic { kind = periodic, burst = 2ms, period = 10ms }
                          heavy { kind = periodic, burst = 5ms, period = 10ms }
                          poisson { kind = poisson, burst = 1ms, period = 10ms }
                          busier { kind = poisson, burst = 2ms, period = 5ms }
                          io { kind = emulated-io, burst = 900us, service = 100us }
                          calls { kind = hypercalls, operation = decrease_reservation, count = 1000, start = 0s, pause = 10ms }
                        }
                        costs { decrease-reservation = 1us, flush-idle = 0ns, flush-base = 0ns, flush-per-cpu = 0ns, p2m-table = 0ns }
                        """)
                .xl("guest.cfg", "name = \"guest\"\ntype = \"hvm\"\nmemory = 1024\ncpus = \"2\"\n")
                .set("hosts.h.domains.guest.workload=" + workload);
    }

    private static long cpuMs(HostReport report) {
        return report.domains().get(1).cpuNs() / MS;
    }

    /** In the half second after the branch it runs as long as its new workload asks for. */
    @ParameterizedTest
    @CsvSource({
        "cpu, idle, 0, 0",
        "cpu, periodic, 98, 102",
        "cpu, poisson, 25, 80",
        "cpu, io, 400, 460",
        "cpu, calls, 40, 50",
        "cpu, touching, 499, 500",
        "touching, cpu, 499, 500",
        "touching, periodic, 98, 102",
        "idle, cpu, 499, 500",
        "idle, periodic, 98, 102",
        "idle, poisson, 25, 80",
        "idle, calls, 40, 50",
        "yield, idle, 0, 1",
        "yield, calls, 40, 50",
        "periodic, idle, 0, 2",
        "periodic, heavy, 245, 255",
        "periodic, cpu, 497, 500",
        "periodic, yield, 495, 500",
        "periodic, poisson, 25, 80",
        "periodic, calls, 40, 50",
        "poisson, busier, 130, 270",
        "poisson, idle, 0, 10",
        "poisson, cpu, 497, 500",
        "poisson, periodic, 98, 112",
        "io, cpu, 497, 500",
        "io, idle, 0, 1",
        "io, calls, 40, 50",
        "calls, idle, 0, 1",
        "calls, cpu, 497, 500",
        "calls, periodic, 98, 103"
    })
    void shouldDoWhatTheBranchSays(String before, String after, long least, long most) {
        long until = cpuMs(Branching.goOn(BRANCH, guest(before), guest(before).set("duration=500123457ns"))
                .report());
        HostReport report = Branching.goesOnFromItsOwnStates(BRANCH, 700 * MS, guest(before), guest(after))
                .report();

        assertThat(cpuMs(report) - until).isBetween(least, most);
    }

    /** On the way to idle and back, nothing of the first arrivals must be left. */
    @Test
    void shouldHaveOneStreamOfArrivalsAfterTwoBranches() {
        TestHost seldom = guest("poisson").set("workloads.poisson.period=200ms");
        var idle = guest("idle").with((simulation, seen) -> {
            simulation.branch(Branching.stateAt(seldom, BRANCH), seldom.plan());
            simulation.advance(BRANCH + 1 * MS, Long.MAX_VALUE);
            return simulation.snapshot();
        });
        String entries = "poisson.period=1000h";
        TestHost again = guest("poisson").set("workloads." + entries);
        var state = again.with((simulation, seen) -> {
            simulation.branch(idle, guest("idle").plan());
            return simulation.snapshot();
        });
        int arrivals = 0;
        for (int i = 0; i < state.size(); i++) {
            boolean kind = state.field(i).equals("kind");
            arrivals += kind && state.number(i) == HostCommand.ARRIVAL ? 1 : 0;
        }

        assertThat(arrivals).isEqualTo(1);
    }

    /** A burst of the grid ends as it began: 2 ms of the old one, then 5 ms at the points of the grid. */
    @Test
    void shouldFinishTheBurstUnderWay() {
        TestHost before = guest("periodic").set("workloads.periodic.phase=0ms");
        TestHost after = guest("heavy").set("workloads.heavy.phase=0ms");

        TestHost.Outcome outcome = Branching.goOn(501 * MS, before, after);

        assertThat(outcome.seen().runs)
                .filteredOn(r -> r.domain().equals("guest") && r.start() < 520 * MS)
                .extracting(r -> r.end() / MS)
                .containsExactly(502L, 515L);
    }

    /** Two of three rounds are made before the branch at 25 ms; the third is the last. */
    @Test
    void shouldCountTheRoundsOfCallsOn() {
        TestHost before = guest("calls").set("workloads.calls.repeat=3");
        TestHost after = guest("calls").set("workloads.calls.repeat=5").set("workloads.calls.pause=1ms");

        HostReport.Hypercall calls = Branching.goesOnFromItsOwnStates(15 * MS, 500 * MS, before, after)
                .call();

        assertThat(before.run().call().calls()).isEqualTo(3);
        assertThat(calls.calls()).isEqualTo(5);
    }

    @Test
    void shouldLeaveADomainPausedThatHasNotRun() {
        TestHost before = guest("cpu").set("hosts.h.domains.guest.paused=true");
        TestHost after = guest("periodic").set("hosts.h.domains.guest.paused=true");

        assertThat(cpuMs(Branching.goesOnFromItsOwnStates(BRANCH, 700 * MS, before, after)
                        .report()))
                .isZero();
    }
}
