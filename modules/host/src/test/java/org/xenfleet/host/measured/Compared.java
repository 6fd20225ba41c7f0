package org.xenfleet.host.measured;

import java.util.Locale;
import java.util.function.DoubleBinaryOperator;

/**
 * How a measured figure and the model's are compared.
 *
 * @param text for the page
 * @param excess by how much they differ too much, for (real, model); at most 0 when they agree
 */
record Compared(String text, DoubleBinaryOperator excess) {
    private static final double TEN_PERCENT = 0.1;

    /** In time, or number. */
    static final Compared TEN_PERCENT_OF_REAL =
            new Compared("within 10 %", (real, model) -> Math.abs(real - model) - TEN_PERCENT * Math.abs(real));

    /** Whatever the host did in between is at most {@code bound} long, in the figure's unit. */
    static Compared noise(double bound, String unit) {
        return new Compared(
                "within the host's noise of " + number(bound) + " " + unit,
                (real, model) -> Math.abs(real - model) - bound);
    }

    /** In kind: both are there. */
    static Compared kind(String kind, double least, double most, String unit) {
        String bounds = "both " + number(least) + " to " + number(most) + (unit.isEmpty() ? "" : " " + unit);
        return new Compared(
                "in kind: " + kind + ", " + bounds,
                (real, model) -> Math.max(least - Math.min(real, model), Math.max(real, model) - most));
    }

    static final Compared SAME = new Compared("the same", (real, model) -> Math.abs(real - model));

    /** A cost or a length that the model was given. */
    static final Compared GIVEN =
            new Compared("given", (real, model) -> Math.abs(real - model) - 2 * Math.abs(real) / 100);

    /** Not at all: they differ, and this is why. */
    static Compared not(String reason) {
        return new Compared("no: " + reason, (real, model) -> Double.NEGATIVE_INFINITY);
    }

    boolean agree(double real, double model) {
        return excess.applyAsDouble(real, model) <= 0;
    }

    static String number(double value) {
        if (value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        return String.format(
                Locale.ROOT, Math.abs(value) >= 100 ? "%,.1f" : Math.abs(value) >= 1 ? "%.2f" : "%.3f", value);
    }
}
