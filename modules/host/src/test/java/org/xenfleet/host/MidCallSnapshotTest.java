package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.observe.HostReport;
import org.xenfleet.timeline.StateBuffer;

/**
 * A host goes on from a snapshot that was taken while one waits for another, and ends with the report, digests included, of the
 * undisturbed run. The stub is pinned to pCPU 1 and its call, of 1 s, begins at 1 s; who waits for it does so from 1.2 to 1.4 s on
 * until 2 s.
 */
class MidCallSnapshotTest {
    private static final long MS = 1_000_000L;
    /** Instants, in ns, before, between and after the calls of dom0, and around the end of the stub's. */
    private static final List<Long> SNAPSHOTS = List.of(
            1_100 * MS,
            1_250 * MS,
            1_350 * MS,
            1_450 * MS,
            1_500 * MS + 137,
            1_999 * MS,
            2_000 * MS + 2_000,
            2_001 * MS);

    private static final long DURATION = 3_000 * MS;

    @TempDir
    Path folder;

    /** dom0's vCPUs are pinned to pCPUs 0, 2, 3 and so on, but vCPU 1 to the attacker's. */
    private TestHost host(String dom0Workload, String workloads) {
        return TestHost.in(folder, "3s", """
                        cpus = 6, xen { version = "4.4.0", time-at-start = 0ms }
                        dom0 { vcpus = 4, pin = true, workload = %s }
                        domains {
                          web { xl = web.cfg, order = 0, workload = events, count = 2 }
                          victim { xl = victim.cfg, order = 1, workload = disk, device-model-workload = attack, device-model-cpus = "1" }
                        }
                        """.formatted(dom0Workload), """
                        workloads {
                          %s
                          events { kind = poisson, burst = 300us, period = 5ms }
                          disk { kind = emulated-io, burst = 100us }
                          attack { kind = hypercalls, operation = set_mem_access, access = rwx, pages = 500000, start = 1s, repeat = 1 }
                        }
                        costs { p2m-entry = 2us, flush-idle = 0ns, flush-base = 0ns, flush-per-cpu = 0ns, p2m-table = 0ns }
                        """.formatted(workloads))
                .xl("web.cfg", "name = \"web\"\nkernel = \"/boot/vmlinuz\"\nmemory = 64\ncpus = \"4-5\"\n")
                .xl("victim.cfg", """
                        name = "victim"
                        type = "hvm"
                        memory = 2048
                        cpus = "5"
                        device_model_stubdomain_override = 1
                        """);
    }

    private static String call(String name, int vcpu, String keys) {
        return name + " { kind = hypercalls, vcpu = " + vcpu + ", repeat = 1, " + keys + " }\n";
    }

    /** The report of the undisturbed run, after it has been found equal to those of runs which go on from the snapshots. */
    private static HostReport resumes(TestHost host) {
        HostReport undisturbed = host.run().report();
        List<StateBuffer> snapshots = host.with((simulation, seen) -> {
            List<StateBuffer> taken = new ArrayList<>();
            simulation.boot();
            for (long at : SNAPSHOTS) {
                simulation.advance(at, Long.MAX_VALUE);
                taken.add(simulation.snapshot());
            }
            return taken;
        });
        for (int i = 0; i < SNAPSHOTS.size(); i++) {
            StateBuffer snapshot = snapshots.get(i);
            HostReport resumed = host.with((simulation, seen) -> {
                simulation.restore(snapshot);
                assertThat(simulation.snapshot().firstDifference(snapshot)).isEqualTo(-1);
                simulation.advance(DURATION, Long.MAX_VALUE);
                return simulation.finish();
            });
            assertThat(resumed).as("from %d ns", SNAPSHOTS.get(i)).isEqualTo(undisturbed);
        }
        assertThat(undisturbed.epochDigests()).hasSize(3);
        return undisturbed;
    }

