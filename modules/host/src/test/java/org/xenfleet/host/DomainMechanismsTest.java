package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.observe.HostReport.Incident;

/**
 * The mechanisms of one tied pCPU that reach domains through their devices and kernels, and livepatches, with each of them on and
 * off. The stub is pinned to pCPU 1 and its call of 500,000 pages at 2 us begins at 1 s: 1 s.
 */
class DomainMechanismsTest {
    private static final long MS = 1_000_000L;
    private static final int EBUSY = -16;

    @TempDir
    Path folder;

    private TestHost attacked(String version, String dom0, String domains, String victim, String workloads) {
        return TestHost.in(folder, "3s", """
                        cpus = 4, xen { version = "%s", time-at-start = 0ms }
                        dom0 { pin = true, %s }
                        domains {
                          %s
                          victim { xl = victim.cfg, order = 9, %s, device-model-workload = attack, device-model-cpus = "1" }
                        }
                        """.formatted(version, dom0, domains, victim), """
                        workloads {
                          %s
                          attack { kind = hypercalls, operation = set_mem_access, access = rwx, pages = 500000, start = 1s, repeat = 1 }
                        }
                        costs { p2m-entry = 2us, flush-idle = 0ns, flush-base = 0ns, flush-per-cpu = 0ns, p2m-table = 0ns }
                        """.formatted(workloads))
                .xl("web.cfg", "name = \"web\"\nkernel = \"/boot/vmlinuz\"\nmemory = 256\ncpus = \"3\"\n")
                .xl("victim.cfg", """
                        name = "victim"
                        type = "hvm"
                        memory = 4096
                        cpus = "2"
                        device_model_stubdomain_override = 1
                        """);
    }

    private static TestHost.Outcome without(TestHost host, String mechanism) {
        return host.set("hosts.h.xen.mechanisms." + mechanism + "=off").run();
    }

    private static List<String> kinds(TestHost.Outcome outcome) {
        return outcome.report().incidents().stream()
                .map(Incident::kind)
                .filter(k -> k.startsWith("dom0-") || k.equals("io-timeout"))
                .toList();
    }

    /** The victim computes for 100 us and asks its device model, which needs 20 us. */
    private TestHost emulated(String version) {
        return attacked(version, "vcpus = 1", "", "workload = disk", "disk { kind = emulated-io, burst = 100us }");
    }

    private static long victimLate(TestHost.Outcome outcome) {
        return outcome.domain("victim").longestLateNs();
    }

    @Test
    void aGuestWaitsForItsDeviceModelForTheWholeCallAndInTheFixedReleaseForASlice() {
        assertThat(victimLate(emulated("4.4.0").run())).isBetween(999 * MS, 1_001 * MS);
        assertThat(victimLate(emulated("4.4.1").run())).isLessThan(31 * MS);
    }

    /** The call itself is as long as ever. */
    @Test
    void withoutM18TheGuestGoesOn() {
        TestHost.Outcome outcome = without(emulated("4.4.0"), "m18");

        assertThat(victimLate(outcome)).isLessThan(MS);
        assertThat(outcome.domain("victim").cpuNs()).isGreaterThan(2_990 * MS);
        assertThat(outcome.call().longestSliceNs()).isBetween(1_000 * MS, 1_001 * MS);
    }

    /**
     * vCPU 0 of dom0 serves web-0, vCPU 1, whose pCPU is tied for a second, web-1; both compute. Each detector's threshold is passed
     * in that second.
     */
    private TestHost backends() {
        return attacked(
                "4.4.0",
                """
                        vcpus = 2, workload = [ disks, busy ]
                        detectors { soft-lockup = 300ms, rcu-stall = 400ms, hung-task = 600ms, io-timeout = 500ms }
                        """,
                "web { xl = web.cfg, count = 2, order = 0 }",
                "paused = true",
                "disks { kind = backend, guests = [ web-0, web-1 ], period = 20ms }, busy { kind = cpu }");
    }

