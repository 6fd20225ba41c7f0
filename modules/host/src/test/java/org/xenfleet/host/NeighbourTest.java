package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who waits while pCPU 1 is tied by the call of a stub on Xen 4.4.0. The target is paused; the call covers the 4 GiB of it
 * at 300 ns a page and 600 ns a superpage: 315.8 ms, from 1 s on.
 */
class NeighbourTest {
    private static final long MS = 1_000_000L;
    private static final long START = 1000 * MS;
    private static final long CALL = 315_801_600L;

    @TempDir
    Path folder;

    private static final String WORKLOADS = """
            workloads {
              busy { kind = cpu }
              early { kind = periodic, burst = 1ms, period = 100ms, phase = 20ms }
              late { kind = periodic, burst = 1ms, period = 100ms, phase = 60ms }
              attack { kind = hypercalls, operation = set_mem_access, access = n, pages = all, start = 1s, repeat = 1 }
            }
            """;

    private TestHost host(int cpus, String domains) {
        return TestHost.in(folder, "3s", """
                        cpus = %d, xen { version = "4.4.0", time-at-start = 0ms }
                        dom0 { vcpus = 1 }
                        domains { %s }
                        """.formatted(cpus, domains), WORKLOADS)
                .xl("victim.cfg", """
                        name = "victim"
                        type = "hvm"
                        memory = 4096
                        device_model_stubdomain_override = 1
                        """)
                .xl("a.cfg", pv("a", ""))
                .xl("b.cfg", pv("b", ""))
                .xl("c.cfg", pv("c", ""))
                .xl("d.cfg", pv("d", ""))
                .xl("pinned.cfg", pv("pinned", "cpus = \"0\""))
                .xl("filler.cfg", pv("filler", "cpus = \"1\""))
                .xl("heavy.cfg", pv("heavy", "cpus = \"0\"\ncpu_weight = 8192"));
    }

    private static String pv(String name, String more) {
        return """
                name = "%s"
                kernel = "/boot/vmlinuz"
                memory = 256
                vcpus = 1
                %s
                """.formatted(name, more);
    }

    /** The waits of everybody but the stub that overlap the call. */
    private static List<Recorder.Span> waitsInTheCall(TestHost.Outcome outcome) {
        return outcome.seen().waits.stream()
                .filter(w -> !w.domain().equals("victim-dm") && w.end() > START && w.start() < START + CALL)
                .toList();
    }

    @Test
    void withAnIdlePcpuNoCpuBoundNeighbourWaitsLongerThanAMillisecond() {
        TestHost.Outcome outcome = host(4, """
                        a { xl = a.cfg, workload = busy }
                        b { xl = b.cfg, workload = busy }
                        victim { xl = victim.cfg, paused = true, device-model-workload = attack }
                        """).run();

        assertThat(outcome.seen().slices).hasSize(1);
        assertThat(outcome.seen().slices.get(0).length()).isEqualTo(CALL);
        assertThat(waitsInTheCall(outcome))
                .allSatisfy(w -> assertThat(w.length()).isLessThan(MS));
        assertThat(outcome.domain("a").cpuNs()).isGreaterThan(2990 * MS);
        assertThat(outcome.domain("b").cpuNs()).isGreaterThan(2990 * MS);
    }

