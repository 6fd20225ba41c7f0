package org.xenfleet.bench.loop;

import java.util.ArrayList;
import java.util.List;
import org.xenfleet.bench.Benchmark;
import org.xenfleet.bench.Effort;
import org.xenfleet.bench.measure.Duel;
import org.xenfleet.bench.report.Figure;
import org.xenfleet.bench.report.Section;
import org.xenfleet.bench.report.Target;

/** An island against the same loop without actors, on one core and on two. */
public final class LoopBenchmark implements Benchmark {
    private static final String ISLAND = "island";
    private static final String BARE = "bare";
    private static final String DIGEST = "digest";
    private static final String ISLAND_2 = "island on two cores";
    private static final String BARE_2 = "bare on two cores";
    private static final String RATE = "%,.0f";
    private static final int CORES = 2;

    @Override
    public String name() {
        return "loop";
    }

    @Override
    public Section run(Effort effort) {
        LoopShape shape = new LoopShape(40, 64, effort.of(60, 2));
        List<Duel.Side> sides = new ArrayList<>(List.of(
                new Duel.Side(BARE, () -> Loops.bare(shape, 1, false)),
                new Duel.Side(DIGEST, () -> Loops.bare(shape, 1, true)),
                new Duel.Side(ISLAND, () -> Loops.islands(shape, 1)),
                new Duel.Side(BARE_2, () -> Loops.bare(shape, CORES, false)),
                new Duel.Side(ISLAND_2, () -> Loops.islands(shape, CORES))));
        Duel duel = Duel.of(effort.of(3, 0), effort.of(9, 1), sides);
        Target third = Target.atLeast(1.0 / 3, "%.3f").goal(0.5);
        return new Section(
                "An island against the same loop without actors",
                """
                %d islands of %d actors; every actor is called once in 30 simulated ms and schedules its next call: %,d calls a round. The \
                bare loop has the same timeline, the same entries and a virtual method in the place of each actor. An island also hashes every \
                delivery for the digest, which the bare loop is spared; one line shows it with that.""".formatted(shape.islands(), shape.receivers(), shape.calls()),
                List.of(
                        Figure.stated("bare loop, one core, calls a second", duel.perSecond(BARE), RATE),
                        Figure.stated("bare loop with the digest of deliveries", duel.perSecond(DIGEST), RATE),
                        Figure.stated("island, one core, messages a second", duel.perSecond(ISLAND), RATE),
                        Figure.stated("island, one core, ns a message", duel.nanosEach(ISLAND), "%.0f"),
                        Figure.stated("island, both cores, messages a second", duel.perSecond(ISLAND_2), RATE),
                        Figure.timed("island / bare loop, one core", duel.ratio(ISLAND, BARE), third),
                        Figure.timed("island / bare loop, both cores at once", duel.ratio(ISLAND_2, BARE_2), third)));
    }
}
