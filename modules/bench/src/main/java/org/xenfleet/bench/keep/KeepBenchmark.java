package org.xenfleet.bench.keep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.xenfleet.bench.Benchmark;
import org.xenfleet.bench.Effort;
import org.xenfleet.bench.measure.Duel;
import org.xenfleet.bench.measure.Duel.Side;
import org.xenfleet.bench.measure.Rate;
import org.xenfleet.bench.report.Figure;
import org.xenfleet.bench.report.Section;
import org.xenfleet.bench.report.Target;

/** Checkpoints and recorded states against a run without them, and ten branches against one run. */
public final class KeepBenchmark implements Benchmark {
    private static final String TIMES = "%.2f";
    private static final String PLAIN = "plain";
    private static final String CHECKPOINTS = "checkpoints";
    private static final String STATES = "states";
    private static final String BRANCHES = "branches";
    private static final int BRANCHED = 10;

    private final Path scenario;

    /** @param home of the program */
    public KeepBenchmark(Path home) {
        this.scenario = home.resolve("config/fleet-10k.conf");
    }

    @Override
    public String name() {
        return "keep";
    }

    @Override
    public Section run(Effort effort) {
        KeptFleet fleet = new KeptFleet(scenario, effort.of(10, 1), effort.of(60, 10));
        Path folder;
        try {
            folder = Files.createTempDirectory("xenfleet-keep");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path recorded = folder.resolve("recorded");
        try {
            Duel duel = Duel.of(
                    effort.of(1, 0),
                    effort.of(3, 1),
                    List.of(
                            new Side(PLAIN, () -> rate(fleet::plain)),
                            new Side(
                                    CHECKPOINTS,
                                    () -> rate(() -> fleet.keeping(emptied(folder.resolve("some")), false))),
                            new Side(STATES, () -> rate(() -> fleet.keeping(emptied(recorded), true))),
                            new Side(BRANCHES, () -> rate(() -> fleet.branches(recorded, BRANCHED)))));
            return section(fleet, duel);
        } finally {
            emptied(folder);
        }
    }

    private static Section section(KeptFleet fleet, Duel duel) {
        List<Figure> figures = List.of(
                Figure.stated("a run, s", duel.nanosEach(PLAIN).times(1e-9), "%.1f"),
                Figure.timed(
                        "a run with checkpoints / one without",
                        duel.ratio(PLAIN, CHECKPOINTS),
                        Target.atMost(1.1, TIMES)),
                Figure.stated("a run that records states / one without", duel.ratio(PLAIN, STATES), TIMES),
                Figure.timed(
                        BRANCHED + " branches at 90 % of the run / the run",
                        duel.ratio(PLAIN, BRANCHES),
                        Target.atMost(2.5, TIMES)));
        return new Section(
                "Checkpoints and branches", """
                %d hosts of config/fleet-10k.conf for %d simulated s, on two workers, from the scenario to the summary. Checkpoints lie in a folder and \
                come about once a second of wall-clock time; recorded states are those of every host at every simulated second. A branch begins at %d s \
                with another burst of one of the workloads; its time has all that a user waits for, from reading the scenario and the states on.""".formatted(fleet.hosts(), fleet.seconds(), fleet.branchedAt()), figures);
    }

    private static Rate rate(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return new Rate(1, System.nanoTime() - start);
    }

    /** The folder, without what was in it. */
    private static Path emptied(Path folder) {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return folder;
    }
}
