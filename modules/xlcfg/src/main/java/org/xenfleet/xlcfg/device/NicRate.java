package org.xenfleet.xlcfg.device;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code rate} of a network interface: an amount a second, in units of 1000, and after an at sign the interval in
 * which it is granted, 50 ms unless given. Any mistake is fatal. Numbers are read as C reads them, so that a leading 0
 * means octal. Source: xlcfg-grammar section 2.9; held against libxlutil of 4.17.
 */
final class NicRate {
    private static final Pattern AMOUNT = Pattern.compile("[0-9]+[GMK]?[Bb]/s");
    private static final Pattern INTERVAL = Pattern.compile("[0-9]+[mu]?s?");
    private static final Pattern DIGITS = Pattern.compile("0[0-7]*|[1-9][0-9]*");
    private static final long MOST = 0xffff_ffffL;
    private static final long DEFAULT_INTERVAL_US = 50_000;

    private NicRate() {}

    static void check(String rate, SpecReport report) {
        int at = rate.indexOf('@');
        String amount = at < 0 ? rate : rate.substring(0, at);
        if (!AMOUNT.matcher(amount).matches()) {
            report.refuse("rate is such as 10MB/s, or 800Kb/s@20ms");
            return;
        }
        long bytes = perSecond(amount);
        long interval = at < 0 ? DEFAULT_INTERVAL_US : interval(rate.substring(at + 1), report);
        if (interval == 0) {
            return;
        }
        if (bytes < 0 || Long.compareUnsigned(bytes, Long.divideUnsigned(-1L, interval)) > 0) {
            report.refuse("rate `" + Excerpt.of(rate) + "` is too large, or 0");
        }
    }

    /** Bytes a second, or -1 if xl cannot hold the number before the unit, or it is 0. */
    private static long perSecond(String amount) {
        long number = leadingNumber(amount);
        if (number == 0) {
            return -1;
        }
        String unit = amount.substring(leadingLength(amount));
        long scale = unit.startsWith("G")
                ? 1_000_000_000
                : unit.startsWith("M") ? 1_000_000 : unit.startsWith("K") ? 1000 : 1;
        boolean bits = unit.startsWith("b") || unit.startsWith("b", 1);
        return bits ? Long.divideUnsigned(number * scale, 8) : number * scale;
    }

    /** Microseconds; 0 after a mistake, which is reported. */
    private static long interval(String text, SpecReport report) {
        long number = INTERVAL.matcher(text).matches() ? leadingNumber(text) : 0;
        if (number > 0) {
            String unit = text.substring(leadingLength(text));
            number *= unit.isEmpty() || unit.startsWith("s") ? 1_000_000 : unit.startsWith("m") ? 1000 : 1;
        }
        if (number == 0 || number > MOST) {
            report.refuse("the interval of a rate is such as 20ms, 500us or 1s, up to 4294 s, not `" + Excerpt.of(text)
                    + "`");
            return 0;
        }
        return number;
    }

    /** The digits that C reads as a number: after a leading 0 only those up to 7. */
    private static int leadingLength(String text) {
        Matcher digits = DIGITS.matcher(text);
        return digits.lookingAt() ? digits.end() : 0;
    }

    /** 1 to 2^32 - 1, or 0 for what xl refuses. */
    private static long leadingNumber(String text) {
        int end = leadingLength(text);
        int base = text.startsWith("0") ? 8 : 10;
        long value = 0;
        for (int i = 0; i < end && value <= MOST; i++) {
            value = value * base + text.charAt(i) - '0';
        }
        return value > MOST ? 0 : value;
    }
}
