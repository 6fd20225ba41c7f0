package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenfleet.observe.HostReport.Incident;

/**
 * The mechanisms of one tied pCPU that work through scheduler, timers and tasklets, with each of them on and off. The stub is
 * pinned to one pCPU and its call begins at 1 s; a page costs 2 us, so that 500,000 pages take 1 s. Who is not affected by a
 * mechanism is there too, and has to fare the same without it.
 */
class MechanismSwitchesTest {
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1_000 * MS;
    private static final long PAGES_OF_1_S = 500_000;

    @TempDir
    Path folder;

    private TestHost host(long attacker, long pages, String body, String domains, String workloads) {
        return TestHost.in(folder, "20s", """
                        %s
                        domains {
                          %s
                          victim { xl = victim.cfg, order = 9, paused = true, device-model-workload = attack, device-model-cpus = "%d" }
                        }
                        """.formatted(body, domains, attacker), """
                        workloads {
                          %s
                          busy { kind = cpu }
                          events { kind = poisson, burst = 300us, period = 5ms }
                          attack { kind = hypercalls, operation = set_mem_access, access = n, pages = %d, start = 1s, repeat = 1 }
                        }
                        costs { p2m-entry = 2us, flush-idle = 0ns, p2m-table = 0ns }
                        """.formatted(workloads, pages))
                .xl("victim.cfg", """
                        name = "victim"
                        type = "hvm"
                        memory = 16384
                        device_model_stubdomain_override = 1
                        """)
                .set("duration=" + (2 + pages / PAGES_OF_1_S) + "s");
    }

    private static String xl(String name, String... lines) {
        return "name = \"" + name + "\"\nkernel = \"/boot/vmlinuz\"\nmemory = 256\n" + String.join("\n", lines) + "\n";
    }

    private static TestHost.Outcome without(TestHost host, String mechanism) {
        return host.set("hosts.h.xen.mechanisms." + mechanism + "=off").run();
    }

    /**
     * Two pCPUs: four spinners on 0, which are UNDER, because nobody uses the credit of pCPU 1. There wait {@code mail}, which may
     * run anywhere, and {@code pinned}.
     */
    private TestHost fullLoad() {
        return host(
                        1,
                        PAGES_OF_1_S,
                        "cpus = 2, xen { version = \"4.4.0\", time-at-start = 0ms }, dom0 { vcpus = 1 }",
                        """
                        mail { xl = mail.cfg, order = 0, workload = events }
                        pinned { xl = pinned.cfg, order = 1, workload = busy }
                        spinner { xl = spinner.cfg, order = 2, workload = busy }
                        """,
                        "")
                .xl("mail.cfg", xl("mail"))
                .xl("pinned.cfg", xl("pinned", "cpus = \"1\""))
                .xl("spinner.cfg", xl("spinner", "vcpus = 4", "cpus = \"0\""));
    }

    @Test
    void vcpusQueuedOnATiedPcpuAndPinnedOnesWaitForTheWholeCall() {
        TestHost.Outcome outcome = fullLoad().run();

        assertThat(outcome.seen().longestWait("mail")).isBetween(900 * MS, 1_010 * MS);
        assertThat(outcome.seen().longestWait("pinned")).isBetween(999 * MS, 1_070 * MS);
    }

    /** At worst it is the last of five in the queue of pCPU 0, where a slice is 30 ms. */
    @Test
    void withoutM2QueuedVcpusGoElsewhereAndPinnedOnesWait() {
        TestHost.Outcome outcome = without(fullLoad(), "m2");

        assertThat(outcome.seen().longestWait("mail")).isLessThan(200 * MS);
        assertThat(outcome.seen().longestWait("pinned")).isBetween(999 * MS, 1_070 * MS);
    }

    /** It comes OVER to pCPU 0, is UNDER after at most three accountings, and then one of five with slices of 30 ms. */
    @Test
    void withoutM3PinnedVcpusGoElsewhereAndQueuedOnesWait() {
        TestHost.Outcome outcome = without(fullLoad(), "m3");

        assertThat(outcome.seen().longestWait("pinned")).isLessThan(300 * MS);
        assertThat(outcome.seen().longestWait("mail")).isBetween(900 * MS, 1_010 * MS);
    }

