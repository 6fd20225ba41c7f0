package org.xenfleet.xen.sched.cases;

import java.math.BigDecimal;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The times and lists of pCPUs of the notation. */
final class Quantities {
    private static final Pattern TIME = Pattern.compile("(\\d+(?:\\.\\d+)?)(us|ms|s)");
    private static final Pattern CPUS = Pattern.compile("\\d+(-\\d+)?(,\\d+(-\\d+)?)*");

    private Quantities() {}

    /** Nanoseconds. */
    static long time(String text) {
        if (text.equals("0")) {
            return 0;
        }
        Matcher m = TIME.matcher(text);
        if (!m.matches()) {
            throw new NotationException("a time is 0 or a number with us, ms or s, not '" + text + "'");
        }
        int zeros = m.group(2).equals("us") ? 3 : m.group(2).equals("ms") ? 6 : 9;
        return new BigDecimal(m.group(1)).movePointRight(zeros).longValueExact();
    }

    static int whole(String text, String what) {
        if (!text.matches("\\d{1,9}")) {
            throw new NotationException(what + " is a whole number, not '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    /** As in xl: {@code 0}, {@code 0-2}, {@code 0,2-3}. */
    static BitSet cpus(String text) {
        if (!CPUS.matcher(text).matches()) {
            throw new NotationException("pCPUs are a list as 0,2-3, not '" + text + "'");
        }
        BitSet mask = new BitSet();
        for (String part : text.split(",", -1)) {
            String[] ends = part.split("-", -1);
            mask.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
        }
        return mask;
    }
}
