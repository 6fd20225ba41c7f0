package org.xenfleet.host.statements;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.xenfleet.host.TestHost;

/**
 * Statement 10. All hearts beat at 0.9 s, and again at 1.9 s where softirqs are served. The attacker's pCPU idles until its call
 * begins at 1.2 s, for 6.5 s; so its first NMI, after a second of unhalted time, comes at 2.2 s, sees the beat of 0.9 s, and
 * the one at 7.2 s would panic. The pCPU {@code spinner} is busy from the beginning: its NMIs come at 1.0, which sees that beat,
 * 2.0, ..., and as it spins before 1.9 s the one at 6.0 s panics.
 *
 * <p>A pCPU that serves its softirqs between calls of 2.9 s is as good as exempt, and still whoever spins for the lock never
 * gets it: the way out of Xen and back in takes at most 1.3 us, and {@code p2m-gap-win} is 10 us.
 */
final class EverySpinnerCounts implements Statement {
    private static final String LONG_CALL = Outage.attack(1_000_000, "1200ms");
    private static final String CALLS_WITHOUT_END =
            "attack { kind = hypercalls, operation = set_mem_access, access = n, pages = 446000, start = 1200ms }";

    @Override
    public int number() {
        return 10;
    }

    @Override
    public String says() {
        return "Every spinner counts: a pCPU that spins in domain_pause, for the p2m lock or in stop_machine trips the"
                + " watchdog by itself, even where the attacker's own pCPU does not.";
    }

    @Override
    public List<Trial> trials() {
        return List.of(trial("4 pCPUs, spinner on 2", 4, 1, 2, 200), trial("12 pCPUs, spinner on 0", 12, 9, 0, 500));
    }

    private static Trial trial(String name, long cpus, long attacker, long spinner, long after) {
        return new Trial(name, Map.of("cpus", cpus, "attacker", attacker, "spinner", spinner, "after", after));
    }

    @Override
    public Optional<Trial> draw(Random random) {
        int cpus = 4 + random.nextInt(9);
        int attacker = 1 + random.nextInt(cpus - 2);
        int spinner = random.nextInt(cpus - 2);
        spinner += spinner >= attacker ? 1 : 0;
        long after = 50 + random.nextInt(550);
        String name = "%d pCPUs, attacker on %d, spinner on %d after %d ms".formatted(cpus, attacker, spinner, after);
        return Optional.of(trial(name, cpus, attacker, spinner, after));
    }

    @Override
    public List<Figure> figures(Lab lab, Trial trial) {
        long cpu = trial.get("spinner");
        String victim = "target = victim";
        String last = "cpu = " + (trial.get("cpus") - 1);
        String busy = "working-set = 64KiB, touch-interval = 1ms";
        List<Figure> figures = new ArrayList<>();
        add(figures, cpu, "domain_pause", caller(lab, trial, LONG_CALL, "pausedomain", "target = victim-dm"));
        add(figures, cpu, "foreign map", caller(lab, trial, LONG_CALL, "foreign_map", "count = 1, " + victim));
        add(figures, cpu, "stop_machine", caller(lab, trial, LONG_CALL, "cpu_offline", last));
        add(figures, cpu, "the victim's fault", run(lab, trial, LONG_CALL, "idle", "workload = busy", busy, cpu));
        TestHost.Outcome exempt = caller(lab, trial, CALLS_WITHOUT_END, "foreign_map", "count = 1, " + victim);
        add(figures, cpu, "foreign map, attacker exempt", exempt);
        figures.add(Figure.atMost(
                "foreign map, attacker exempt: its pCPU's longest stall",
                exempt.cpu((int) trial.get("attacker")).longestStallNs() / Outage.MS,
                2_902,
                "ms"));
        return figures;
    }

    private static void add(List<Figure> figures, long cpu, String spins, TestHost.Outcome outcome) {
        figures.add(Figure.exactly(spins + ": the pCPU found stuck", Outage.panickedCpu(outcome), cpu, ""));
        figures.add(Figure.between(
                spins + ": the panic", Outage.firstIncident(outcome, "watchdog-panic"), 5.999, 6.001, "s"));
    }

    /** dom0's vCPU on the spinner's pCPU, beside a guest that keeps it busy, makes a call. */
    private static TestHost.Outcome caller(Lab lab, Trial trial, String attack, String operation, String arguments) {
        long spinner = trial.get("spinner");
        String start = 1_200 + trial.get("after") + "ms";
        String call = Outage.once("call", operation, start, "vcpu = " + spinner + ", " + arguments);
        return run(lab, trial, attack + "\n" + call, "call", "paused = true", "", spinner);
    }

    private static TestHost.Outcome run(
            Lab lab, Trial trial, String workloads, String dom0, String victim, String busy, long cpu) {
        return lab.run(
                "8s",
                """
                cpus = %d, frequency = 2GHz
                xen { version = "4.4.0", command-line = "watchdog", time-at-start = 0ms
                      watchdog-phase = 900ms, nmi-phase = 0ms }
                dom0 { vcpus = %d, pin = true, workload = %s }
                domains {
                  filler { xl = filler.cfg, workload = %s }
                  %s
                }
                """.formatted(
                                trial.get("cpus"),
                                cpu + 1,
                                dom0,
                                busy.isEmpty() ? "busy" : "idle",
                                Outage.victim(trial.get("attacker"), victim)),
                """
                workloads {
                  busy { kind = cpu, %s }
                  %s
                }
                %s
                costs { p2m-gap-win = 10us }
                """.formatted(busy, workloads, Outage.costs(6_500)),
                Map.of(
                        "filler.cfg",
                        Outage.pv("filler", 1_024, "cpus = \"%d\"".formatted(cpu)),
                        "victim.cfg",
                        Outage.hvm("victim", 8_192, "cpus = \"%d\"".formatted(cpu))));
    }

    @Override
    public String leftOut() {
        return "M8, M9, M10 and M13";
    }

    @Override
    public List<String> leaveOut() {
        return List.of(
                "hosts.h.xen.mechanisms.m8=off",
                "hosts.h.xen.mechanisms.m9=off",
                "hosts.h.xen.mechanisms.m10=off",
                "hosts.h.xen.mechanisms.m13=off");
    }
}
