package org.xenfleet.host.statements;

import java.util.Locale;

/**
 * A number that came out of a trial, and between which bounds it has to be for its statement to hold.
 *
 * @param unit for the page; empty for a count
 */
public record Figure(String what, double value, double least, double most, String unit) {

    static Figure between(String what, double value, double least, double most, String unit) {
        return new Figure(what, value, least, most, unit);
    }

    static Figure atMost(String what, double value, double most, String unit) {
        return new Figure(what, value, Double.NEGATIVE_INFINITY, most, unit);
    }

    static Figure atLeast(String what, double value, double least, String unit) {
        return new Figure(what, value, least, Double.POSITIVE_INFINITY, unit);
    }

    static Figure exactly(String what, double value, double expected, String unit) {
        return new Figure(what, value, expected, expected, unit);
    }

    /** Of something that was measured on a real Xen: within ten per cent of it. */
    static Figure measured(String what, double value, double real, String unit) {
        return new Figure(what + " (real Xen: " + number(real) + ")", value, real * 0.9, real * 1.1, unit);
    }

    boolean holds() {
        return value >= least && value <= most;
    }

    /** {@code 315.8 ms}. */
    String shown() {
        return number(value) + (unit.isEmpty() ? "" : " " + unit);
    }

    /** {@code at most 10.1}, {@code 4 to 6}, {@code 0}. */
    String bounds() {
        if (least == most) {
            return number(least);
        }
        if (Double.isInfinite(least)) {
            return "at most " + number(most);
        }
        return Double.isInfinite(most) ? "at least " + number(least) : number(least) + " to " + number(most);
    }

    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        return String.format(
                Locale.ROOT, Math.abs(value) >= 100 ? "%,.1f" : Math.abs(value) >= 1 ? "%.2f" : "%.4f", value);
    }

    @Override
    public String toString() {
        return what + ": " + shown() + ", to be " + bounds();
    }
}
