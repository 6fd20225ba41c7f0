package org.xenfleet.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them, the same in every locale. Stateless. */
public final class HumanText {
    private static final int SIGNIFICANT = 4;
    private static final String[] UNITS = {"ns", "us", "ms", "s"};

    private HumanText() {}

    /**
     * A duration with four significant digits in the largest unit of ns, us, ms and s that leaves at least 1, such as
     * {@code 2.884 s}; whole seconds beyond that. Zeros at the end are dropped; none at all is {@code 0}.
     *
     * @param ns at least 0
     */
    public static String duration(long ns) {
        if (ns == 0) {
            return "0";
        }
        int unit = 0;
        BigDecimal value = BigDecimal.valueOf(ns);
        while (unit < UNITS.length - 1 && rounded(value).compareTo(BigDecimal.valueOf(1000)) >= 0) {
            value = value.movePointLeft(3);
            unit++;
        }
        return plain(rounded(value)) + " " + UNITS[unit];
    }

    /** A count with commas between thousands. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A count and what is counted, in the plural unless it is one: {@code 1 host}, {@code 1,000 hosts}. */
    public static String count(long number, String one) {
        return count(number) + " " + one + (number == 1 ? "" : "s");
    }

    /** A part of a whole in percent with at most one decimal, such as {@code 49.9 %}. */
    static String percent(long part, long whole) {
        if (whole <= 0) {
            return "0 %";
        }
        BigDecimal percent =
                BigDecimal.valueOf(part).movePointRight(2).divide(BigDecimal.valueOf(whole), 1, RoundingMode.HALF_UP);
        return plain(percent) + " %";
    }

    /** A fraction with up to six decimals in percent, such as {@code 25.02 %}. */
    static String percent(BigDecimal fraction) {
        return plain(fraction.movePointRight(2)) + " %";
    }

    private static BigDecimal rounded(BigDecimal value) {
        int digits = value.precision() - value.scale();
        return value.setScale(Math.max(0, SIGNIFICANT - digits), RoundingMode.HALF_UP);
    }

    static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
