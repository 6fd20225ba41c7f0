package org.xenfleet.bench.phold;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xenfleet.bench.Benchmark;
import org.xenfleet.bench.Effort;
import org.xenfleet.bench.measure.Duel;
import org.xenfleet.bench.report.Figure;
import org.xenfleet.bench.report.Section;
import org.xenfleet.bench.report.Target;

/** PHOLD on one island, on two, and on SSJ. */
public final class PholdBenchmark implements Benchmark {
    private static final String ONE = "one island";
    private static final String TWO = "two islands";
    private static final String SSJ = "SSJ";
    private static final String RATE = "%,.0f";
    /** A run that is further from the expectation than that is wrong: one in 15,000 would be by chance. */
    private static final double DEVIATIONS = 4;

    @Override
    public String name() {
        return "phold";
    }

    @Override
    public Section run(Effort effort) {
        List<Figure> figures = new ArrayList<>();
        measure(new Phold(1000, 10, effort.of(200, 10), 1), effort, figures);
        measure(new Phold(effort.of(100_000, 5_000), 1, effort.of(20, 5), 1), effort, figures);
        return new Section("PHOLD against SSJ", """
                Every event at a logical process (LP) schedules one, with probability 0.5 at another LP, a look-ahead of 0.1 plus an exponential \
                delay of mean 1.0 later. An LP is an actor. SSJ 3.3.2 runs with its splay tree on one thread, as it only can. One island draws the very \
                numbers that SSJ draws, and every LP must come to the same number of events; two islands, a core each, exchange events once a \
                look-ahead and must come to the expected number within 4 standard deviations. The rule draws with the generator and the \
                `StrictMath` of our simulations on all sides.""", figures);
    }

    private static void measure(Phold phold, Effort effort, List<Figure> figures) {
        check(phold);
        Duel duel = Duel.of(
                effort.of(2, 0),
                effort.of(7, 1),
                List.of(
                        new Duel.Side(ONE, () -> OneIsland.run(phold).rate()),
                        new Duel.Side(TWO, () -> TwoIslands.run(phold).rate()),
                        new Duel.Side(SSJ, () -> OnSsj.run(phold).rate())));
        String name = "%,d LPs x %d".formatted(phold.lps(), phold.eventsPerLp());
        figures.add(Figure.stated(name + ", SSJ, events a second", duel.perSecond(SSJ), RATE));
        figures.add(Figure.stated(name + ", one island, events a second", duel.perSecond(ONE), RATE));
        figures.add(Figure.stated(name + ", two islands on two cores, events a second", duel.perSecond(TWO), RATE));
        figures.add(Figure.stated(name + ", one island / SSJ", duel.ratio(ONE, SSJ), "%.2f"));
        figures.add(Figure.timed(name + ", two islands / SSJ", duel.ratio(TWO, SSJ), Target.atLeast(1, "%.2f")));
    }

    private static void check(Phold phold) {
        PholdCount ours = OneIsland.run(phold);
        PholdCount theirs = OnSsj.run(phold);
        if (!Arrays.equals(ours.eventsOfLp(), theirs.eventsOfLp())) {
            throw new IllegalStateException("PHOLD had " + ours.events() + " events on one island and "
                    + theirs.events() + " on SSJ, or not at the same LPs");
        }
        PholdCount parted = TwoIslands.run(phold);
        if (Math.abs(parted.events() - phold.expectedEvents()) > DEVIATIONS * phold.deviationOfEvents()) {
            throw new IllegalStateException("PHOLD had " + parted.events() + " events on two islands, expected are "
                    + Math.round(phold.expectedEvents()));
        }
    }
}
