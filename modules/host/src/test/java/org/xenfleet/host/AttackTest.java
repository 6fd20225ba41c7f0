package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.xen.Softirq;

/**
 * A stub device model and a CPU-bound neighbour share pCPU 1; the target never runs. N = 1,048,576 pages (4 GiB) at 250 ns
 * for the entry and 50 ns for the flush of a present page nobody runs: 314.5728 ms; one table of 600 ns for each of the
 * 2,048 superpages: 1.2288 ms. Together 315.8016 ms.
 */
class AttackTest {
    private static final long N = 1_048_576;
    private static final long PER_PAGE = 250 + 50;
    private static final long SLICE = N * PER_PAGE + 2048 * 600;
    private static final long START = 1_000_000_000L;
    private static final long MS = 1_000_000L;

    @TempDir
    Path folder;

    private TestHost host(String version) {
        return TestHost.in(folder, "4s", """
                        cpus = 2, xen { version = "%s", time-at-start = 0ms }
                        dom0 { vcpus = 1 }
                        domains {
                          neighbour { xl = neighbour.cfg, workload = busy }
                          victim { xl = victim.cfg, device-model-workload = attack, device-model-cpus = "1" }
                        }
                        """.formatted(version), """
                        workloads {
                          busy { kind = cpu }
                          attack { kind = hypercalls, operation = set_mem_access, access = n, pages = all, start = 1s, repeat = 1 }
                        }
                        """)
                .xl("neighbour.cfg", """
                        name = "neighbour"
                        kernel = "/boot/vmlinuz"
                        memory = 1024
                        vcpus = 1
                        cpus = "1"
                        """)
                .xl("victim.cfg", """
                        name = "victim"
                        type = "hvm"
                        memory = 4096
                        vcpus = 2
                        device_model_stubdomain_override = 1
                        """);
    }

    @Test
    void onVulnerableXenTheCallIsOneSliceOfAllPagesAndTheirTables() {
        TestHost.Outcome outcome = host("4.4.0").run();

        assertThat(outcome.seen().slices).hasSize(1);
        assertThat(outcome.seen().slices.get(0).length()).isEqualTo(SLICE).isEqualTo(315_801_600L);
        assertThat(outcome.cpu(1).longestSliceNs()).isEqualTo(SLICE);
        assertThat(outcome.call().calls()).isEqualTo(1);
        assertThat(outcome.call().continuations()).isZero();
        assertThat(outcome.call().iterations()).isEqualTo(N);
        assertThat(outcome.call().returned()).containsOnlyKeys(0);
    }

    @Test
    void onVulnerableXenThePcpuStallsForTheCallLessAtMostOneTick() {
        TestHost.Outcome outcome = host("4.4.0").run();

        assertThat(outcome.cpu(1).longestStallNs()).isBetween(SLICE - 10 * MS, SLICE);
        assertThat(outcome.cpu(0).longestStallNs()).isLessThan(10_000);
    }

    @Test
    void onVulnerableXenTheNeighbourWaitsForTheWholeCall() {
        TestHost.Outcome outcome = host("4.4.0").run();

        assertThat(outcome.domain("neighbour").longestWaitNs()).isGreaterThanOrEqualTo(SLICE);
        assertThat(outcome.domain("neighbour").longestWaitNs()).isLessThan(SLICE + 10 * MS);
    }

    @Test
    void onFixedXenNoSliceIsLongerThanATickAndAPage() {
        TestHost.Outcome outcome = host("4.4.1").run();

        assertThat(outcome.call().continuations()).isGreaterThan(30);
        assertThat(outcome.cpu(1).longestSliceNs()).isLessThanOrEqualTo(10_050_000L + PER_PAGE + 600);
        assertThat(outcome.call().iterations()).isEqualTo(N);
        assertThat(outcome.call().returned()).containsOnlyKeys(0);
    }

    @Test
    void onFixedXenNoStallIsLongerThanAPageAndAHypercallExit() {
        TestHost.Outcome outcome = host("4.4.1").run();

        long longestInTheCall = outcome.seen().stalls.stream()
                .filter(s -> s.cpu() == 1 && s.start() > START + MS)
                .mapToLong(Recorder.Span::length)
                .max()
                .orElse(0);
        assertThat(longestInTheCall).isBetween(1L, PER_PAGE + 600 + 150);
        assertThat(outcome.cpu(1).longestStallNs()).isLessThan(10_000);
    }

