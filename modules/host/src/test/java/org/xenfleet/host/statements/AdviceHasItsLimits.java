package org.xenfleet.host.statements;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.xenfleet.host.TestHost;

/**
 * Statement 25. The stub's call of 3 s begins at 1 s.
 *
 * <p>Migrating: every 50 ms dom0 begins to migrate a guest of 32,768 pages, at 100 ns a page; once another of its vCPUs pauses the
 * stub, {@code after} ms into the call, the next of these waits for the rest of the call, less 50 ms and the 3.3 ms of one that is
 * under way.
 *
 * <p>CPU pools: dom0 and bystanders are in Pool-0, the victim and its stub in the pool {@code stub} of two pCPUs, on whose first,
 * where the accounting of that pool is homed, the stub is tied. In either pool two guests with weights of 512 and 256 share the
 * last pCPU, and each other pCPU has a guest of 768, so that by weight the first gets two thirds of that pCPU: 200 and 100 of the
 * 300 credits that a pCPU brings. Where accounting stands still they take turns, or one of them has it all. Nobody in Pool-0 waits
 * for more than four slices of 30.06 ms.
 *
 * <p>Reactions of dom0 in Pool-0: one vCPU destroys a guest 100 ms into the call, others map a page of the victim at 200 ms, pause
 * the stub at {@code after}, pin another guest 1 ms later. In a run of its own it takes the last pCPU of Pool-0 out of use instead.
 */
final class AdviceHasItsLimits implements Statement {
    private static final double CALL = 3_000;

    @Override
    public int number() {
        return 25;
    }

    @Override
    public String says() {
        return "Migrating other guests away works until somebody's domctl blocks; CPU pools of their own confine what the tied"
                + " pCPU does to queues, pinned vCPUs and accounting, but not locks, pauses, RCU and stop_machine.";
    }

    @Override
    public List<Trial> trials() {
        return List.of(
                trial("Pool-0 of 2 pCPUs, after 500 ms", 2, 500), trial("Pool-0 of 5, after 1,100 ms", 5, 1_100));
    }

    private static Trial trial(String name, long cpus, long after) {
        return new Trial(name, Map.of("cpus", cpus, "after", after));
    }

    @Override
    public Optional<Trial> draw(Random random) {
        int cpus = 2 + random.nextInt(4);
        int after = 250 + random.nextInt(1_200);
        return Optional.of(trial("Pool-0 of %d, after %d ms".formatted(cpus, after), cpus, after));
    }

    @Override
    public List<Figure> figures(Lab lab, Trial trial) {
        List<Figure> figures = new ArrayList<>();
        migrating(lab, trial, figures);
        confined(lab, trial, figures);
        notConfined(lab, trial, figures);
        return figures;
    }

    private static void migrating(Lab lab, Trial trial, List<Figure> figures) {
        double rest = CALL - trial.get("after");
        figures.add(Figure.atMost(
                "migrating beside a look at the stub: its longest step",
                migrate(lab, trial, "getdomaininfo"),
                3.3,
                "ms"));
        figures.add(Figure.between(
                "migrating beside a pause of the stub: its longest step",
                migrate(lab, trial, "pausedomain"),
                rest - 54,
                rest + 4,
                "ms"));
    }

    private static double migrate(Lab lab, Trial trial, String reaction) {
        TestHost.Outcome outcome = lab.run(
                "5s",
                """
                        cpus = 4, xen { version = "4.4.0", time-at-start = 0ms }
                        dom0 { vcpus = 2, pin = true, workload = [migrates, reaction] }
                        domains {
                          other { xl = other.cfg }
                          %s
                        }
                        """.formatted(Outage.victim(3, "paused = true")),
                """
                        workloads {
                          %s
                          %s
                          migrates { kind = hypercalls, operation = enable_logdirty, target = other, start = 1010ms, pause = 50ms }
                        }
                        %s
                        """.formatted(
                                Outage.attack(1_500_000, "1s"),
                                Outage.once("reaction", reaction, at(trial), "vcpu = 1, target = victim-dm"),
                                Outage.costs(2_000)),
                Map.of("other.cfg", Outage.pv("other", 128, ""), "victim.cfg", Outage.hvm("victim", 8_192, "")));
        return Outage.longest(outcome, "Domain-0", "enable_logdirty");
    }

    private static String at(Trial trial) {
        return 1_000 + trial.get("after") + "ms";
    }

    private static void confined(Lab lab, Trial trial, List<Figure> figures) {
        int cpus = (int) trial.get("cpus");
        TreeMap<String, String> xl = new TreeMap<>();
        StringBuilder domains = new StringBuilder();
        for (int cpu = 0; cpu < cpus - 1; cpu++) {
            busy(domains, xl, "whole-" + cpu, cpu, 768, "Pool-0");
        }
        busy(domains, xl, "heavy", cpus - 1, 512, "Pool-0");
        busy(domains, xl, "light", cpus - 1, 256, "Pool-0");
        busy(domains, xl, "pinned", cpus, 768, "stub");
        busy(domains, xl, "stub-heavy", cpus + 1, 512, "stub");
        busy(domains, xl, "stub-light", cpus + 1, 256, "stub");
        xl.put("victim.cfg", Outage.hvm("victim", 8_192, "pool = \"stub\""));
        TestHost.Outcome outcome = pools(lab, cpus, "dom0 { vcpus = 1 }", domains.toString(), "", xl);
        double longest = outcome.report().domains().stream()
                .filter(d -> !d.name().startsWith("stub")
                        && !d.name().equals("pinned")
                        && !d.name().startsWith("victim"))
                .mapToLong(d -> d.longestWaitNs())
                .max()
                .orElseThrow();
        figures.add(Figure.atMost("Pool-0: the longest wait of all", longest / Outage.MS, 120.3, "ms"));
        figures.add(Figure.between("Pool-0: the heavy one's share", share(outcome, "heavy", "light"), 0.6, 0.73, ""));
        figures.add(Figure.atLeast(
                "the stub's pool: the pinned one waits", Outage.longestWait(outcome, "pinned"), CALL, "ms"));
        figures.add(Figure.atLeast(
                "the stub's pool: the heavy one's share is off by",
                Math.abs(share(outcome, "stub-heavy", "stub-light") - 2.0 / 3),
                0.1,
                ""));
    }

