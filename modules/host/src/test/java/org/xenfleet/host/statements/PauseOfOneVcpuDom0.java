package org.xenfleet.host.statements;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.xenfleet.host.TestHost;

/**
 * Statement 12. dom0 has one vCPU, on pCPU 0, which is the back-end of all guests: each has a request every 10 ms and tolerates
 * to wait for 100 ms. The stub's call begins at 1 s on the last pCPU and lasts 2 s; {@code after} ms later dom0 pauses the stub.
 * Every guest's first request after that comes within 10 ms and waits until the call ends: so the guest is unavailable for the
 * rest of the call - 10 ms - 100 ms at least, and then for as long as it takes to serve the rings of 32 requests, of 20 us and 8
 * copies of 1 us each.
 */
final class PauseOfOneVcpuDom0 implements Statement {
    @Override
    public int number() {
        return 12;
    }

    @Override
    public String says() {
        return "Where dom0 has one vCPU, pausing the stub ends all I/O of all guests until the call ends, however many"
                + " pCPUs idle.";
    }

    @Override
    public List<Trial> trials() {
        return List.of(trial("4 pCPUs, 2 guests", 4, 2, 500), trial("16 pCPUs, 6 guests, late", 16, 6, 1_200));
    }

    private static Trial trial(String name, long cpus, long guests, long after) {
        return new Trial(name, Map.of("cpus", cpus, "guests", guests, "after", after));
    }

    @Override
    public Optional<Trial> draw(Random random) {
        int cpus = 3 + random.nextInt(10);
        int guests = 1 + random.nextInt(5);
        int after = 100 + random.nextInt(1_500);
        return Optional.of(
                trial("%d pCPUs, %d guests, after %d ms".formatted(cpus, guests, after), cpus, guests, after));
    }

    @Override
    public List<Figure> figures(Lab lab, Trial trial) {
        double rest = 2_000 - trial.get("after");
        double rings = (trial.get("guests") + 1) * 32 * 0.03;
        TestHost.Outcome vulnerable = run(lab, trial, "4.4.0", "pausedomain");
        TestHost.Outcome left = run(lab, trial, "4.4.0", "getdomaininfo");
        TestHost.Outcome fixed = run(lab, trial, "4.4.1", "pausedomain");
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < trial.get("guests"); i++) {
            String guest = "guest-" + i;
            figures.add(Figure.between(
                    "4.4.0: " + guest + " without I/O",
                    Outage.unavailable(vulnerable, guest),
                    rest - 110,
                    rest - 100 + rings,
                    "ms"));
            figures.add(Figure.exactly(
                    "4.4.0, stub left alone: " + guest + " without I/O", Outage.unavailable(left, guest), 0, "ms"));
            figures.add(Figure.exactly("4.4.1: " + guest + " without I/O", Outage.unavailable(fixed, guest), 0, "ms"));
        }
        figures.add(Figure.exactly(
                "4.4.0: pCPUs that idle all the time",
                IntStream.range(0, (int) trial.get("cpus"))
                        .filter(cpu -> vulnerable.cpu(cpu).idleNs() > 3.9 * Outage.SECOND)
                        .count(),
                trial.get("cpus") - 2,
                ""));
        return figures;
    }

    private static TestHost.Outcome run(Lab lab, Trial trial, String version, String reaction) {
        TreeMap<String, String> xl = new TreeMap<>(Map.of("victim.cfg", Outage.hvm("victim", 8_192, "")));
        StringBuilder guests = new StringBuilder();
        for (int i = 0; i < trial.get("guests"); i++) {
            guests.append("guest-%d { xl = guest-%d.cfg, tolerance = 100ms }\n".formatted(i, i));
            xl.put("guest-" + i + ".cfg", Outage.pv("guest-" + i, 512, ""));
        }
        return lab.run(
                "4s",
                """
                cpus = %d, xen { version = "%s", time-at-start = 0ms }
                dom0 { vcpus = 1, pin = true, workload = [io, reaction] }
                domains {
                  %s
                  %s
                }
                """.formatted(
                        trial.get("cpus"), version, guests, Outage.victim(trial.get("cpus") - 1, "paused = true")),
                """
                workloads {
                  io { kind = backend, guests = [%s] }
                  %s
                  %s
                }
                %s
                """.formatted(
                        names(trial.get("guests")),
                        Outage.attack(1_000_000, "1s"),
                        Outage.once("reaction", reaction, 1_000 + trial.get("after") + "ms", "target = victim-dm"),
                        Outage.costs(2_000)),
                xl);
    }

    private static String names(long guests) {
        return String.join(
                ", ",
                IntStream.range(0, (int) guests).mapToObj(i -> "guest-" + i).toList());
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
