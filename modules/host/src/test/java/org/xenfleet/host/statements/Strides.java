package org.xenfleet.host.statements;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.xenfleet.host.Recorder;
import org.xenfleet.host.TestHost;

/**
 * Statement 3. Credit's tick comes every millisecond here (slices of 1 ms have one tick each). With a round trip of 3 ms each
 * way in takes 1.5 ms, so that whenever the call gets to its pages a tick is pending: N pages are cut into N / stride slices, the
 * last of them shorter. With a round trip of 300 ns the call begins 0.2 ms after a tick and is over, after at most 2,048 pages of
 * 250 ns, 0.52 ms later: nothing is pending.
 */
final class Strides implements Statement {
    private record Variant(String version, long stride) {}

    /** Stride 0: never cut. */
    private static final List<Variant> VARIANTS = List.of(
            new Variant("4.4.0", 0),
            new Variant("4.4.1", 1),
            new Variant("4.5-unstable@8bad6c5626", 1),
            new Variant("4.5-unstable@e8b87b57b4", 256),
            new Variant("4.5.0", 64),
            new Variant("4.17.7", 64));

    @Override
    public int number() {
        return 3;
    }

    @Override
    public String says() {
        return "With a softirq pending all the time a slice is 1 page in the first fix, 256 in that of e8b87b57b4, 64 from 4.5 on;"
                + " with none pending the call is one slice in all of them.";
    }

    @Override
    public List<Trial> trials() {
        return List.of(trial(1_000), trial(2_048));
    }

    private static Trial trial(long pages) {
        return new Trial(pages + " pages", Map.of("pages", pages));
    }

    @Override
    public Optional<Trial> draw(Random random) {
        return Optional.of(trial(257 + random.nextInt(1_792)));
    }

    @Override
    public List<Figure> figures(Lab lab, Trial trial) {
        long pages = trial.get("pages");
        List<Figure> figures = new ArrayList<>();
        for (Variant variant : VARIANTS) {
            long stride = variant.stride() == 0 ? pages : variant.stride();
            List<Recorder.Slice> pending =
                    run(lab, pages, variant.version(), "3ms").seen().slices;
            List<Recorder.Slice> quiet =
                    run(lab, pages, variant.version(), "300ns").seen().slices;
            long longest =
                    pending.stream().mapToLong(Recorder.Slice::pages).max().orElse(0);
            long slices = (pages + stride - 1) / stride;
            figures.add(Figure.exactly(variant.version() + ", pending: slices", pending.size(), slices, ""));
            figures.add(Figure.exactly(variant.version() + ", pending: pages of a slice", longest, stride, ""));
            figures.add(Figure.exactly(variant.version() + ", none pending: slices", quiet.size(), 1, ""));
        }
        return figures;
    }

    private static TestHost.Outcome run(Lab lab, long pages, String version, String roundTrip) {
        return lab.run(
                "8s",
                """
                        cpus = 2, dom0 { vcpus = 1 }
                        xen {
                          version = "%s", scheduler = credit, time-at-start = 0ms, command-line = "sched_credit_tslice_ms=1"
                        }
                        domains {
                          victim {
                            xl = victim.cfg, paused = true, mem-access-listener = true
                            device-model-workload = attack, device-model-cpus = "1"
                          }
                        }
                        """.formatted(version),
                """
                        workloads {
                          attack { kind = hypercalls, operation = %s, access = r, pages = %d, start = 1000200us, repeat = 1 }
                        }
                        costs { hypercall-pv = %s, %s }
                        """.formatted(Walks.operation(version), pages, roundTrip, Walks.BARE),
                Map.of("victim.cfg", Walks.victim("victim", 512, 1, "")));
    }

    @Override
    public String leftOut() {
        return "the softirq that is always pending, by a round trip shorter than a tick";
    }

    @Override
    public List<String> leaveOut() {
        return List.of("costs.hypercall-pv=300ns");
    }
}
