package org.xenfleet.host.statements;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.xenfleet.host.TestHost;

/**
 * Statement 11. dom0 has vCPUs on pCPUs 0, 1 and 2, the stub runs on pCPU 3. Its call begins at 1 s; {@code after} ms later dom0
 * pauses, or destroys, the stub from vCPU 1, and another 1 ms later vCPU 2 wants to pin another guest, while vCPU 0 lists all
 * domains every 10 ms. On 4.4.0 the pause lasts for the rest of the call, and the pinning for 1 ms less. On 4.4.1 the stub's
 * call ends its slice after the page under way; a round trip, a pass and a context switch are 5 us. The stub's 8,192 pages at
 * 300 ns and what destroydomain does besides are 3 ms. Of twenty
 * mappings of a page of the target, 3 ms apart, the one that waits longest waits for a slice, of at most 10.01 ms.
 *
 * <p>Measured on 4.4.0 (300,000 pages in 295 ms): pause 277.4 ms, destroy 280.7 ms, 20 ms into the call.
 */
final class PauseHangsThePauser implements Statement {
    @Override
    public int number() {
        return 11;
    }

    @Override
    public String says() {
        return "Pausing the stub hangs its pauser, and with him every other domctl, until the call ends; a list of all"
                + " domains still comes. With the fix the pause returns at once, and who needs the target's p2m lock waits"
                + " for a slice.";
    }

    @Override
    public List<Trial> trials() {
        return List.of(
                trial("300,000 pages of 983 ns, as measured", 300_000, 983, 20, 1),
                trial("2 s, 500 ms into it", 1_000_000, 2_000, 500, 0));
    }

    private static Trial trial(String name, long pages, long nanos, long after, long measured) {
        return new Trial(name, Map.of("pages", pages, "nanos", nanos, "after", after, "measured", measured));
    }

    @Override
    public Optional<Trial> draw(Random random) {
        long pages = 200_000 + random.nextInt(1_000_000);
        long nanos = 1_000 + random.nextInt(1_500);
        long after = 10 + random.nextInt(150);
        String name = "%d pages of %d ns, %d ms into it".formatted(pages, nanos, after);
        return Optional.of(trial(name, pages, nanos, after, 0));
    }

    @Override
    public List<Figure> figures(Lab lab, Trial trial) {
        double page = trial.get("nanos") / 1e6;
        double rest = trial.get("pages") * page - trial.get("after");
        TestHost.Outcome paused = run(lab, trial, "4.4.0", "pausedomain");
        TestHost.Outcome destroyed = run(lab, trial, "4.4.0", "destroydomain");
        TestHost.Outcome fixedPaused = run(lab, trial, "4.4.1", "pausedomain");
        TestHost.Outcome fixedDestroyed = run(lab, trial, "4.4.1", "destroydomain");
        TestHost.Outcome fixedMapped = run(lab, trial, "4.4.1", "foreign_map");
        double pause = call(paused, "pausedomain");
        double destroy = call(destroyed, "destroydomain");
        List<Figure> figures = new ArrayList<>(List.of(
                Figure.between("4.4.0: the pause", pause, rest, rest + 0.1, "ms"),
                Figure.between(
                        "4.4.0: the pauser's pCPU spins",
                        paused.cpu(1).spinNs() / Outage.MS,
                        rest - 0.1,
                        rest + 0.001,
                        "ms"),
                Figure.between("4.4.0: the destruction", destroy, rest, rest + 5, "ms"),
                Figure.between("4.4.0: pinning another guest", call(paused, "setvcpuaffinity"), rest - 1, rest, "ms"),
                Figure.atMost("4.4.0: a list of all domains", call(paused, "getdomaininfolist"), 0.1, "ms"),
                Figure.atMost("4.4.1: the pause", call(fixedPaused, "pausedomain"), page + 0.02, "ms"),
                Figure.atMost("4.4.1: the destruction", call(fixedDestroyed, "destroydomain"), 5, "ms"),
                Figure.atMost("4.4.1: pinning another guest", call(fixedPaused, "setvcpuaffinity"), 0.1, "ms"),
                Figure.between(
                        "4.4.1: mapping a page of the target", call(fixedMapped, "foreign_map"), 1, 10.1, "ms")));
        if (trial.get("measured") == 1) {
            figures.add(Figure.measured("4.4.0: the pause", pause, 277.4, "ms"));
            figures.add(Figure.measured("4.4.0: the destruction", destroy, 280.7, "ms"));
        }
        return figures;
    }

    private static TestHost.Outcome run(Lab lab, Trial trial, String version, String operation) {
        String target = operation.equals("foreign_map")
                ? "count = 1, repeat = 20, pause = 3ms, target = victim"
                : "target = victim-dm";
        long after = 1_000 + trial.get("after");
        return lab.run(
                "5s",
                """
                cpus = 4, xen { version = "%s", time-at-start = 0ms }
                dom0 { vcpus = 3, pin = true, workload = [list, reaction, other] }
                domains {
                  bystander { xl = bystander.cfg }
                  %s
                }
                """.formatted(version, Outage.victim(3, "paused = true")),
                """
                workloads {
                  %s
                  %s
                  %s
                  list { kind = hypercalls, operation = getdomaininfolist, vcpu = 0, pause = 10ms }
                }
                %s
                """.formatted(
                                Outage.attack(trial.get("pages"), "1s"),
                                Outage.once("reaction", operation, after + "ms", "vcpu = 1, " + target),
                                Outage.once(
                                        "other",
                                        "setvcpuaffinity",
                                        after + 1 + "ms",
                                        "vcpu = 2, target = bystander, cpus = \"0-2\""),
                                Outage.costs(trial.get("nanos"))),
                Map.of(
                        "bystander.cfg", Outage.pv("bystander", 1_024, ""),
                        "victim.cfg", Outage.hvm("victim", 8_192, "")));
    }

    private static double call(TestHost.Outcome outcome, String operation) {
        return Outage.longest(outcome, "Domain-0", operation);
    }

    @Override
    public String leftOut() {
        return "M10";
    }

    @Override
    public List<String> leaveOut() {
        return List.of("hosts.h.xen.mechanisms.m10=off");
    }
}
