package org.xenfleet.host.statements;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.xenfleet.host.TestHost;

/**
 * Statement 2. The stub is pinned to pCPU 1, with a spinner and without. A call of L ms of work beside the spinner takes 2 L as
 * soon as the two get 30 ms each in turn; who begins, and with how much credit, is worth three slices at most. The vulnerable
 * call takes L and then the time that its caller is behind: two slices and a tick.
 *
 * <p>The measured host is that of boot "same2p": 200,000 pages of 906 instructions, 2 ns each.
 */
final class WorkConserved implements Statement {
    private static final List<List<String>> RELEASES =
            List.of(List.of("4.4.0", "4.4.1"), List.of("4.2.4", "4.2.5"), List.of("4.3.2", "4.3.3"));
    private static final String STUB = "victim-dm";
    private static final double SLICE = 30.06;
    private static final double TICK = 10.06;

    @Override
    public int number() {
        return 2;
    }

    @Override
    public String says() {
        return "Both versions do the same pages at the same cost; the fixed one takes at most 0.1 % more CPU time, and"
                + " stretches with competition: to twice its length beside one spinner.";
    }

    @Override
    public List<Trial> trials() {
        return List.of(
                trial("the measured host", 0, 200_000, 1_812, 1),
                trial("4.2, 2 s of 500,000 pages", 1, 500_000, 4_000, 0),
                trial("4.3, 1 s of 2,000,000 pages", 2, 2_000_000, 500, 0));
    }

    private static Trial trial(String name, long releases, long pages, long nanos, long measured) {
        return new Trial(name, Map.of("releases", releases, "pages", pages, "nanos", nanos, "measured", measured));
    }

    @Override
    public Optional<Trial> draw(Random random) {
        long pages = 500_000 + random.nextInt(1_000_000);
        long nanos = 1_000 + random.nextInt(1_000);
        int releases = random.nextInt(RELEASES.size());
        String name = "%s, %d pages of %d ns".formatted(RELEASES.get(releases).get(1), pages, nanos);
        return Optional.of(trial(name, releases, pages, nanos, 0));
    }

    @Override
    public List<Figure> figures(Lab lab, Trial trial) {
        List<String> releases = RELEASES.get((int) trial.get("releases"));
        long pages = trial.get("pages");
        double work = pages * trial.get("nanos") / Walks.MS;
        TestHost.Outcome vulnerable = run(lab, trial, releases.get(0), "busy");
        TestHost.Outcome fixed = run(lab, trial, releases.get(1), "busy");
        TestHost.Outcome alone = run(lab, trial, releases.get(1), "idle");
        double inVulnerable = vulnerable.cpu(1).hypercallNs();
        double vulnerableTakes = Walks.length(vulnerable, STUB, 0);
        double fixedTakes = Walks.length(fixed, STUB, 0);
        List<Figure> figures = new ArrayList<>(List.of(
                Figure.exactly("vulnerable: pages", Walks.pages(vulnerable), pages, ""),
                Figure.exactly("fixed: pages", Walks.pages(fixed), pages, ""),
                Figure.between(
                        "CPU time of the fixed call, more than that of the vulnerable",
                        (fixed.cpu(1).hypercallNs() - inVulnerable) / inVulnerable * 100,
                        0.0001,
                        0.1,
                        "%"),
                Figure.between("vulnerable: the call takes", vulnerableTakes, work, work + 2 * SLICE + TICK, "ms"),
                Figure.between("fixed: the call takes", fixedTakes, 2 * work - 3 * SLICE, 2 * work + 3 * SLICE, "ms"),
                Figure.between(
                        "fixed, alone: the call takes", Walks.length(alone, STUB, 0), work, work * 1.001, "ms")));
        if (trial.get("measured") == 1) {
            figures.add(Figure.measured("vulnerable: the call takes", vulnerableTakes, 422.6, "ms"));
            figures.add(Figure.measured("fixed: the call takes", fixedTakes, 728, "ms"));
            figures.add(Figure.measured("fixed: continuations", fixed.call().continuations(), 51, ""));
        }
        return figures;
    }

    private static TestHost.Outcome run(Lab lab, Trial trial, String version, String neighbour) {
        long seconds = 3 + 3 * trial.get("pages") * trial.get("nanos") / 1_000_000_000L;
        return lab.run(
                seconds + "s",
                """
                        cpus = 2, xen { version = "%s", time-at-start = 5987us, accounting-phase = 28395us }
                        dom0 { vcpus = 1 }
                        domains {
                          neighbour { xl = neighbour.cfg, workload = %s }
                          victim { xl = victim.cfg, paused = true, device-model-workload = attack, device-model-cpus = "1" }
                        }
                        """.formatted(version, neighbour),
                """
                        workloads {
                          busy { kind = cpu }
                          attack { kind = hypercalls, operation = set_mem_access, access = r, pages = %d, start = 1900ms, repeat = 1 }
                        }
                        costs { p2m-entry = %dns, %s }
                        """.formatted(trial.get("pages"), trial.get("nanos"), Walks.BARE),
                Map.of(
                        "neighbour.cfg",
                        Walks.pv("neighbour", "1"),
                        "victim.cfg",
                        Walks.victim("victim", 16_384, 1, "")));
    }

    @Override
    public String leftOut() {
        return "M1";
    }

    @Override
    public List<String> leaveOut() {
        return List.of("hosts.h.xen.mechanisms.m1=off");
    }
}
