package org.xenfleet.bench.outage;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import org.xenfleet.bench.Benchmark;
import org.xenfleet.bench.Effort;
import org.xenfleet.bench.measure.Samples;
import org.xenfleet.bench.report.Figure;
import org.xenfleet.bench.report.Section;
import org.xenfleet.bench.report.Target;
import org.xenfleet.bench.scenario.Scenarios;
import org.xenfleet.host.HostSimulation;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.observe.HostObserver;
import org.xenfleet.timeline.StandAlone;

/** A host of 64 pCPUs that is under attack, with every mechanism of an outage on, on one core. */
public final class OutageBenchmark implements Benchmark {
    private static final long SECOND = 1_000_000_000L;
    private static final double TIMES_REAL_TIME = 600;

    /** What a run came to. */
    private record Pace(double timesRealTime, double deliveriesPerSecond) {}

    @Override
    public String name() {
        return "outage";
    }

    @Override
    public Section run(Effort effort) {
        int rounds = effort.of(5, 1);
        int seconds = effort.of(300, 5);
        int warmUps = effort.of(4, 1);
        List<Figure> figures = new ArrayList<>();
        for (String version : List.of("4.4.0", "4.4.1")) {
            HostPlan plan = Scenarios.plan(Scenarios.outage(version), "p/0");
            for (int round = 0; round < warmUps; round++) {
                pace(plan, seconds);
            }
            List<Pace> paces = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                paces.add(pace(plan, seconds));
            }
            figures.add(Figure.timed(
                    version + " under attack: simulated seconds per second of one core",
                    new Samples(paces.stream().mapToDouble(Pace::timesRealTime).toArray()),
                    Target.atLeast(TIMES_REAL_TIME, "%,.0f")));
            figures.add(Figure.stated(
                    version + " under attack: messages per host-second",
                    "%,.0f",
                    paces.get(0).deliveriesPerSecond()));
        }
        return new Section("A large host under attack", """
                One host of 64 pCPUs with dom0, 40 HVM guests of 64 vCPUs in all (24 with two that are always busy, 12 busy for 5 ms in 50, 4 for 1 ms about \
                every 20 ms) and the stub of one of them, which attacks from the first second on, again and again; the attacked guest touches its memory, \
                dom0 serves everybody's devices, sets its watchdog, lists domains, and pauses the stub every 10 s. %d simulated s, CPU time of the one thread that does it; the \
                median and the range of %d runs after %d that only warm the JVM up.""".formatted(seconds, rounds, warmUps), figures);
    }

    private static Pace pace(HostPlan plan, int seconds) {
        return StandAlone.call(context -> {
            HostSimulation host = HostSimulation.build(context, plan, HostObserver.NONE);
            host.boot();
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long began = threads.getCurrentThreadCpuTime();
            host.advance(seconds * SECOND, Long.MAX_VALUE);
            double took = threads.getCurrentThreadCpuTime() - began;
            return new Pace(seconds * SECOND / took, (double) host.deliveries() / seconds);
        });
    }
}
