package org.xenfleet.xlcfg;

import org.xenfleet.xlcfg.device.CUnsigned;

/**
 * What C's {@code strtol(text, base 0)} makes of a whole text, on a machine of 64 bits (xlcfg-grammar section 1.6):
 * leading white space and a sign are taken, {@code 0x} means hexadecimal, another leading {@code 0} octal.
 *
 * @param kind whether there is a value
 * @param value 0 unless the kind is NUMBER
 */
record CLong(Kind kind, long value) {
    enum Kind {
        NUMBER,
        OUT_OF_RANGE,
        NOT_A_NUMBER
    }

    private static final CLong NONE = new CLong(Kind.NOT_A_NUMBER, 0);

    static CLong parse(String text) {
        int at = afterSpace(text);
        boolean negative = at < text.length() && text.charAt(at) == '-';
        if (at < text.length() && (negative || text.charAt(at) == '+')) {
            at++;
        }
        int base = baseAt(text, at);
        at += base == 16 ? 2 : 0;
        int start = at;
        long value = 0;
        boolean overflow = false;
        for (; at < text.length() && digit(text.charAt(at), base) >= 0; at++) {
            // Built up as a negative number, which has the larger range.
            int digit = digit(text.charAt(at), base);
            overflow |= value < (Long.MIN_VALUE + digit) / base;
            value = overflow ? 0 : value * base - digit;
        }
        overflow |= !negative && value == Long.MIN_VALUE;
        if (overflow) {
            // strtol reports the range first, even when other text follows.
            return new CLong(Kind.OUT_OF_RANGE, 0);
        }
        if (at == start || at != text.length()) {
            return NONE;
        }
        return new CLong(Kind.NUMBER, negative ? value : -value);
    }

    private static int afterSpace(String text) {
        int at = 0;
        while (at < text.length() && CUnsigned.isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int baseAt(String text, int at) {
        if (at >= text.length() || text.charAt(at) != '0') {
            return 10;
        }
        boolean hex = at + 2 < text.length()
                && (text.charAt(at + 1) == 'x' || text.charAt(at + 1) == 'X')
                && digit(text.charAt(at + 2), 16) >= 0;
        return hex ? 16 : 8;
    }

    /** The digit's value, or -1; only ASCII counts, unlike Character.digit. */
    private static int digit(char c, int base) {
        int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c - 'A' + 10;
        boolean letter = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        return (letter || (c >= '0' && c <= '9')) && digit < base ? digit : -1;
    }
}