    @Test
    void onFixedXenTheNeighbourGetsItsHalfAndTheCallTakesTwiceAsLong() {
        TestHost.Outcome outcome = host("4.4.1").run();

        Recorder.Call call = outcome.seen().calls.get(0);
        double stretch = (double) call.length() / SLICE;
        long neighbour = outcome.seen().runs.stream()
                .filter(r -> r.domain().equals("neighbour"))
                .mapToLong(r -> Math.max(0, Math.min(r.end(), call.end()) - Math.max(r.start(), call.issued())))
                .sum();
        assertThat(stretch).isBetween(1.8, 2.2);
        assertThat((double) neighbour / call.length()).isBetween(0.44, 0.56);
    }

    @Test
    void workIsConservedTheCpuTimeOfBothCallsDiffersByLessThanAThousandth() {
        long vulnerable = host("4.4.0").run().cpu(1).hypercallNs();
        long fixed = host("4.4.1").run().cpu(1).hypercallNs();

        assertThat((double) (fixed - vulnerable) / vulnerable).isBetween(0.0, 0.001);
    }

    @Test
    void theFiveTimesOfEveryPcpuAddUpToTheRunExactly() {
        for (String version : new String[] {"4.4.0", "4.4.1"}) {
            assertThat(host(version).run().report().pcpus())
                    .allSatisfy(cpu -> assertThat(
                                    cpu.guestNs() + cpu.hypercallNs() + cpu.spinNs() + cpu.xenNs() + cpu.idleNs())
                            .isEqualTo(4 * START));
        }
    }

    @Test
    void theStubIssuesTheFixedCallOnceMoreThanItIsContinued() {
        int[] hypercalls = new int[1];
        int[] continuations = new int[1];
        TestHost.Outcome outcome = host("4.4.1")
                .run(simulation -> simulation.listen((number, time, from, to, message) -> {
                    String kind = message.getClass().getSimpleName();
                    boolean byTheStub = simulation.actorAt(from).equals("Domain(victim-dm)");
                    hypercalls[0] += kind.equals("Hypercall") && byTheStub ? 1 : 0;
                    continuations[0] += kind.equals("Continuation") ? 1 : 0;
                }));

        assertThat(continuations[0])
                .isEqualTo((int) outcome.call().continuations())
                .isGreaterThan(30);
        assertThat(hypercalls[0]).isEqualTo(continuations[0] + 1);
    }

    @Test
    void aLostContinuationLeavesTheCallUnfinishedAndTheReportSaysSo() {
        int[] seen = new int[1];
        TestHost.Outcome outcome = host("4.4.1")
                .run(simulation -> simulation.inject((time, target, message) -> {
                    boolean third = message.getClass().getSimpleName().equals("Continuation") && ++seen[0] == 3;
                    return third
                            ? org.xenfleet.timeline.DeliveryFault.Verdict.DROP
                            : org.xenfleet.timeline.DeliveryFault.Verdict.DELIVER;
                }));

        assertThat(seen[0])
                .as("the fault fired, and no continuation came after it")
                .isEqualTo(3);
        assertThat(outcome.call().unfinished()).isEqualTo(1);
        assertThat(outcome.call().returned()).isEmpty();
        assertThat(outcome.report().incidents())
                .anySatisfy(i -> assertThat(i.kind()).isEqualTo("hypercall-unfinished"));
    }

    @Test
    void aTimeSliceOfTenMillisecondsCutsTheCallThreeTimesAsOften() {
        TestHost.Outcome usual = host("4.4.1").run();
        TestHost.Outcome shorter = host("4.4.1")
                .set("hosts.h.xen.command-line = \"sched_credit_tslice_ms=10\"")
                .run();

        assertThat(shorter.cpu(1).longestSliceNs()).isLessThan(3_400_000L);
        assertThat((double) shorter.call().continuations() / usual.call().continuations())
                .isBetween(2.4, 3.6);
        assertThat(shorter.seen().waits.stream()
                        .filter(w -> w.domain().equals("neighbour"))
                        .mapToLong(Recorder.Span::length)
                        .max()
                        .orElse(0))
                .isLessThan(31 * MS);
    }

    @Test
    void theLapicTimerInterruptsTheVulnerableCallOnce() {
        int[] interrupts = new int[1];
        TestHost.Outcome outcome = host("4.4.0")
                .run(simulation -> simulation.listen((number, time, from, to, message) -> {
                    boolean inCall = time > START + MS && time < START + SLICE;
                    boolean here = simulation.actorAt(to).equals("PhysicalCpu(1)");
                    interrupts[0] +=
                            inCall && here && message.getClass().getSimpleName().equals("TimerInterrupt") ? 1 : 0;
                }));

        assertThat(outcome.seen().slices.get(0).start()).isBetween(START, START + MS);
        assertThat(interrupts[0]).isEqualTo(1);
        assertThat(Softirq.TIMER.bit()).isEqualTo(1);
    }
}
