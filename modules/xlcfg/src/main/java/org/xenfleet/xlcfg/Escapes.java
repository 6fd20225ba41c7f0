package org.xenfleet.xlcfg;

import org.xenfleet.xlcfg.device.CUnsigned;

/** The backslashes inside a quoted string, with the faults of the real parser (xlcfg-grammar section 1.3). */
final class Escapes {
    /** A backslash with something after it that xl refuses. */
    static final class BadEscape extends Exception {
        private final String what;

        private BadEscape(String what) {
            super(what, null, false, false);
            this.what = what;
        }

        String what() {
            return what;
        }
    }

    private static final String NUMERIC = " numerical character escape in quoted string";
    private static final int MAX_DIGITS = 3;

    private Escapes() {}

    /**
     * What the text between the quotes stands for.
     *
     * @param raw without the quotes; every backslash has a character after it
     */
    static String resolve(String raw) throws BadEscape {
        StringBuilder out = new StringBuilder(raw.length());
        int at = 0;
        while (at < raw.length()) {
            char c = raw.charAt(at++);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escaped = raw.charAt(at++);
            if (escaped >= '0' && escaped <= '7') {
                // The number is read past the first digit, and then no character is made of it.
                at += numberLength(raw, at);
            } else {
                out.append(simple(escaped));
            }
        }
        return out.toString();
    }

    private static char simple(char escaped) throws BadEscape {
        return switch (escaped) {
            case '\\', '"', '\'' -> escaped;
            case 'a' -> '\u0007';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> '\u000b';
            case 'x' ->
                throw new BadEscape("invalid digit after backslash hex" + NUMERIC
                        + "; xl refuses every \\x, so write the character itself");
            default ->
                throw new BadEscape(
                        "invalid character after backlash in quoted string" + "; a backslash itself is written \\\\");
        };
    }

    /** The length, 2 or 3, of what C's strtoul takes of the next three characters: blanks and a sign count. */
    private static int numberLength(String raw, int start) throws BadEscape {
        int limit = Math.min(raw.length(), start + MAX_DIGITS);
        int at = start;
        while (at < limit && CUnsigned.isSpace(raw.charAt(at))) {
            at++;
        }
        if (at < limit && (raw.charAt(at) == '+' || raw.charAt(at) == '-')) {
            at++;
        }
        int digits = at;
        while (at < limit && raw.charAt(at) >= '0' && raw.charAt(at) <= '9') {
            at++;
        }
        if (at == digits || at - start < 2) {
            throw new BadEscape("invalid digit after backslash octal" + NUMERIC
                    + "; xl makes nothing of such an escape, so write the character itself");
        }
        return at - start;
    }
}
