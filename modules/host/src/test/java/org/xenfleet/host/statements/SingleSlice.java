package org.xenfleet.host.statements;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.xenfleet.host.Recorder;
import org.xenfleet.host.TestHost;

/**
 * Statement 1. The stub and a CPU-bound neighbour share pCPU 1, the target is paused: a page costs what {@code nanos} says
 * and nothing else.
 */
final class SingleSlice implements Statement {
    private static final double MS = 1e6;

    @Override
    public int number() {
        return 1;
    }

    @Override
    public String says() {
        return "The vulnerable call is one slice, in which nobody else runs on its pCPU; the fixed one lets softirqs be served"
                + " at least every 10 ms, and others get their share.";
    }

    @Override
    public List<Trial> trials() {
        return List.of(
                trial("4 s of 4,000,000 pages", 4_000_000, 1_000), trial("4 s of 500,000 pages", 500_000, 8_000));
    }

    private static Trial trial(String name, long pages, long nanos) {
        return new Trial(name, Map.of("pages", pages, "nanos", nanos));
    }

    @Override
    public Optional<Trial> draw(Random random) {
        long pages = 100_000 + random.nextInt(3_000_000);
        long nanos = 200 + random.nextInt(1_000);
        return Optional.of(trial(pages + " pages of " + nanos + " ns", pages, nanos));
    }

    @Override
    public List<Figure> figures(Lab lab, Trial trial) {
        double call = trial.get("pages") * trial.get("nanos") / MS;
        TestHost.Outcome vulnerable = run(lab, trial, "4.4.0");
        TestHost.Outcome fixed = run(lab, trial, "4.4.1");
        return List.of(
                Figure.exactly(
                        "4.4.0: slices of the call", vulnerable.seen().slices.size(), 1, ""),
                Figure.between("4.4.0: the slice", longestSlice(vulnerable), call, call + 0.001, "ms"),
                Figure.atLeast("4.4.0: the neighbour waits", longestWait(vulnerable), call, "ms"),
                Figure.atMost("4.4.1: longest slice", longestSlice(fixed), 10.1, "ms"),
                Figure.between("4.4.1: share of the neighbour during the call", share(fixed), 0.4, 0.6, ""));
    }

    private static TestHost.Outcome run(Lab lab, Trial trial, String version) {
        long pages = trial.get("pages");
        long seconds = 3 + 3 * pages * trial.get("nanos") / 1_000_000_000L;
        return lab.run(
                seconds + "s",
                """
                        cpus = 2, xen { version = "%s", time-at-start = 0ms }, dom0 { vcpus = 1 }
                        domains {
                          neighbour { xl = neighbour.cfg, workload = busy }
                          victim { xl = victim.cfg, paused = true, device-model-workload = attack, device-model-cpus = "1" }
                        }
                        """.formatted(version),
                """
                        workloads {
                          busy { kind = cpu }
                          attack { kind = hypercalls, operation = set_mem_access, access = n, pages = %d, start = 1s, repeat = 1 }
                        }
                        costs { p2m-entry = %dns, flush-idle = 0ns, p2m-table = 0ns }
                        """.formatted(pages, trial.get("nanos")),
                Map.of("neighbour.cfg", """
                        name = "neighbour"
                        kernel = "/boot/vmlinuz"
                        memory = 1024
                        cpus = "1"
                        """, "victim.cfg", """
                        name = "victim"
                        type = "hvm"
                        memory = 16384
                        device_model_stubdomain_override = 1
                        """));
    }

    private static double longestSlice(TestHost.Outcome outcome) {
        return outcome.seen().longestSlice() / MS;
    }

    private static double longestWait(TestHost.Outcome outcome) {
        return outcome.seen().longestWait("neighbour") / MS;
    }

    private static double share(TestHost.Outcome outcome) {
        Recorder.Call call = outcome.seen().calls.get(0);
        long ran = outcome.seen().runs.stream()
                .filter(r -> r.domain().equals("neighbour"))
                .mapToLong(r -> Math.max(0, Math.min(r.end(), call.end()) - Math.max(r.start(), call.issued())))
                .sum();
        return (double) ran / call.length();
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
