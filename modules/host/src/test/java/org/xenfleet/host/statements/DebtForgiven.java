package org.xenfleet.host.statements;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.xenfleet.host.Recorder;
import org.xenfleet.host.TestHost;

/**
 * Statement 20. The stub and a spinner share pCPU 1. After the call the stub wants the pCPU all the time, in a multicall that
 * tests for preemption. However long the call was, the stub's credit is -300 at its end, as much as one slice of 30 ms: it is two
 * slices behind, 60.1 ms on releases whose timers are 50 us late, and half of that is beyond its fair share. From then on the two
 * alternate. What it has lost at most, at any instant of the second after the call, is half of the time since the call less
 * what it ran; of the whole second it gets 500 ms less 30, less half a slice for where the second ends.
 *
 * <p>The measured host is that of boot "same2p", whose caller returned 60.1 ms after a call of 362.5 ms.
 */
final class DebtForgiven implements Statement {
    private static final List<String> RELEASES = List.of("4.4.0", "4.1.6.1", "4.2.4", "4.3.2");
    private static final String STUB = "victim-dm";
    private static final long SECOND = 1_000_000_000L;

    @Override
    public int number() {
        return 20;
    }

    @Override
    public String says() {
        return "However long the monopoly was, the attacker's credit is clamped to -300 after it: it loses at most 30 ms of CPU"
                + " beyond its fair share.";
    }

    @Override
    public List<Trial> trials() {
        return List.of(
                trial("the measured host", 0, 200_000, 1_812, 2),
                trial("4.1, 2 s, 4 pCPUs", 1, 1_000_000, 2_000, 4),
                trial("8 s, 16 pCPUs", 0, 4_000_000, 2_000, 16));
    }

    private static Trial trial(String name, long release, long pages, long nanos, long cpus) {
        return new Trial(name, Map.of("release", release, "pages", pages, "nanos", nanos, "cpus", cpus));
    }

    @Override
    public Optional<Trial> draw(Random random) {
        long pages = 400_000 + random.nextInt(1_500_000);
        int cpus = 3 + random.nextInt(10);
        int release = random.nextInt(RELEASES.size());
        String name = "%s, %d pages of 2 us, %d pCPUs".formatted(RELEASES.get(release), pages, cpus);
        return Optional.of(trial(name, release, pages, 2_000, cpus));
    }

    @Override
    public List<Figure> figures(Lab lab, Trial trial) {
        TestHost.Outcome outcome = run(lab, trial);
        double work = trial.get("pages") * trial.get("nanos") / Walks.MS;
        long end = outcome.seen().slices.get(0).end();
        List<Figure> figures = new ArrayList<>(List.of(
                Figure.between(
                        "the monopoly", outcome.seen().slices.get(0).length() / Walks.MS, work, work + 0.001, "ms"),
                Figure.between("CPU time that its caller then loses", lost(outcome, end), 25, 30.1, "ms"),
                Figure.between(
                        "share of its caller in the second after it", ran(outcome, end) / SECOND, 0.455, 0.5, "")));
        if (trial.get("cpus") == 2) {
            double late = Walks.length(outcome, STUB, 0) - work;
            figures.add(Figure.measured("its caller comes back late by", late, 60.1, "ms"));
        }
        return figures;
    }

    private static Stream<Recorder.Span> runs(TestHost.Outcome outcome, long since) {
        return outcome.seen().runs.stream()
                .filter(r -> r.domain().equals(STUB) && r.end() > since && r.start() < since + SECOND);
    }

    private static double ran(TestHost.Outcome outcome, long since) {
        return runs(outcome, since)
                .mapToLong(r -> Math.min(r.end(), since + SECOND) - Math.max(r.start(), since))
                .sum();
    }

    /** The most that half of the time since then was more than what the stub ran: whenever it is let run again. */
    private static double lost(TestHost.Outcome outcome, long since) {
        double most = 0;
        long ran = 0;
        for (Recorder.Span run : runs(outcome, since).toList()) {
            long start = Math.max(run.start(), since);
            most = Math.max(most, (start - since) / 2.0 - ran);
            ran += run.end() - start;
        }
        return most / Walks.MS;
    }

    private static TestHost.Outcome run(Lab lab, Trial trial) {
        long seconds = 4 + trial.get("pages") * trial.get("nanos") / SECOND;
        return lab.run(
                seconds + "s",
                """
                        cpus = %d, xen { version = "%s", time-at-start = 5987us, accounting-phase = 28395us }
                        dom0 { vcpus = 1, pin = true }
                        domains {
                          spinner { xl = spinner.cfg, workload = busy }
                          victim { xl = victim.cfg, paused = true, device-model-workload = attack, device-model-cpus = "1" }
                        }
                        """.formatted(trial.get("cpus"), RELEASES.get((int) trial.get("release"))),
                """
                        workloads {
                          busy { kind = cpu }
                          attack {
                            kind = hypercalls, operation = [set_mem_access, multicall], access = r, pages = %d
                            calls = xen_version, count = 4000000, start = 1900ms, repeat = 1
                          }
                        }
                        costs { p2m-entry = %dns, %s }
                        """.formatted(trial.get("pages"), trial.get("nanos"), Walks.BARE),
                Map.of("spinner.cfg", Walks.pv("spinner", "1"), "victim.cfg", Walks.victim("victim", 16_384, 1, "")));
    }

    @Override
    public String leftOut() {
        return "the clamp at one slice of 30 ms, by slices of 200 ms";
    }

    @Override
    public List<String> leaveOut() {
        return List.of("hosts.h.xen.tslice=200ms");
    }
}