    /** That dom0's calls of an operation, issued before the snapshot, were under way in it: the longest took that long. */
    private static void assertLongest(HostReport report, String operation, long least, long most) {
        HostReport.Hypercall found = report.hypercalls().stream()
                .filter(h -> h.caller().equals("Domain-0") && h.operation().equals(operation))
                .findFirst()
                .orElseThrow();
        assertThat(found.longestCallNs()).as(operation).isBetween(least * MS, most * MS);
    }

    @Test
    void inTheMiddleOfADomainPauseThatSpinsAndOfDomctlsThatRetry() {
        HostReport report = resumes(host(
                "[ pauses, asks, pins ]",
                call("pauses", 0, "operation = pausedomain, target = victim-dm, start = 1200ms")
                        + call("asks", 2, "operation = getdomaininfo, target = web-0, start = 1300ms")
                        + call(
                                "pins",
                                3,
                                "operation = setvcpuaffinity, target = web-1, cpus = \"4\", start = 1400ms")));

        assertLongest(report, "pausedomain", 800, 801);
        assertLongest(report, "getdomaininfo", 700, 701);
        assertLongest(report, "setvcpuaffinity", 600, 601);
    }

    @Test
    void inTheMiddleOfAFreezeByStopMachine() {
        HostReport report =
                resumes(host("[ offlines ]", call("offlines", 2, "operation = cpu_offline, cpu = 4, start = 1200ms")));

        assertLongest(report, "cpu_offline", 800, 803);
    }

    @Test
    void inTheMiddleOfAnOperationThatWaitsForItsTasklet() {
        HostReport report =
                resumes(host("[ loads ]", call("loads", 0, "operation = microcode_update, start = 1200ms")));

        assertLongest(report, "microcode_update", 800, 805);
    }

    @Test
    void inTheMiddleOfAGracePeriodOfRcu() {
        TestHost host =
                host("[ destroys ]", call("destroys", 0, "operation = destroydomain, target = web-0, start = 1200ms"));

        assertThat(web0(resumes(host))).isEqualTo("freed");
        assertThat(web0(host.set("duration=1999ms").run().report())).isEqualTo("unlisted");
    }

    private static String web0(HostReport report) {
        return report.domains().stream()
                .filter(d -> d.name().equals("web-0"))
                .findFirst()
                .orElseThrow()
                .state();
    }

    /** vCPUs 0 and 2 copy for web-0 and the victim: the second one spins for its p2m lock. vCPU 1 has no pCPU for what it serves. */
    @Test
    void withRequestsOfBackEndsUnderWay() {
        HostReport report = resumes(host(
                "[ disks ]", "disks { kind = backend, guests = [ web-0, web-1, victim ], period = 3ms, copies = 16 }"));

        assertLongest(report, "grant_copy", 990, 1_001);
        assertThat(report.domains())
                .filteredOn(d -> d.name().equals("victim") || d.name().equals("web-1"))
                .allSatisfy(d -> assertThat(d.longestLateNs()).as(d.name()).isBetween(990 * MS, 1_003 * MS));
    }

    @Test
    void withALivepatchThatWaits() {
        TestHost host = TestHost.in(folder, "3s", """
                        cpus = 4, xen { version = "4.17.7", scheduler = credit }
                        dom0 { vcpus = 1, pin = true, workload = patch }
                        domains { guest { xl = guest.cfg, workload = balloon } }
                        """, """
                        workloads {
                          patch { kind = hypercalls, operation = livepatch_apply, start = 1485ms, repeat = 1 }
                          balloon { kind = hypercalls, operation = decrease_reservation, count = 40, start = 1480ms, repeat = 1 }
                        }
                        costs { decrease-reservation = 100ms }
                        """)
                .xl("guest.cfg", "name = \"guest\"\ntype = \"hvm\"\nmemory = 512\ncpus = \"2\"\n");

        HostReport report = resumes(host);

        assertThat(report.hypercalls())
                .filteredOn(h -> h.caller().equals("Domain-0"))
                .singleElement()
                .satisfies(h -> assertThat(h.returned()).containsOnlyKeys(-16));
    }
}
