package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.observe.HostObserver.SliceEnd;

/**
 * The measurements on the real Xen 4.4.0 and 4.4.1, boots "same" (one pCPU) and "same2p" (both on pCPU 1 of two): a caller
 * rewrites 200,000 pages beside an endless spinner on the same pCPU. One page costs 906 instructions of 2 ns; an empty
 * hypercall that finds its domain 217; a pass over the softirqs some 1,000.
 *
 * <p>What the measurement shows: 4.4.0 keeps the spinner away for 362.4 ms and returns to its caller after 422.5 ms; 4.4.1
 * keeps it away for 30.01 ms, 12 times, is entered 66 times (52 with the accounting on the other pCPU) and returns after
 * 727.9 ms. How soon two that alternate every 30 ms come to alternate every 60 ms depends on the credits that they start
 * with, which the measurement does not show: on one pCPU the first six gaps are compared.
 */
class MeasuredTest {
    private static final double MS = 1e6;
    private static final long CALL = 1_900_000_000L;

    @TempDir
    Path folder;

    private TestHost host(String version, int cpus) {
        return TestHost.in(folder, "4s", """
                        cpus = %d
                        xen { version = "%s", time-at-start = 5987us, accounting-phase = 28395us }
                        dom0 { vcpus = 1 }
                        domains {
                          spinner { xl = spinner.cfg, workload = spin }
                          victim { xl = victim.cfg, paused = true, device-model-workload = attack, device-model-cpus = "%d" }
                        }
                        """.formatted(cpus, version, cpus - 1), """
                        workloads {
                          spin { kind = cpu }
                          attack { kind = hypercalls, operation = set_mem_access, access = r, pages = 200000, start = 1900ms, repeat = 1 }
                        }
                        costs {
                          p2m-entry = 1812ns, flush-idle = 0ns, p2m-table = 0ns
                          hypercall-pv = 434ns, softirq-pass = 2us, context-switch = 2us
                          timer-latency = 4500ns, credit-tick = 6800ns, credit-accounting = 0ns
                        }
                        """)
                .xl("spinner.cfg", """
                        name = "spinner"
                        kernel = "/boot/k.elf"
                        memory = 64
                        cpus = "%d"
                        """.formatted(cpus - 1))
                .xl("victim.cfg", """
                        name = "victim"
                        type = "hvm"
                        memory = 1024
                        device_model_stubdomain_override = 1
                        """);
    }

    private static List<Double> gaps(TestHost.Outcome outcome) {
        return outcome.seen().waits.stream()
                .filter(w -> w.domain().equals("spinner") && w.end() > CALL)
                .map(w -> w.length() / MS)
                .toList();
    }

    private static double longestGap(TestHost.Outcome outcome) {
        return gaps(outcome).stream().mapToDouble(gap -> gap).max().orElseThrow();
    }

    private static double callSeenByItsCaller(TestHost.Outcome outcome) {
        return outcome.seen().calls.get(0).length() / MS;
    }

    @Test
    void onOnePcpu440KeepsTheSpinnerAwayForTheWholeCall() {
        TestHost.Outcome outcome = host("4.4.0", 1).run();

        assertThat(longestGap(outcome)).isCloseTo(362.41, within(0.2));
        assertThat(callSeenByItsCaller(outcome)).isCloseTo(422.53, within(0.5));
        assertThat(outcome.seen().slices).hasSize(1);
        assertThat(outcome.call().continuations()).isZero();
    }

    @Test
    void onTwoPcpus440KeepsTheSpinnerAwayForTheWholeCall() {
        TestHost.Outcome outcome = host("4.4.0", 2).run();

        assertThat(longestGap(outcome)).isCloseTo(362.48, within(0.2));
        assertThat(callSeenByItsCaller(outcome)).isCloseTo(422.59, within(0.5));
    }

    @Test
    void onOnePcpu441KeepsTheSpinnerAwayForOneTimeSliceAtATime() {
        TestHost.Outcome outcome = host("4.4.1", 1).run();

        assertThat(gaps(outcome).subList(0, 6))
                .allSatisfy(gap -> assertThat(gap).isCloseTo(30.01, within(0.05)));
        assertThat(callSeenByItsCaller(outcome)).isCloseTo(727.88, within(0.01 * 727.88));
        assertThat((double) outcome.call().continuations()).isCloseTo(65, within(6.5));
        assertThat(outcome.cpu(0).longestSliceNs() / MS).isCloseTo(10.01, within(0.02));
    }

    /**
     * The other releases of boot "same", whose pages cost 783 instructions (4.1.6.1), 636 (4.2.4) and 648.4 with the test after
     * each (4.2.5). What is left of the time as seen by the caller are two slices of the spinner: 30.06 ms each, but on 4.2.5 30.01,
     * which is why that release counts as one without the timers' slop.
     */
    @ParameterizedTest
    @CsvSource({"4.1.6.1, 1566, 313.216, 373.330", "4.2.4, 1272, 254.412, 314.528"})
    void onOnePcpuOtherVulnerableReleasesDoTheSame(String version, int page, double gap, double call) {
        TestHost.Outcome outcome =
                host(version, 1).set("costs.p2m-entry=" + page + "ns").run();

        assertThat(longestGap(outcome)).isCloseTo(gap, within(0.2));
        assertThat(callSeenByItsCaller(outcome)).isCloseTo(call, within(0.5));
        assertThat(outcome.call().continuations()).isZero();
    }

