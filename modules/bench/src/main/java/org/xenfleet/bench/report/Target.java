package org.xenfleet.bench.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a figure is held against: a bound that it must keep, and perhaps a better one that is wished for. Immutable.
 *
 * @param atLeast whether more is better
 * @param required the bound that must be kept
 * @param goal the better bound, or null
 * @param format of a value, with its unit
 */
public record Target(
        boolean atLeast, double required, @Nullable Double goal, String format) {

    public static Target atLeast(double required, String format) {
        return new Target(true, required, null, format);
    }

    public static Target atMost(double required, String format) {
        return new Target(false, required, null, format);
    }

    public Target goal(double better) {
        return new Target(atLeast, required, better, format);
    }

    Standing of(double value) {
        if (!keeps(value, required)) {
            return Standing.MISSED;
        }
        return goal == null || keeps(value, goal) ? Standing.REACHED : Standing.SHORT_OF_GOAL;
    }

    private boolean keeps(double value, double bound) {
        return atLeast ? value >= bound : value <= bound;
    }

    String text(double value) {
        return String.format(Locale.ROOT, format, value);
    }

    String bound(double value) {
        return (atLeast ? "at least " : "at most ") + text(value);
    }
}