    @Test
    void dom0sKernelAndTheGuestSayThatAVcpuStoodStill() {
        TestHost.Outcome outcome = backends().run();

        assertThat(kinds(outcome)).contains("dom0-soft-lockup", "dom0-rcu-stall", "dom0-hung-task", "io-timeout");
        assertThat(outcome.report().incidents())
                .filteredOn(i -> i.kind().equals("dom0-soft-lockup"))
                .singleElement()
                .satisfies(i -> {
                    assertThat(i.subject()).isEqualTo("Domain-0 vcpu 1");
                    assertThat(i.timeNs()).isBetween(2_000 * MS, 2_001 * MS);
                });
        assertThat(outcome.report().incidents())
                .filteredOn(i -> i.kind().equals("dom0-rcu-stall"))
                .singleElement()
                .satisfies(i -> assertThat(i.timeNs()).isBetween(1_400 * MS, 1_401 * MS));
        assertThat(outcome.report().incidents())
                .filteredOn(i -> i.kind().equals("io-timeout"))
                .allSatisfy(i -> assertThat(i.subject()).isEqualTo("web-1"));
    }

    @Test
    void withoutM19NobodySaysItAndThePcpuIsTiedAllTheSame() {
        TestHost.Outcome outcome = without(backends(), "m19");

        assertThat(kinds(outcome)).isEmpty();
        assertThat(outcome.seen().longestWait("Domain-0")).isBetween(999 * MS, 1_001 * MS);
        assertThat(outcome.domain("web-1").longestLateNs()).isGreaterThan(950 * MS);
    }

    @Test
    void detectorsWithHigherThresholdsSayNothing() {
        TestHost host = backends();
        for (String detector : List.of("soft-lockup", "rcu-stall", "hung-task", "io-timeout")) {
            host.set("hosts.h.dom0.detectors." + detector + "=1100ms");
        }

        assertThat(kinds(host.run())).isEmpty();
    }

    /**
     * Xen 4.17.7. A guest gives 40 pages back from 1 s on, {@code page} each; a slice is at least one page. dom0 applies a livepatch
     * half a millisecond after that began: all pCPUs have to come within 30 ms.
     */
    private TestHost patched(String page) {
        return TestHost.in(folder, "4s", """
                        cpus = 4, xen { version = "4.17.7", scheduler = credit, time-at-start = 0ms }
                        dom0 { vcpus = 1, pin = true, workload = patch }
                        domains { guest { xl = guest.cfg, workload = balloon } }
                        """, """
                        workloads {
                          patch { kind = hypercalls, operation = livepatch_apply, start = 1000500us, repeat = 1 }
                          balloon { kind = hypercalls, operation = decrease_reservation, count = 40, start = 1s, repeat = 1 }
                        }
                        costs { decrease-reservation = %s, flush-base = 0ns, flush-per-cpu = 0ns, flush-idle = 0ns, p2m-table = 0ns }
                        """.formatted(page)).xl("guest.cfg", """
                        name = "guest"
                        type = "hvm"
                        memory = 512
                        cpus = "2"
                        """);
    }

    private static Recorder.Call patch(TestHost.Outcome outcome) {
        return outcome.seen().calls.stream()
                .filter(c -> c.caller().equals("Domain-0"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"20ms, 0", "29ms, 0", "31ms, -16", "40ms, -16"})
    void aLivepatchFailsWhenAPageTakesLongerThan30Ms(String page, int result) {
        assertThat(patch(patched(page).run()).returned()).isEqualTo(result);
    }

    @Test
    void itFailsAfter30MsAndWithoutM20SucceedsWhenThePageIsDone() {
        Recorder.Call fails = patch(patched("40ms").run());
        Recorder.Call waits = patch(without(patched("40ms"), "m20"));

        assertThat(fails.returned()).isEqualTo(EBUSY);
        assertThat(fails.length()).isBetween(30 * MS, 31 * MS);
        assertThat(waits.returned()).isZero();
        assertThat(waits.length()).isBetween(39 * MS, 41 * MS);
    }
}
