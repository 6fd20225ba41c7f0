package org.xenfleet.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Lets several sides do the same work in turn, again and again, so that what disturbs the machine disturbs all of them. A
 * ratio is taken within a round and never between rounds.
 */
public final class Duel {
    /** One side: its name, and what it does in one round. */
    public record Side(String name, Supplier<Rate> round) {}

    private final Map<String, List<Rate>> rates = new TreeMap<>();

    private Duel() {}

    /** Every side {@code warmUps} times for nothing, then every side {@code rounds} times in turn. */
    public static Duel of(int warmUps, int rounds, List<Side> sides) {
        Duel duel = new Duel();
        for (int round = -warmUps; round < rounds; round++) {
            for (Side side : sides) {
                Rate rate = side.round().get();
                if (round >= 0) {
                    duel.rates
                            .computeIfAbsent(side.name(), n -> new ArrayList<>())
                            .add(rate);
                }
            }
        }
        return duel;
    }

    /** What the side did in a second, round by round. */
    public Samples perSecond(String side) {
        return new Samples(of(side).stream().mapToDouble(Rate::perSecond).toArray());
    }

    public Samples nanosEach(String side) {
        return new Samples(of(side).stream().mapToDouble(Rate::nanosEach).toArray());
    }

    /** How much faster than {@code than} the side was, round by round. */
    public Samples ratio(String side, String than) {
        List<Rate> ours = of(side);
        List<Rate> theirs = of(than);
        double[] ratios = new double[ours.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = ours.get(i).perSecond() / theirs.get(i).perSecond();
        }
        return new Samples(ratios);
    }

    private List<Rate> of(String side) {
        List<Rate> found = rates.get(side);
        if (found == null) {
            throw new IllegalArgumentException("no side is named " + side + ", only " + rates.keySet());
        }
        return found;
    }
}