    @Test
    void onOnePcpu425KeepsTheSpinnerAwayForOneTimeSliceAtATime() {
        TestHost.Outcome outcome =
                host("4.2.5", 1).set("costs.p2m-entry=1297ns").run();

        assertThat(gaps(outcome).subList(0, 4))
                .allSatisfy(gap -> assertThat(gap).isCloseTo(30.013, within(0.05)));
        assertThat(callSeenByItsCaller(outcome)).isCloseTo(499.4, within(0.02 * 499.4));
    }

    @Test
    void onTwoPcpus441IsCutLessOftenWhereNoAccountingTimerIs() {
        TestHost.Outcome outcome = host("4.4.1", 2).run();

        assertThat(gaps(outcome)).allSatisfy(gap -> assertThat(gap).isLessThan(30.05));
        assertThat(callSeenByItsCaller(outcome)).isCloseTo(728, within(0.01 * 728));
        assertThat((double) outcome.call().continuations()).isCloseTo(51, within(5.1));
    }

    /** Measured: 6.15, 10.01, 2.50, 7.51, 3.83 ms; ended by tick, tick, accounting, tick, the switch. */
    @Test
    void aGrantOfThirtyMillisecondsOnTheAccountingPcpuIsFiveEntries() {
        List<Double> slices = slicesOf(host("4.4.1", 1).run());

        assertThat(slices.subList(0, 5))
                .satisfiesExactly(
                        s -> assertThat(s).isCloseTo(6.15, within(0.12)),
                        s -> assertThat(s).isCloseTo(10.01, within(0.02)),
                        s -> assertThat(s).isCloseTo(2.50, within(0.12)),
                        s -> assertThat(s).isCloseTo(7.51, within(0.12)),
                        s -> assertThat(s).isCloseTo(3.83, within(0.12)));
        assertThat(slices.subList(5, 10))
                .usingElementComparator((a, b) -> Math.abs(a - b) < 0.1 ? 0 : Double.compare(a, b))
                .isEqualTo(slices.subList(0, 5));
    }

    /** Measured on pCPU 1 of two: 8.17, 10.01, 10.01, 1.80 ms: three ticks and the switch. */
    @Test
    void aGrantOfThirtyMillisecondsElsewhereIsFourEntries() {
        List<Double> slices = slicesOf(
                host("4.4.1", 2).set("hosts.h.xen.time-at-start = 3967us").run());

        assertThat(slices.subList(0, 4))
                .satisfiesExactly(
                        s -> assertThat(s).isCloseTo(8.17, within(0.12)),
                        s -> assertThat(s).isCloseTo(10.01, within(0.02)),
                        s -> assertThat(s).isCloseTo(10.01, within(0.02)),
                        s -> assertThat(s).isCloseTo(1.80, within(0.12)));
    }

    private static List<Double> slicesOf(TestHost.Outcome outcome) {
        return outcome.seen().slices.stream().map(s -> s.length() / MS).toList();
    }

    /** Measured on 4.4.1: first=0x230b43 nr=509, and never nr=0; on 4.4.0 the struct is untouched. */
    @Test
    void afterSuccessTheStructHoldsTheStartOfTheLastSlice() {
        Recorder.Call fixed = host("4.4.1", 1).run().seen().calls.get(0);
        Recorder.Call vulnerable = host("4.4.0", 1).run().seen().calls.get(0);

        assertThat(fixed.returned()).isZero();
        assertThat(fixed.nr()).isBetween(1L, 5_600L);
        assertThat(fixed.first() + fixed.nr()).isEqualTo(200_000);
        assertThat(vulnerable.first()).isZero();
        assertThat(vulnerable.nr()).isEqualTo(200_000);
    }

    /**
     * Boots "watchdog": a call of some 16.4 s on pCPU 0 at 2.79 GHz, NMIs at 2 Hz. Measured: 4.4.0 panics about 5 s into it,
     * 4.4.1 ends it normally.
     */
    @Test
    void theWatchdogOfThePcpuInTheCallPanics440AfterAboutFiveSecondsAnd441Never() {
        TestHost.Outcome vulnerable = watched("4.4.0").run();
        TestHost.Outcome fixed = watched("4.4.1").run();

        double panic = (vulnerable.report().downAtNs() - CALL) / 1e9;
        assertThat(panic).isBetween(4.0, 5.5);
        assertThat(vulnerable.report().incidents())
                .anySatisfy(i ->
                        assertThat(i.subject() + " " + i.detail()).startsWith("pcpu 0 had been in set_mem_access"));
        assertThat(fixed.report().downAtNs()).isEqualTo(-1);
        assertThat(fixed.call().returned()).containsOnlyKeys(0);
        assertThat(fixed.cpu(0).hypercallNs() / 1e9).isCloseTo(16.4, within(0.05));
    }

    private TestHost watched(String version) {
        return host(version, 1)
                .set("duration=40s")
                .set("hosts.h.frequency=2790MHz")
                .set("hosts.h.xen.command-line=watchdog")
                .set("workloads.spin.kind=idle")
                .set("costs.p2m-entry=82us");
    }

    @Test
    void theSliceBeforeTheLastWasCutWhereTheStructSays() {
        TestHost.Outcome outcome = host("4.4.1", 1).run();
        List<Recorder.Slice> slices = outcome.seen().slices;
        long before = IntStream.range(0, slices.size() - 1)
                .mapToLong(i -> slices.get(i).pages())
                .sum();

        assertThat(outcome.seen().calls.get(0).first()).isEqualTo(before);
        assertThat(slices.get(slices.size() - 1).ended()).isEqualTo(SliceEnd.FINISHED);
    }
}
