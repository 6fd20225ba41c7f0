package org.xenfleet.host.statements;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.xenfleet.host.TestHost;

/**
 * Statement 23. The stub's call begins at 1 s; {@code after} ms later dom0 destroys the guest {@code plain}, the stub domain of the
 * guest {@code pair}, and {@code pair} itself, all of which idle: 300 ns a page, about 50 ms. The host is looked at 10 ms before the
 * call ends, and 10 ms after. Before, {@code plain} and {@code pair-dm} are unlisted and not freed; so {@code pair}, to which its
 * stub holds a reference, is dead and still listed, with dom0, the victim and its stub: four domains. Of RAM none has anything. On
 * 4.4.1 all three are freed by then.
 */
final class Zombies implements Statement {
    private static final String[] DESTROYED = {"plain", "pair-dm", "pair"};

    @Override
    public int number() {
        return 23;
    }

    @Override
    public String says() {
        return "A domain destroyed during the call loses its RAM and, unless somebody refers to it, its listing, but is freed"
                + " only after the call; a guest whose stub was destroyed too stays listed until then.";
    }

    @Override
    public List<Trial> trials() {
        return List.of(
                trial("call of 2 s, half a second into it", 1_000_000, 2_000, 500, 4),
                trial("call of 6 s, at once, 12 pCPUs", 1_500_000, 4_000, 20, 12));
    }

    private static Trial trial(String name, long pages, long nanos, long after, long cpus) {
        return new Trial(name, Map.of("pages", pages, "nanos", nanos, "after", after, "cpus", cpus));
    }

    @Override
    public Optional<Trial> draw(Random random) {
        long pages = 800_000 + random.nextInt(500_000);
        long nanos = 2_500 + random.nextInt(1_000);
        long after = 5 + random.nextInt(600);
        int cpus = 3 + random.nextInt(6);
        String name = "%d pages of %d ns, %d ms into it, %d pCPUs".formatted(pages, nanos, after, cpus);
        return Optional.of(trial(name, pages, nanos, after, cpus));
    }

    @Override
    public List<Figure> figures(Lab lab, Trial trial) {
        long end = 1_000 + trial.get("pages") * trial.get("nanos") / 1_000_000;
        TestHost.Outcome before = run(lab, trial, "4.4.0", end - 10);
        TestHost.Outcome after = run(lab, trial, "4.4.0", end + 10);
        TestHost.Outcome fixed = run(lab, trial, "4.4.1", end - 10);
        return List.of(
                Figure.exactly("4.4.0, before: unlisted", Outage.inState(before, "unlisted", DESTROYED), 2, ""),
                Figure.exactly("4.4.0, before: pair is dead and listed", Outage.inState(before, "dead", "pair"), 1, ""),
                Figure.exactly("4.4.0, before: RAM of all three", ram(before), 0, "MiB"),
                Figure.exactly("4.4.0, before: domains in a list", listed(before), 4, ""),
                Figure.exactly("4.4.0, after: freed", Outage.inState(after, "freed", DESTROYED), 3, ""),
                Figure.exactly("4.4.0, after: zombies", Outage.incidents(after, "domain-zombie"), 3, ""),
                Figure.exactly("4.4.1, before: freed", Outage.inState(fixed, "freed", DESTROYED), 3, ""),
                Figure.exactly("4.4.1, before: zombies", Outage.incidents(fixed, "domain-zombie"), 0, ""),
                Figure.exactly("4.4.1, before: domains in a list", listed(fixed), 3, ""));
    }

    private static double ram(TestHost.Outcome outcome) {
        long bytes = 0;
        for (String name : DESTROYED) {
            bytes += outcome.domain(name).memoryBytes();
        }
        return bytes / 1048576.0;
    }

    /** What the one call for a list returned. */
    private static int listed(TestHost.Outcome outcome) {
        return Outage.calls(outcome, "Domain-0", "getdomaininfolist").returned().firstKey();
    }

    private static TestHost.Outcome run(Lab lab, Trial trial, String version, long untilMs) {
        return lab.run(
                untilMs + "ms",
                """
                        cpus = %d, xen { version = "%s", time-at-start = 0ms }
                        dom0 { vcpus = 2, pin = true, workload = [destroys, lists] }
                        domains {
                          plain { xl = plain.cfg }
                          pair { xl = pair.cfg }
                          %s
                        }
                        """.formatted(trial.get("cpus"), version, Outage.victim(trial.get("cpus") - 1, "paused = true")),
                """
                        workloads {
                          %s
                          %s
                          %s
                        }
                        %s
                        """.formatted(
                        Outage.attack(trial.get("pages"), "1s"),
                        Outage.once(
                                "destroys",
                                "destroydomain",
                                1_000 + trial.get("after") + "ms",
                                "vcpu = 0, target = [plain, pair-dm, pair]"),
                        Outage.once("lists", "getdomaininfolist", 1_200 + trial.get("after") + "ms", "vcpu = 1"),
                        Outage.costs(trial.get("nanos"))),
                Map.of(
                        "plain.cfg",
                        Outage.pv("plain", 128, ""),
                        "pair.cfg",
                        Outage.hvm("pair", 256, ""),
                        "victim.cfg",
                        Outage.hvm("victim", 8_192, "")));
    }

    @Override
    public String leftOut() {
        return "M12";
    }

    @Override
    public List<String> leaveOut() {
        return List.of("hosts.h.xen.mechanisms.m12=off");
    }
}
