package org.xenfleet.host.statements;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.xenfleet.host.TestHost;

/**
 * Statement 14. dom0 has two back-end vCPUs, on pCPUs 0 and 1, to which guests are dealt in the order of their domids: the first
 * serves the target and the guest {@code shares}, the second the guest {@code alone}. A request comes every 10 ms, and a guest
 * tolerates to wait for 100 ms. The stub's call begins at 1 s; within 10 ms of that the first vCPU copies for the target and
 * spins until the call ends. So {@code shares}, whose next request comes at most 10 ms later, is unavailable for the call - 20 ms
 * - 100 ms at least, and then until two rings of 32 requests of 30 us are served; {@code alone} not at all. In 4.1 the lock is
 * free after each page, in 4.4.1 after each slice, so that no wait is longer than that; but every copy waits for one, and a
 * request has 8 copies, so that {@code shares} fares hardly better there.
 *
 * <p>Measured on 4.4.0 (200,000 pages in 197 ms): another vCPU that maps a page of the target again and again waits for 194.9 ms.
 */
final class BackendCapture implements Statement {
    @Override
    public int number() {
        return 14;
    }

    @Override
    public String says() {
        return "A back-end's vCPU that serves the target blocks for the rest of the call, and with it whoever it"
                + " serves besides; guests of another vCPU do not notice.";
    }

    @Override
    public List<Trial> trials() {
        return List.of(trial("2 s", 1_000_000, 2_000, 0), trial("500 ms, as measured", 200_000, 2_500, 1));
    }

    private static Trial trial(String name, long pages, long nanos, long measured) {
        return new Trial(name, Map.of("pages", pages, "nanos", nanos, "measured", measured));
    }

    @Override
    public Optional<Trial> draw(Random random) {
        long pages = 200_000 + random.nextInt(1_000_000);
        long nanos = 1_500 + random.nextInt(1_000);
        return Optional.of(trial("%d pages of %d ns".formatted(pages, nanos), pages, nanos, 0));
    }

    @Override
    public List<Figure> figures(Lab lab, Trial trial) {
        double call = trial.get("pages") * trial.get("nanos") / Outage.MS;
        List<Figure> figures = new ArrayList<>();
        TestHost.Outcome vulnerable = run(lab, trial, "4.4.0");
        figures.add(Figure.between(
                "4.4.0: the pCPU of the target's back-end spins",
                vulnerable.cpu(0).spinNs() / Outage.MS,
                call - 10.1,
                call,
                "ms"));
        figures.add(Figure.between(
                "4.4.0: shares, without I/O", Outage.unavailable(vulnerable, "shares"), call - 120, call - 98, "ms"));
        figures.add(Figure.exactly("4.4.0: alone, without I/O", Outage.unavailable(vulnerable, "alone"), 0, "ms"));
        TestHost.Outcome perPage = run(lab, trial, "4.1.6.1");
        figures.add(Figure.exactly("4.1.6.1: shares, without I/O", Outage.unavailable(perPage, "shares"), 0, "ms"));
        TestHost.Outcome fixed = run(lab, trial, "4.4.1");
        figures.add(Figure.atMost(
                "4.4.1: longest stall of the back-end's pCPU", fixed.cpu(0).longestStallNs() / Outage.MS, 10.1, "ms"));
        figures.add(Figure.exactly("4.4.1: alone, without I/O", Outage.unavailable(fixed, "alone"), 0, "ms"));
        if (trial.get("measured") == 1) {
            figures.add(Figure.measured("4.4.0: mapping a page of the target", longestMap(lab), 194.9, "ms"));
        }
        return figures;
    }

    private static double longestMap(Lab lab) {
        TestHost.Outcome outcome = run(
                lab,
                "4.4.0",
                "maps",
                "maps { kind = hypercalls, operation = foreign_map, count = 1, target = victim, start = 990ms, pause ="
                        + " 1ms }",
                200_000,
                985);
        return Outage.longest(outcome, "Domain-0", "foreign_map");
    }

    private static TestHost.Outcome run(Lab lab, Trial trial, String version) {
        String io = "io { kind = backend, guests = [victim, alone, shares] }";
        return run(lab, version, "io", io, trial.get("pages"), trial.get("nanos"));
    }

    private static TestHost.Outcome run(Lab lab, String version, String dom0, String workload, long pages, long nanos) {
        return lab.run(
                "5s",
                """
                cpus = 4, xen { version = "%s", time-at-start = 0ms }
                dom0 { vcpus = 2, pin = true, workload = %s }
                domains {
                  %s
                  alone { xl = alone.cfg, order = 2, tolerance = 100ms }
                  shares { xl = shares.cfg, order = 3, tolerance = 100ms }
                }
                """.formatted(version, dom0, Outage.victim(3, "order = 1")),
                """
                workloads {
                  %s
                  %s
                }
                %s
                """.formatted(workload, Outage.attack(pages, "1s"), Outage.costs(nanos)),
                Map.of(
                        "alone.cfg", Outage.pv("alone", 512, ""),
                        "shares.cfg", Outage.pv("shares", 512, ""),
                        "victim.cfg", Outage.hvm("victim", 8_192, "")));
    }

    @Override
    public String leftOut() {
        return "M9";
    }

    @Override
    public List<String> leaveOut() {
        return List.of("hosts.h.xen.mechanisms.m9=off");
    }
}
