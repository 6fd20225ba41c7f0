package org.xenfleet.bench.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.xenfleet.bench.Benchmark;
import org.xenfleet.bench.Effort;
import org.xenfleet.bench.measure.Rate;
import org.xenfleet.bench.measure.Samples;
import org.xenfleet.bench.report.Figure;
import org.xenfleet.bench.report.Section;
import org.xenfleet.bench.report.Target;

/** Fleets of busy hosts against CloudSim Plus, whose cost is looked at as a whole and without its start. */
public final class FleetBenchmark implements Benchmark {
    private static final String RATE = "%,.0f";
    private static final String TIMES = "%.1f";
    private static final int CORES = 2;
    /** How much more a host-second of the larger fleet may cost: what is left of noise in a linear cost. */
    private static final double LINEAR = 1.25;

    /** What was measured of a fleet, round by round. */
    private static final class Rounds {
        private final int hosts;
        private final List<BusyFleet.Run> ours = new ArrayList<>();
        private final List<BusyFleet.Run> oursOnOne = new ArrayList<>();
        private final List<CloudSimFleet.Run> theirs = new ArrayList<>();

        Rounds(int hosts, int seconds, int rounds) {
            this.hosts = hosts;
            for (int i = 0; i < rounds; i++) {
                ours.add(BusyFleet.run(hosts, seconds, CORES, ""));
                oursOnOne.add(BusyFleet.run(hosts, seconds, 1, ""));
                theirs.add(CloudSimFleet.run(hosts, seconds));
            }
        }

        Samples whole() {
            return rates(theirs, CloudSimFleet.Run::whole);
        }

        Samples steady() {
            return rates(theirs, CloudSimFleet.Run::steady);
        }

        Samples ours() {
            return rates(ours, BusyFleet.Run::rate);
        }

        Samples oursOnOne() {
            return rates(oursOnOne, BusyFleet.Run::rate);
        }

        Samples times(Function<CloudSimFleet.Run, Rate> of) {
            double[] ratios = new double[ours.size()];
            for (int i = 0; i < ratios.length; i++) {
                ratios[i] =
                        ours.get(i).rate().perSecond() / of.apply(theirs.get(i)).perSecond();
            }
            return new Samples(ratios);
        }

        private static <R> Samples rates(List<R> runs, Function<R, Rate> rate) {
            return new Samples(
                    runs.stream().mapToDouble(r -> rate.apply(r).perSecond()).toArray());
        }
    }

    @Override
    public String name() {
        return "fleet";
    }

    @Override
    public Section run(Effort effort) {
        int seconds = effort.of(60, 2);
        BusyFleet.run(effort.of(100, 5), effort.of(20, 1), CORES, "");
        CloudSimFleet.run(effort.of(20, 2), 2);
        Rounds small = new Rounds(effort.of(100, 5), seconds, effort.of(5, 1));
        Rounds large = new Rounds(effort.of(400, 10), seconds, 1);
        List<Figure> figures = new ArrayList<>();
        add(small, figures);
        figures.add(Figure.timed(
                small.hosts + " hosts, times CloudSim Plus",
                small.times(CloudSimFleet.Run::whole),
                Target.atLeast(10, TIMES).goal(20)));
        figures.add(Figure.stated(
                small.hosts + " hosts, times CloudSim Plus without its start",
                small.times(CloudSimFleet.Run::steady),
                TIMES));
        add(large, figures);
        figures.add(Figure.stated(
                large.hosts + " hosts, times CloudSim Plus", large.times(CloudSimFleet.Run::whole), TIMES));
        figures.add(Figure.timed(
                "cost of a host-second, %d hosts / %d hosts".formatted(large.hosts, small.hosts),
                new Samples(small.ours().median() / large.ours().median()),
                Target.atMost(LINEAR, "%.2f")));
        figures.add(Figure.stated(
                "the same of CloudSim Plus",
                new Samples(small.whole().median() / large.whole().median()),
                "%.2f"));
        return new Section("A fleet against CloudSim Plus", """
                Hosts of 16 pCPUs with 24 guests of one vCPU that is always busy, for %d simulated s: host-seconds per second of wall-clock time. \
                Ours is a whole run through the public API on two workers, from planning the hosts to their reports. CloudSim Plus 8.5.7 has hosts of 16 \
                PEs, 24 VMs of one PE that ask for two thirds of it (it refuses to promise a PE twice), and looks at every VM each 30 ms, on the one \
                thread it has; its objects are built beforehand. It places the VMs and hands out their work at the start, which costs it the square of \
                the fleet; the line without its start counts from 1 simulated s on. It shares MIPS out, while ours decides who runs when; the work is \
                alike, not the same.""".formatted(seconds), figures);
    }

    private static void add(Rounds rounds, List<Figure> figures) {
        String name = rounds.hosts + " hosts, ";
        figures.add(Figure.stated(name + "Xenfleet on two workers, host-seconds a second", rounds.ours(), RATE));
        figures.add(Figure.stated(name + "Xenfleet on one worker", rounds.oursOnOne(), RATE));
        figures.add(Figure.stated(name + "CloudSim Plus", rounds.whole(), RATE));
        figures.add(Figure.stated(name + "CloudSim Plus without its start", rounds.steady(), RATE));
        figures.add(Figure.stated(
                name + "messages per host-second", "%,.1f", rounds.ours.get(0).deliveriesPerHostSecond()));
    }
}
