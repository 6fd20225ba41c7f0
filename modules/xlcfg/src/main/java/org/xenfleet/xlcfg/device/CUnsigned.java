package org.xenfleet.xlcfg.device;

/**
 * What C's {@code strtoul} makes of the beginning of a text, on a machine of 64 bits: leading white space and a sign
 * are taken, a minus wraps round, and with base 16 a leading {@code 0x} is taken.
 *
 * @param value to be read as unsigned; {@link #MAX} also stands for a number that is too large
 * @param end past the last digit; where the reading began if there is no digit
 */
public record CUnsigned(long value, int end) {
    /** The largest value, 2^64 - 1. */
    public static final long MAX = -1L;

    /**
     * @param base 10 or 16
     * @param start at most the length of the text
     */
    public static CUnsigned at(String text, int start, int base) {
        int at = start;
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        boolean minus = at < text.length() && text.charAt(at) == '-';
        if (at < text.length() && (minus || text.charAt(at) == '+')) {
            at++;
        }
        if (base == 16 && text.regionMatches(true, at, "0x", 0, 2) && digit(text, at + 2, base) >= 0) {
            at += 2;
        }
        int first = at;
        long value = 0;
        boolean overflow = false;
        for (int digit = digit(text, at, base); digit >= 0; digit = digit(text, at, base)) {
            overflow |= Long.compareUnsigned(value, Long.divideUnsigned(MAX - digit, base)) > 0;
            value = value * base + digit;
            at++;
        }
        if (at == first) {
            return new CUnsigned(0, start);
        }
        return new CUnsigned(overflow ? MAX : minus ? -value : value, at);
    }

    /** As C's {@code sscanf} reads hexadecimal: like {@link #at}, but {@code 0x} alone is a number too, 0. */
    static CUnsigned scanned(String text, int start) {
        CUnsigned number = at(text, start, 16);
        int end = number.end();
        boolean prefix = end > start
                && text.regionMatches(true, end - 1, "0x", 0, 2)
                && (end - 1 == start || digit(text, end - 2, 16) < 0);
        return prefix ? new CUnsigned(0, end + 1) : number;
    }

    /** Whether there was a digit to read from {@code start} on, and the number is not too large. */
    public boolean isNumber(int start) {
        return end > start && value != MAX;
    }

    /** Whether it is above a limit, which is 0 or more. */
    boolean exceeds(long limit) {
        return Long.compareUnsigned(value, limit) > 0;
    }

    /** White space as C's isspace has it. */
    public static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** The value of the digit at a place, or -1; only ASCII counts, unlike {@link Character#digit}. */
    private static int digit(String text, int at, int base) {
        char c = at < text.length() ? text.charAt(at) : ' ';
        int digit = c < 0x80 ? Character.digit(c, 16) : -1;
        return digit < base ? digit : -1;
    }
}
