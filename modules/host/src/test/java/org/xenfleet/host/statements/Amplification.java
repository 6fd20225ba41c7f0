package org.xenfleet.host.statements;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.xenfleet.host.TestHost;

/**
 * Statement 13. The stub's call of 2 s on pCPU 0 takes all access from the target's pages from the first on; the target's vCPUs
 * are busy on the other pCPUs and each touches a page of its working set of 16 pages every millisecond, so that it faults within
 * milliseconds and spins for the lock until the call ends. A pCPU counts as tied when it did not serve a softirq for 90 % of the
 * call. Where the pages keep all access nobody faults. In 4.1 the lock is free between two pages, in 4.4.1 between two slices of
 * at most 10.01 ms; whoever spins there gets in then, at the latest behind all other vCPUs of the target, a fault each. In 4.1 each vCPU
 * trips once over each of its pages, 2 us a page, and computes for the rest of the 4 s.
 */
final class Amplification implements Statement {
    private static final double TIED = 1_800;

    @Override
    public int number() {
        return 13;
    }

    @Override
    public String says() {
        return "In 4.2 to 4.4 a target of V busy vCPUs ties up to 1 + V pCPUs where the call takes access away; in"
                + " 4.1, and where access stays, one; with the fix none.";
    }

    @Override
    public List<Trial> trials() {
        return List.of(
                trial("8 pCPUs, 3 vCPUs", 8, 3, 0),
                trial("4 pCPUs, 6 vCPUs, 4.2.4", 4, 6, 1),
                trial("6 pCPUs, 5 vCPUs, 4.3.2", 6, 5, 2));
    }

    private static Trial trial(String name, long cpus, long vcpus, long release) {
        return new Trial(name, Map.of("cpus", cpus, "vcpus", vcpus, "release", release));
    }

    @Override
    public Optional<Trial> draw(Random random) {
        int cpus = 2 + random.nextInt(8);
        int vcpus = 1 + random.nextInt(8);
        return Optional.of(trial("%d pCPUs, %d vCPUs".formatted(cpus, vcpus), cpus, vcpus, random.nextInt(3)));
    }

    @Override
    public List<Figure> figures(Lab lab, Trial trial) {
        List<String> line = List.of("4.4.0 4.4.1", "4.2.4 4.2.5", "4.3.2 4.3.3");
        String[] releases = line.get((int) trial.get("release")).split(" ");
        long most = Math.min(trial.get("cpus"), 1 + trial.get("vcpus"));
        TestHost.Outcome perPage = run(lab, trial, "4.1.6.1", "n");
        return List.of(
                tied(releases[0] + ", access n", run(lab, trial, releases[0], "n"), TIED, most),
                tied(releases[0] + ", access rwx", run(lab, trial, releases[0], "rwx"), TIED, 1),
                tied("4.1.6.1, access n", perPage, TIED, 1),
                Figure.atLeast(
                        "4.1.6.1, access n: a vCPU of the target runs",
                        perPage.cpu(1).guestNs() / Outage.MS,
                        3_990,
                        "ms"),
                tied(releases[1] + ", access n", run(lab, trial, releases[1], "n"), 40, 0));
    }

    private static Figure tied(String host, TestHost.Outcome outcome, double ms, long expected) {
        String what = "%s: pCPUs tied for %.0f ms".formatted(host, ms);
        return Figure.exactly(what, Outage.tied(outcome, ms), expected, "");
    }

    private static TestHost.Outcome run(Lab lab, Trial trial, String version, String access) {
        return lab.run(
                "4s",
                """
                cpus = %d, xen { version = "%s", time-at-start = 0ms }, dom0 { vcpus = 1 }
                domains { %s }
                """.formatted(trial.get("cpus"), version, Outage.victim(0, "workload = busy")),
                """
                workloads {
                  busy { kind = cpu, working-set = 64KiB, touch-interval = 1ms }
                  %s
                }
                workloads { attack { access = %s } }
                %s
                """.formatted(Outage.attack(1_000_000, "1s"), access, Outage.costs(2_000)),
                Map.of(
                        "victim.cfg",
                        Outage.hvm(
                                "victim",
                                8_192,
                                "vcpus = %d\ncpus = \"1-%d\"".formatted(trial.get("vcpus"), trial.get("cpus") - 1))));
    }

    @Override
    public String leftOut() {
        return "M8";
    }

    @Override
    public List<String> leaveOut() {
        return List.of("hosts.h.xen.mechanisms.m8=off");
    }
}
