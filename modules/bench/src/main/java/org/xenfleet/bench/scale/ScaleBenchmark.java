package org.xenfleet.bench.scale;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xenfleet.bench.Benchmark;
import org.xenfleet.bench.Effort;
import org.xenfleet.bench.measure.Samples;
import org.xenfleet.bench.report.Figure;
import org.xenfleet.bench.report.Section;
import org.xenfleet.bench.report.Target;

/** Fleets of thousands of hosts, in time and in memory. */
public final class ScaleBenchmark implements Benchmark {
    private static final int WORKERS = 2;
    private static final int POOL = 16;
    private static final double MOST_SECONDS = 600;
    private static final double TWICE = 2.2;

    /** What else a Java machine needs finds room beside it, in 8 GB and in 2 GB. */
    private static final String MEETING_HEAP = "7g";

    private static final String LOOSE_HEAP = "1600m";

    private final Path scenario;

    /** @param home of the program */
    public ScaleBenchmark(Path home) {
        this.scenario = home.resolve("config/fleet-10k.conf");
    }

    @Override
    public String name() {
        return "scale";
    }

    @Override
    public Section run(Effort effort) {
        String seconds = "duration=" + effort.of(60, 1) + "s";
        int pools = effort.of(625, 4);
        int some = effort.of(40, 1);
        int apart = effort.of(100_000, 200);
        List<Figure> figures = new ArrayList<>();
        ScaleRun once = meeting(some, seconds);
        ScaleRun twice = meeting(2 * some, seconds);
        figures.add(Figure.timed(
                "time of " + 2 * some * POOL + " hosts / time of " + some * POOL,
                new Samples(twice.seconds() / once.seconds()),
                Target.atMost(TWICE, "%.2f")));
        ScaleRun all = meeting(pools, seconds);
        String fleet = String.format("%,d hosts in pools of %d", pools * POOL, POOL);
        figures.add(
                Figure.timed(fleet + ", seconds", new Samples(all.seconds()), Target.atMost(MOST_SECONDS, "%,.0f")));
        figures.add(
                Figure.timed(fleet + ", GB of memory at most", new Samples(all.peakGb()), Target.atMost(8, "%.1f")));
        figures.add(Figure.stated(fleet + ", host-seconds a second", new Samples(all.rate()), "%,.0f"));
        figures.add(Figure.stated(fleet + ", messages per host-second", "%,.0f", all.events() / all.hostSeconds()));
        figures.add(Figure.stated(fleet + ", windows in a simulated second of a pool", "%.1f", all.windowsPerSecond()));
        figures.add(Figure.stated(
                fleet + ", share of the workers' time in which they wait for windows to end",
                "%.3f",
                all.waitingShare()));
        ScaleRun loose = ScaleRun.inOwnMachine(
                scenario,
                WORKERS,
                LOOSE_HEAP,
                List.of(
                        "pools.apart = { host = [vulnerable, fixed], count = " + apart + " }",
                        "pools.fleet.copies=1",
                        "duration=1s"));
        String lone = String.format("%,d hosts that meet nobody, 1 s each", apart);
        figures.add(Figure.stated(lone + ", seconds", new Samples(loose.seconds()), "%,.0f"));
        figures.add(
                Figure.timed(lone + ", GB of memory at most", new Samples(loose.peakGb()), Target.atMost(2, "%.2f")));
        return new Section("Thousands of hosts", """
                The fleet of config/fleet-10k.conf: hosts of 64 pCPUs with dom0, 40 HVM guests of 64 vCPUs and a stub that attacks at an instant drawn by \
                seed, every other one with the fix, in pools of 16 that tell each other once a second that they are alive. On two workers, from the \
                scenario to the summary, each run in a Java machine of its own, whose memory is all that the process had at most.""", figures);
    }

    private ScaleRun meeting(int pools, String seconds) {
        return ScaleRun.inOwnMachine(scenario, WORKERS, MEETING_HEAP, List.of("pools.fleet.copies=" + pools, seconds));
    }
}
