package org.xenfleet.bench.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.xenfleet.bench.measure.Samples;

/**
 * One line of a table: what was measured, what came out, and what it is held against. Immutable.
 */
public record Figure(
        String what, String value, double number, @Nullable Target target) {

    /** A figure that nothing is asked of. */
    public static Figure stated(String what, String format, Object... values) {
        return new Figure(what, String.format(Locale.ROOT, format, values), Double.NaN, null);
    }

    /** The median and the range of a timed quantity; {@code format} formats one value. */
    public static Figure stated(String what, Samples samples, String format) {
        return new Figure(what, spread(samples, format), samples.median(), null);
    }

    /** A timed quantity, whose median is held against a target. */
    public static Figure timed(String what, Samples samples, Target target) {
        return new Figure(what, spread(samples, target.format()), samples.median(), target);
    }

    /** A quantity that comes out the same in every run. */
    public static Figure counted(String what, double number, Target target) {
        return new Figure(what, target.text(number), number, target);
    }

    private static String spread(Samples samples, String format) {
        String median = String.format(Locale.ROOT, format, samples.median());
        if (samples.count() == 1) {
            return median + " (one run)";
        }
        return String.format(
                Locale.ROOT, "%s (" + format + " to " + format + ")", median, samples.least(), samples.greatest());
    }

    public Standing standing() {
        return target == null ? Standing.STATED : target.of(number);
    }

    String required() {
        return target == null ? "" : target.bound(target.required());
    }

    String goal() {
        return target == null || target.goal() == null ? "" : target.bound(target.goal());
    }

    /** One sentence about a missed bound. */
    String complaint() {
        return what + " is " + value + ", required is " + required() + ".";
    }
}