    /**
     * Each sleeper's timer is homed on the pCPU where it blocked last. At boot the stub waits behind c on pCPU 1 and is
     * stolen by pCPU 2, which b has just left idle: so it is b's timer that is homed on the pCPU which the stub ties.
     */
    @Test
    void exactlyThePeriodicNeighbourWhoseTimerIsHomedOnTheTiedPcpuIsLateAndToTheEndOfTheCall() {
        TestHost.Outcome outcome = host(4, """
                        a { xl = a.cfg, workload = early }
                        b { xl = b.cfg, workload = late }
                        c { xl = c.cfg, workload = early }
                        d { xl = d.cfg, workload = late }
                        victim { xl = victim.cfg, paused = true, device-model-workload = attack }
                        """).run();

        Recorder.Slice call = outcome.seen().slices.get(0);
        assertThat(call.length()).isEqualTo(CALL);
        List<String> homedThere = List.of("a", "b", "c", "d").stream()
                .filter(name -> lastCpuBefore(outcome, name, call.start()) == call.cpu())
                .toList();
        List<String> late = List.of("a", "b", "c", "d").stream()
                .filter(name -> outcome.domain(name).longestLateNs() > MS)
                .toList();
        assertThat(call.cpu()).isEqualTo(2);
        assertThat(homedThere).containsExactly("b");
        assertThat(late).containsExactly("b");
        Recorder.Span lateness = outcome.seen().lates.stream()
                .filter(l -> l.length() > MS)
                .findFirst()
                .orElseThrow();
        assertThat(lateness.start()).as("the first grid point in the call").isEqualTo(1060 * MS);
        assertThat(lateness.end()).isBetween(call.end(), call.end() + 20_000);
    }

    private static int lastCpuBefore(TestHost.Outcome outcome, String domain, long instant) {
        return outcome.seen().runs.stream()
                .filter(r -> r.domain().equals(domain) && r.end() <= instant)
                .reduce((first, second) -> second)
                .orElseThrow()
                .cpu();
    }

    @Test
    void onFixedXenNobodyIsLate() {
        TestHost.Outcome outcome =
                host(4, """
                        a { xl = a.cfg, workload = early }
                        b { xl = b.cfg, workload = late }
                        c { xl = c.cfg, workload = early }
                        d { xl = d.cfg, workload = late }
                        victim { xl = victim.cfg, paused = true, device-model-workload = attack }
                        """).set("hosts.h.xen.fixes = [xsa-89]").run();

        assertThat(outcome.call().continuations()).isGreaterThan(10);
        assertThat(List.of("a", "b", "c", "d"))
                .allSatisfy(
                        name -> assertThat(outcome.domain(name).longestLateNs()).isLessThan(MS));
    }

    /**
     * pCPU 0 runs "heavy", which earns all it burns (its fair share is 8192/8704 of two pCPUs, so 300 credits a period, the
     * most there is): it stays UNDER, and a pCPU with UNDER work never looks at the queue of the tied one.
     */
    @Test
    void whenTheOtherPcpuHasUnderWorkAVcpuQueuedOnTheTiedOneWaitsForTheWholeCall() {
        TestHost.Outcome outcome = host(2, """
                        a { xl = a.cfg, workload = busy }
                        heavy { xl = heavy.cfg, workload = busy }
                        victim { xl = victim.cfg, paused = true, device-model-workload = attack, device-model-cpus = "1" }
                        """).run();

        assertThat(outcome.seen().slices.get(0).cpu()).isEqualTo(1);
        assertThat(outcome.domain("a").longestWaitNs()).isBetween(CALL, CALL + MS);
    }

    /**
     * Three CPU-bound vCPUs earn 200 credits each a period. "pinned", alone on pCPU 0, burns 300 and goes OVER; "a" and
     * "filler" share pCPU 1, burn 150 and stay UNDER. A pCPU whose next is OVER steals UNDER work, also from the tied one.
     */
    @Test
    void whenTheOtherPcpuHasOverWorkItStealsWhatMayRunThereFromTheTiedOne() {
        TestHost.Outcome outcome = host(2, """
                        a { xl = a.cfg, workload = busy }
                        filler { xl = filler.cfg, workload = busy }
                        pinned { xl = pinned.cfg, workload = busy }
                        victim { xl = victim.cfg, paused = true, device-model-workload = attack, device-model-cpus = "1" }
                        """).run();

        assertThat(outcome.seen().slices.get(0).cpu()).isEqualTo(1);
        assertThat(outcome.domain("a").longestWaitNs()).isLessThan(120 * MS);
        assertThat(outcome.domain("filler").longestWaitNs())
                .as("hard affinity to the tied pCPU")
                .isGreaterThan(CALL);
    }
}
