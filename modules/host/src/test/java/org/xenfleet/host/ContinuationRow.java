package org.xenfleet.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.xenfleet.host.ContinuationHost.Calls;
import org.xenfleet.host.ContinuationHost.Phases;

/**
 * A measured row and the same calls of ours.
 *
 * <p>How many interrupts fall into a call depends on where the ticks, the accountings and the sleeper's wake-ups stand when it
 * begins, which the measurement does not tell. mem4k's and mmu's calls drift through all places by themselves (they recur every
 * 311.3 and 71.8 ms), and what we compare is the mean over phases spread evenly. multi's calls recur every 270.4 ms, nine times
 * 30 ms and a little, so that a whole row stands at nearly one place, and its phases are chosen to be that place: the one where
 * the row's median slice and its fewest and most entries come out too.
 *
 * @param anyPhase our calls with every phase, {@code atItsPhase}: with those of the row where they are known, else the same
 * @param byPhase mean entries of a call, for each phase of {@code anyPhase}
 */
record ContinuationRow(MeasuredCalls measured, Calls anyPhase, Calls atItsPhase, List<Double> byPhase) {
    private static final int SPREAD = 6;
    private static final long TICK = 10_000;
    private static final long STEP = TICK / SPREAD;

    /**
     * Six places of the call between two ticks, of the sleeper between two ticks, and of the accounting among three; each once,
     * and none within half a millisecond of another, where one would swallow the other's cut.
     */
    private static Phases spread(int i) {
        long tick = i * STEP;
        long sleeper = tick + (5 * i + 2) % SPREAD * STEP + STEP / 3;
        long accounting = (tick + (i + 4) % SPREAD * STEP + 2 * STEP / 3) % TICK + i % 3 * TICK;
        return new Phases(TICK - tick, accounting, sleeper % TICK);
    }

    /** Runs every experiment once with each phase. */
    static List<ContinuationRow> run(Path folder, List<MeasuredCalls> measured) {
        Map<String, List<MeasuredCalls>> experiments = new LinkedHashMap<>();
        measured.forEach(m -> experiments
                .computeIfAbsent(m.experiment(), e -> new ArrayList<>())
                .add(m));
        List<ContinuationRow> rows = new ArrayList<>();
        experiments.values().forEach(operations -> rows.addAll(experiment(folder, operations)));
        return rows;
    }

    /** {@code operations} are those that the caller performs in turn. */
    private static List<ContinuationRow> experiment(Path folder, List<MeasuredCalls> operations) {
        MeasuredCalls one = operations.get(0);
        List<TestHost.Outcome> outcomes = IntStream.range(0, SPREAD)
                .mapToObj(i -> run(folder, one, spread(i)))
                .toList();
        List<ContinuationRow> rows = new ArrayList<>();
        for (int index = 0; index < operations.size(); index++) {
            Calls any = Calls.none();
            List<Double> byPhase = new ArrayList<>();
            for (TestHost.Outcome outcome : outcomes) {
                Calls calls = ContinuationHost.callsOf(outcome, index, operations.size());
                byPhase.add(calls.meanEntries());
                any.add(calls);
            }
            Calls atItsPhase = one.guest().equals("multi")
                    ? ContinuationHost.callsOf(run(folder, one, phasesOf(one.beside())), 0, 1)
                    : any;
            rows.add(new ContinuationRow(operations.get(index), any, atItsPhase, byPhase));
        }
        return rows;
    }

    private static TestHost.Outcome run(Path folder, MeasuredCalls row, Phases phases) {
        String duration = row.guest().equals("multi") ? 270 * row.calls() + 230 + "ms" : "3s";
        return ContinuationHost.of(folder, row.guest(), row.hasSpinner(), row.hasSleeper(), duration, phases)
                .run();
    }

    private static Phases phasesOf(String beside) {
        return switch (beside) {
            case "alone" -> new Phases(6_600, 23_800, 0);
            case "vs_spinner" -> new Phases(700, 17_100, 0);
            case "vs_sleeper10ms" -> new Phases(9_900, 26_300, 2_200);
            case "vs_spinner_and_sleeper" -> new Phases(4_500, 400, 5_300);
            default -> throw new IllegalArgumentException(beside);
        };
    }

    /** How far ours is from what was measured, in percent of it. */
    static double off(double ours, double measured) {
        return 100 * (ours / measured - 1);
    }
}
