package org.xenfleet.xlcfg;

import java.util.Random;
import java.util.function.IntFunction;

/** Draws texts from a seed. What it draws must never change: results were observed for it (see {@link Observed}). */
final class Draw {
    private final Random random;

    Draw(long seed) {
        random = new Random(seed);
    }

    /** 0 to below {@code bound}. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean inTen(int times) {
        return below(10) < times;
    }

    String of(String... choices) {
        return choices[below(choices.length)];
    }

    /** One of the words between blanks; {@code ~} stands for nothing, {@code _} for a blank. */
    String word(String words) {
        String word = of(words.strip().split("\\s+"));
        return word.equals("~") ? "" : word.replace('_', ' ');
    }

    /** Up to {@code most} pieces, one after the other. */
    String some(int most, String between, IntFunction<String> piece) {
        StringBuilder out = new StringBuilder();
        int count = below(most + 1);
        for (int i = 0; i < count; i++) {
            out.append(i > 0 ? between : "").append(piece.apply(i));
        }
        return out.toString();
    }
}
