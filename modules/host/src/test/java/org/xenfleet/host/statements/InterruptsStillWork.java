package org.xenfleet.host.statements;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.xenfleet.host.TestHost;

/**
 * Statement 21. The stub's call of {@code pages} begins at 1.3 s; calibrations of time are due at 2 s and every second after. The
 * target has {@code vcpus} busy vCPUs, each on a pCPU of its own, which fault within milliseconds: on 4.4.0 they spin for the lock
 * until the call ends, and answer the flush of every page all the same. So a page costs 2 us, 1 us for the flush and 1 us for each
 * of those pCPUs, and the call is the sum of that. A spinner that has pCPU 0 to itself never waits, although calibrations go out
 * from there. What an interrupt leaves to softirqs waits on the tied pCPU: from the first tick, at most 10 ms into the call, to its
 * end, on 4.4.1 to the end of the page under way, or to the end of a round trip and a switch, 5 us.
 */
final class InterruptsStillWork implements Statement {
    @Override
    public int number() {
        return 21;
    }

    @Override
    public String says() {
        return "Interrupts still work: flushes and the calibration of time that involve tied pCPUs are done at once, vulnerable"
                + " or fixed; only the softirqs that they leave have to wait.";
    }

    @Override
    public List<Trial> trials() {
        return List.of(
                trial("3 pCPUs, 1 vCPU", 3, 1, 1, 400_000), trial("8 pCPUs, 3 vCPUs, attacker on 5", 8, 5, 3, 300_000));
    }

    private static Trial trial(String name, long cpus, long attacker, long vcpus, long pages) {
        return new Trial(name, Map.of("cpus", cpus, "attacker", attacker, "vcpus", vcpus, "pages", pages));
    }

    @Override
    public Optional<Trial> draw(Random random) {
        int vcpus = 1 + random.nextInt(4);
        int cpus = vcpus + 2 + random.nextInt(4);
        int attacker = 1 + random.nextInt(cpus - 1);
        String name = "%d pCPUs, %d vCPUs, attacker on %d".formatted(cpus, vcpus, attacker);
        return Optional.of(trial(name, cpus, attacker, vcpus, 250_000 + random.nextInt(100_000)));
    }

    @Override
    public List<Figure> figures(Lab lab, Trial trial) {
        double call = trial.get("pages") * (2 + 1 + trial.get("vcpus")) / 1e3;
        int attacker = (int) trial.get("attacker");
        TestHost.Outcome vulnerable = run(lab, trial, "4.4.0");
        TestHost.Outcome fixed = run(lab, trial, "4.4.1");
        return List.of(
                Figure.between("4.4.0: the call, flushes and all", call(vulnerable), call, call + 0.01, "ms"),
                Figure.exactly(
                        "4.4.0: pCPUs tied besides, which answer",
                        Outage.tied(vulnerable, call - 20) - 1,
                        trial.get("vcpus"),
                        ""),
                Figure.atMost("4.4.0: a spinner on pCPU 0 waits", Outage.longestWait(vulnerable, "spinner"), 0.1, "ms"),
                Figure.between(
                        "4.4.0: the attacker's softirqs wait",
                        vulnerable.cpu(attacker).longestStallNs() / Outage.MS,
                        call - 10.1,
                        call,
                        "ms"),
                Figure.between("4.4.1: the call, flushes and all", call(fixed), call, call * 1.01, "ms"),
                Figure.atMost("4.4.1: a spinner on pCPU 0 waits", Outage.longestWait(fixed, "spinner"), 0.1, "ms"),
                Figure.atMost(
                        "4.4.1: the attacker's softirqs wait",
                        fixed.cpu(attacker).longestStallNs() / Outage.MS,
                        0.02,
                        "ms"));
    }

    private static TestHost.Outcome run(Lab lab, Trial trial, String version) {
        long attacker = trial.get("attacker");
        String cpus = IntStream.range(1, (int) trial.get("cpus"))
                .filter(cpu -> cpu != attacker)
                .limit(trial.get("vcpus"))
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
        return lab.run(
                "5s",
                """
                        cpus = %d, xen { version = "%s", time-at-start = 0ms }, dom0 { vcpus = 1 }
                        domains {
                          spinner { xl = spinner.cfg, workload = spin }
                          %s
                        }
                        """.formatted(trial.get("cpus"), version, Outage.victim(attacker, "workload = busy")),
                """
                        workloads {
                          spin { kind = cpu }
                          busy { kind = cpu, working-set = 64KiB, touch-interval = 100us }
                          %s
                        }
                        %s
                        costs { flush-base = 1us, flush-per-cpu = 1us }
                        """.formatted(Outage.attack(trial.get("pages"), "1300ms"), Outage.costs(2_000)),
                Map.of(
                        "spinner.cfg",
                        Outage.pv("spinner", 512, "cpus = \"0\""),
                        "victim.cfg",
                        Outage.hvm("victim", 8_192, "vcpus = %d\ncpus = \"%s\"".formatted(trial.get("vcpus"), cpus))));
    }

    private static double call(TestHost.Outcome outcome) {
        return Outage.longest(outcome, "victim-dm", "set_mem_access");
    }

    @Override
    public String leftOut() {
        return "M15 and M16";
    }

    @Override
    public List<String> leaveOut() {
        return List.of("hosts.h.xen.mechanisms.m15=off", "hosts.h.xen.mechanisms.m16=off");
    }
}