    /** A page of decrease_reservation takes the whole 400 ms. */
    @ParameterizedTest
    @ValueSource(strings = {"credit", "credit2"})
    void withoutM3NobodyLeavesTheOnlyPcpuOfAPool(String scheduler) {
        TestHost host = TestHost.in(folder, "2s", """
                        cpus = 1, xen { version = "4.17.7", scheduler = %s, time-at-start = 0ms }, dom0 { vcpus = 1 }
                        domains { pinned { xl = pinned.cfg, workload = busy }, tying { xl = tying.cfg, workload = attack } }
                        """.formatted(scheduler), """
                        workloads {
                          busy { kind = cpu }
                          attack { kind = hypercalls, operation = decrease_reservation, count = 1, start = 1s, repeat = 1 }
                        }
                        costs { decrease-reservation = 400ms }
                        """)
                .xl("pinned.cfg", xl("pinned", "cpus = \"0\""))
                .xl("tying.cfg", xl("tying"));

        assertThat(without(host, "m3").seen().longestWait("pinned")).isBetween(400 * MS, 401 * MS);
    }

    /**
     * {@code sleeper} sleeps on pCPU 5, the attacker's, where its timer is due 5 ms after the call began; vCPU 1 of dom0 polls there
     * from 1.02 s to 1.03 s on pCPU 1, for it was created there; {@code pinned} may run on pCPU 1 only.
     */
    private TestHost sleepers(long attacker) {
        return host(attacker, PAGES_OF_1_S, """
                        cpus = 6, xen { version = "4.4.0", time-at-start = 0ms }
                        dom0 { vcpus = 2, workload = polls }
                        """, """
                        sleeper { xl = sleeper.cfg, order = 0, workload = timer }
                        pinned { xl = pinned.cfg, order = 1, workload = busy }
                        """, """
                        timer { kind = periodic, burst = 200us, period = 20ms, phase = 5ms }
                        polls { kind = periodic, timer = poll, burst = 1020ms, period = 1030ms, phase = 0ms }
                        """)
                .xl("sleeper.cfg", xl("sleeper"))
                .xl("pinned.cfg", xl("pinned", "cpus = \"1\""));
    }

    @Test
    void timersOnATiedPcpuFireWhenTheCallEnds() {
        assertThat(sleepers(5).run().seen().longestLate("sleeper")).isBetween(994 * MS, 996 * MS);
        assertThat(latePoll(sleepers(1).run())).isBetween(969 * MS, 971 * MS);
    }

    @Test
    void withoutM4TheyFireInTimeAlsoWhenSetDuringTheCallAndPinnedVcpusWait() {
        TestHost.Outcome sleeps = without(sleepers(5), "m4");
        TestHost.Outcome polls = without(sleepers(1), "m4");

        assertThat(sleeps.seen().longestLate("sleeper")).isLessThan(MS);
        assertThat(latePoll(polls)).isLessThan(MS);
        assertThat(polls.seen().longestWait("pinned")).isBetween(999 * MS, 1_070 * MS);
    }

    /** How late the poll was that ended in the call. */
    private static long latePoll(TestHost.Outcome outcome) {
        return outcome.seen().lates.stream()
                .filter(l -> l.domain().equals("Domain-0") && l.vcpu() == 1 && l.start() > SECOND)
                .mapToLong(Recorder.Span::length)
                .findFirst()
                .orElseThrow();
    }

    /** pCPU 0 is tied for 6 s, and the ACPI timer wraps after 4.69 s; {@code capped} has pCPU 2 to itself, and a cap. */
    private TestHost onCpu0() {
        return host(0, 6 * PAGES_OF_1_S, """
                        cpus = 3, xen { version = "4.4.0", time-at-start = 0ms, command-line = "clocksource=acpi" }, dom0 { vcpus = 1 }
                        """, "capped { xl = capped.cfg, order = 0, workload = busy }", "")
                .xl("capped.cfg", xl("capped", "cpus = \"2\"", "cap = 40"));
    }

    /** How often the capped guest is parked, or goes on, between 1.1 and 6.9 s. */
    private static long parked(TestHost.Outcome outcome) {
        return outcome.seen().runs.stream()
                .filter(r -> r.domain().equals("capped") && r.end() > 1_100 * MS && r.end() < 6_900 * MS)
                .count();
    }

    private static List<Incident> ofKind(TestHost.Outcome outcome, String kind) {
        return outcome.report().incidents().stream()
                .filter(i -> i.kind().equals(kind))
                .toList();
    }

    @Test
    void aTiedPcpu0StopsAccountingAndDamagesTheClock() {
        TestHost.Outcome outcome = onCpu0().run();

        assertThat(parked(outcome)).isZero();
        assertThat(ofKind(outcome, "clock-damage")).isNotEmpty();
    }