    private static void busy(
            StringBuilder domains, Map<String, String> xl, String name, int cpu, int weight, String pool) {
        domains.append("%s { xl = %s.cfg, workload = busy }\n".formatted(name, name));
        String rest = "cpus = \"%d\"\ncpu_weight = %d".formatted(cpu, weight);
        xl.put(name + ".cfg", Outage.pv(name, 128, pool.equals("Pool-0") ? rest : rest + "\npool = \"stub\""));
    }

    /** What the first got of the time of both during the call. */
    private static double share(TestHost.Outcome outcome, String heavy, String light) {
        double first = ran(outcome, heavy);
        return first / (first + ran(outcome, light));
    }

    private static long ran(TestHost.Outcome outcome, String domain) {
        return outcome.seen().runs.stream()
                .filter(r -> r.domain().equals(domain))
                .mapToLong(r -> Math.max(0, Math.min(r.end(), 4_000_000_000L) - Math.max(r.start(), 1_000_000_000L)))
                .sum();
    }

    private static void notConfined(Lab lab, Trial trial, List<Figure> figures) {
        int cpus = (int) trial.get("cpus") + 4;
        Map<String, String> xl = Map.of(
                "spinner.cfg", Outage.pv("spinner", 128, "cpus = \"4\""),
                "gone.cfg", Outage.pv("gone", 128, ""),
                "victim.cfg", Outage.hvm("victim", 8_192, "pool = \"stub\""));
        String domains = "spinner { xl = spinner.cfg, workload = busy }, gone { xl = gone.cfg }";
        String calls = String.join(
                "\n",
                Outage.once("destroys", "destroydomain", "1100ms", "vcpu = 0, target = gone"),
                Outage.once("maps", "foreign_map", "1200ms", "vcpu = 1, count = 1, target = victim"),
                Outage.once("pauses", "pausedomain", at(trial), "vcpu = 2, target = victim-dm"),
                Outage.once(
                        "pins",
                        "setvcpuaffinity",
                        1_001 + trial.get("after") + "ms",
                        "vcpu = 3, target = spinner, cpus = \"4\""),
                Outage.once("offlines", "cpu_offline", at(trial), "vcpu = 0, cpu = " + (cpus - 1)));
        String dom0 = "dom0 { vcpus = 4, pin = true, workload = [%s] }";
        TestHost.Outcome reactions =
                pools(lab, cpus, dom0.formatted("destroys, maps, pauses, pins"), domains, calls, xl);
        TestHost.Outcome offline = pools(lab, cpus, dom0.formatted("offlines"), domains, calls, xl);
        double rest = CALL - trial.get("after");
        add(figures, "M9: mapping a page of the victim", reactions, "foreign_map", CALL - 200);
        add(figures, "M10: pausing the stub", reactions, "pausedomain", rest);
        add(figures, "M11: pinning a guest of Pool-0", reactions, "setvcpuaffinity", rest - 1);
        figures.add(Figure.exactly(
                "M12: guests of Pool-0 that are zombies", Outage.incidents(reactions, "domain-zombie"), 1, ""));
        figures.add(Figure.between(
                "M13: a spinner of Pool-0 is frozen",
                Outage.longestWait(offline, "spinner"),
                rest - 1,
                rest + 1,
                "ms"));
    }

    private static void add(
            List<Figure> figures, String what, TestHost.Outcome outcome, String operation, double expected) {
        double call = Outage.longest(outcome, "Domain-0", operation);
        figures.add(Figure.between(what, call, expected - 1, expected + 1, "ms"));
    }

    /** Pool-0 of so many pCPUs, and behind it the stub's of two. */
    private static TestHost.Outcome pools(
            Lab lab, int cpus, String dom0, String domains, String workloads, Map<String, String> xl) {
        return lab.run(
                "5s",
                """
                        cpus = %d, xen { version = "4.4.0", time-at-start = 0ms }
                        cpu-pools { stub { cpus = "%d-%d" } }
                        %s
                        domains {
                          %s
                          %s
                        }
                        """.formatted(cpus + 2, cpus, cpus + 1, dom0, domains, Outage.victim(cpus, "paused = true")),
                """
                        workloads {
                          busy { kind = cpu }
                          %s
                          %s
                        }
                        %s
                        """.formatted(Outage.attack(1_500_000, "1s"), workloads, Outage.costs(2_000)),
                xl);
    }

    @Override
    public String leftOut() {
        return "M9 to M13";
    }

    @Override
    public List<String> leaveOut() {
        return List.of(
                "hosts.h.xen.mechanisms.m9=off",
                "hosts.h.xen.mechanisms.m10=off",
                "hosts.h.xen.mechanisms.m11=off",
                "hosts.h.xen.mechanisms.m12=off",
                "hosts.h.xen.mechanisms.m13=off");
    }
}
