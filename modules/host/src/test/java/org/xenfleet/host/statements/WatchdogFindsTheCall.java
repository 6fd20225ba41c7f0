package org.xenfleet.host.statements;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.xenfleet.host.TestHost;

/**
 * Statement 9. The stub's call begins at 2 s and lasts 6.5 s. The last heartbeat of its pCPU was at most 1 s before it began,
 * the first NMI after that beat takes all alerts back, and 5 s later is the panic. NMIs come 1, 2 or 3 times a second, by the
 * clock of the pCPU: where it had been busy the first one is at most a period after the beat; where it had been halted, at most
 * a period after the call began. So the panic comes 5 s - 1 s to 5 s + a period after the call began, earlier only by what the
 * beat was late (its slop of 50 us and {@code timer-latency}, 1 us). Phases are drawn by the seed.
 *
 * <p>A call of 6.5 s that nobody cuts off is followed by at most two slices, of 30.06 ms, of a neighbour; one that is cut off
 * takes about twice as long beside a neighbour.
 */
final class WatchdogFindsTheCall implements Statement {
    private static final double START = 2;
    private static final double LATE = 0.0001;

    @Override
    public int number() {
        return 9;
    }

    @Override
    public String says() {
        return "With Xen's watchdog a call of 6 s or more panics the host 4 to 6 s after it began, and 5 s later the"
                + " machine restarts; without the watchdog, or with the fix, it does not.";
    }

    @Override
    public List<Trial> trials() {
        return List.of(
                trial("4 pCPUs of 2.4 GHz, a busy neighbour", 4, 1, 2_400, 1, 1),
                trial("2 pCPUs of 2.0 GHz, attacker on pCPU 0", 2, 0, 2_000, 0, 2),
                trial("16 pCPUs of 3.3 GHz", 16, 7, 3_300, 0, 3));
    }

    private static Trial trial(String name, long cpus, long attacker, long mhz, long neighbours, long seed) {
        return new Trial(
                name, Map.of("cpus", cpus, "attacker", attacker, "mhz", mhz, "neighbours", neighbours, "seed", seed));
    }

    @Override
    public Optional<Trial> draw(Random random) {
        int cpus = 2 + random.nextInt(10);
        int attacker = random.nextInt(cpus - 1);
        long mhz = 1_200 + random.nextInt(2_800);
        int neighbours = random.nextInt(2);
        String name = "%d pCPUs of %d MHz, attacker on %d, %d neighbours".formatted(cpus, mhz, attacker, neighbours);
        return Optional.of(trial(name, cpus, attacker, mhz, neighbours, random.nextInt(1_000)));
    }

    @Override
    public List<Figure> figures(Lab lab, Trial trial) {
        TestHost.Outcome vulnerable = run(lab, trial, "4.4.0", "watchdog");
        TestHost.Outcome unwatched = run(lab, trial, "4.4.0", "");
        TestHost.Outcome fixed = run(lab, trial, "4.4.1", "watchdog");
        double panic = Outage.firstIncident(vulnerable, "watchdog-panic");
        long perSecond = Math.max(1, trial.get("mhz") * 1_000 >> 20);
        double bystander = vulnerable.domain("bystander").availableNs() / Outage.SECOND;
        return List.of(
                Figure.between(
                        "4.4.0: from the call to the panic", panic - START, 4 - LATE, 5 + 1.0 / perSecond + LATE, "s"),
                Figure.between(
                        "4.4.0: from the panic to the restart",
                        Outage.firstIncident(vulnerable, "host-reboot") - panic,
                        5 - 1e-6,
                        5 + 1e-6,
                        "s"),
                Figure.between(
                        "4.4.0: for how much longer than to the panic a bystander is there",
                        bystander - panic,
                        -0.001,
                        0.001,
                        "s"),
                Figure.exactly("4.4.0 without watchdog: panics", Outage.incidents(unwatched, "watchdog-panic"), 0, ""),
                Figure.between("4.4.0 without watchdog: the call", call(unwatched), 6_500, 6_562, "ms"),
                Figure.exactly("4.4.1: panics", Outage.incidents(fixed, "watchdog-panic"), 0, ""),
                Figure.atLeast("4.4.1: the call", call(fixed), 6_500, "ms"));
    }

    private static TestHost.Outcome run(Lab lab, Trial trial, String version, String commandLine) {
        String neighbour = trial.get("neighbours") == 0 ? "" : "neighbour { xl = neighbour.cfg, workload = busy }";
        return lab.run(
                "18s",
                """
                cpus = %d, frequency = %dMHz
                xen { version = "%s", command-line = "%s" }
                dom0 { vcpus = 1 }
                domains {
                  bystander { xl = bystander.cfg, workload = busy }
                  %s
                  %s
                }
                """.formatted(
                                trial.get("cpus"),
                                trial.get("mhz"),
                                version,
                                commandLine,
                                neighbour,
                                Outage.victim(trial.get("attacker"), "paused = true")),
                """
                workloads {
                  busy { kind = cpu }
                  %s
                }
                %s
                """.formatted(Outage.attack(1_000_000, "2s"), Outage.costs(6_500)),
                Map.of(
                        "bystander.cfg",
                        Outage.pv("bystander", 1_024, "cpus = \"%d\"".formatted(trial.get("cpus") - 1)),
                        "neighbour.cfg",
                        Outage.pv("neighbour", 1_024, "cpus = \"%d\"".formatted(trial.get("attacker"))),
                        "victim.cfg",
                        Outage.hvm("victim", 8_192, "")),
                "seed=" + trial.get("seed"));
    }

    private static double call(TestHost.Outcome outcome) {
        return Outage.longest(outcome, "victim-dm", "set_mem_access");
    }

    @Override
    public String leftOut() {
        return "M7";
    }

    @Override
    public List<String> leaveOut() {
        return List.of("hosts.h.xen.mechanisms.m7=off");
    }
}