    /** Parked after about 30 ms, the guest goes on when its cap, 12 ms in 30 ms, allows: 5.8 s / 75 ms = 77 times at most. */
    @Test
    void withoutM5AccountingGoesOnAndTheClockIsDamaged() {
        TestHost.Outcome outcome = without(onCpu0(), "m5");

        assertThat(parked(outcome)).isBetween(20L, 77L);
        assertThat(ofKind(outcome, "clock-damage")).isNotEmpty();
    }

    @Test
    void withoutM6TheClockIsRightAndAccountingStops() {
        TestHost.Outcome outcome = without(onCpu0(), "m6");

        assertThat(parked(outcome)).isZero();
        assertThat(ofKind(outcome, "clock-damage")).isEmpty();
    }

    /** pCPU 0 is tied from 1 to 2 s; vCPU 1 of dom0 sets a watchdog timer of 400 ms, once. */
    private TestHost guarded(String start) {
        return host(
                0,
                PAGES_OF_1_S,
                """
                cpus = 3, xen { version = "4.4.0", time-at-start = 0ms }
                dom0 { vcpus = 2, pin = true, workload = guard }
                """,
                "",
                "guard { kind = hypercalls, operation = sched_watchdog, timeout = 400ms, vcpu = 1, start = " + start
                        + ", repeat = 1 }");
    }

    @Test
    void aDomainsWatchdogFencesTheHostOnlyWhenPcpu0IsBack() {
        assertThat(guarded("900ms").run().report().downAtNs()).isBetween(2_000 * MS, 2_001 * MS);
        assertThat(guarded("1200ms").run().report().downAtNs()).isBetween(2_000 * MS, 2_001 * MS);
    }

    @Test
    void withoutM17ItFencesTheHostInTimeWhetherSetBeforeOrDuringTheCall() {
        assertThat(without(guarded("900ms"), "m17").report().downAtNs()).isBetween(1_300 * MS, 1_301 * MS);
        assertThat(without(guarded("1200ms"), "m17").report().downAtNs()).isBetween(1_600 * MS, 1_601 * MS);
    }

    /** dom0's vCPU 1 calls at 1.3 s, 0.7 s before the tied pCPU is back; a spinner has pCPU 2. */
    private TestHost operator(long attacker, String call) {
        return host(
                        attacker,
                        PAGES_OF_1_S,
                        """
                        cpus = 5, xen { version = "4.4.0", time-at-start = 0ms }
                        dom0 { vcpus = 2, pin = true, workload = operator }
                        """,
                        "spinner { xl = spinner.cfg, order = 0, workload = busy }",
                        "operator { kind = hypercalls, vcpu = 1, start = 1300ms, repeat = 1, operation = " + call
                                + " }")
                .xl("spinner.cfg", xl("spinner", "cpus = \"2\""));
    }

    private static long operation(TestHost.Outcome outcome) {
        return outcome.seen().calls.stream()
                .filter(c -> c.caller().equals("Domain-0"))
                .mapToLong(Recorder.Call::length)
                .findFirst()
                .orElseThrow();
    }

    /** Five pCPUs load for 500 us each. */
    @Test
    void microcodeIsLoadedOnTheTiedPcpuWhenItIsBackAndWithoutM14WhereItIsAskedFor() {
        assertThat(operation(operator(3, "microcode_update").run())).isBetween(700 * MS, 704 * MS);
        assertThat(operation(without(operator(3, "microcode_update"), "m14"))).isBetween(2_500_000L, 4 * MS);
    }

    /** The tasklet waits for pCPU 0; without M14 the operation stops all others at once, and they wait for pCPU 0 (M13). */
    @Test
    void offliningACpuWaitsForPcpu0AndWithoutM14FreezesTheOthers() {
        TestHost.Outcome waits = operator(0, "cpu_offline, cpu = 4").run();
        TestHost.Outcome freezes = without(operator(0, "cpu_offline, cpu = 4"), "m14");

        assertThat(operation(waits)).isBetween(700 * MS, 705 * MS);
        assertThat(waits.seen().longestWait("spinner")).isLessThan(2 * MS);
        assertThat(operation(freezes)).isBetween(700 * MS, 705 * MS);
        assertThat(freezes.seen().longestWait("spinner")).isBetween(699 * MS, 702 * MS);
    }

    @Test
    void withoutM13AndM14OffliningWaitsForNobody() {
        TestHost host = operator(0, "cpu_offline, cpu = 4").set("hosts.h.xen.mechanisms.m13=off");

        assertThat(operation(without(host, "m14"))).isLessThan(5 * MS);
    }
}
