package org.xenfleet.xlcfg;

/** What would be right, for the mistakes that real files make: the part of a message that helps its reader. */
final class Advice {
    private static final String PYTHON_STARTS = "+-.():";

    private Advice() {}

    /** A clause that begins with "; ", or nothing; the bad text begins at content[start]. */
    static String onIllegal(byte[] content, int start) {
        int c = content[start] & 0xff;
        int next = start + 1 < content.length ? content[start + 1] & 0xff : -1;
        int before = start > 0 ? content[start - 1] & 0xff : -1;
        boolean glued = (before >= '0' && before <= '9') || (before >= 'a' && before <= 'z');
        if (c == '\r') {
            return "; lines end in LF alone here, so take the carriage returns out";
        }
        if (c == '#') {
            return "; a comment on the last line needs a line end after it";
        }
        if (c == '"' || c == '\'') {
            return "; the string is not closed on its line";
        }
        if (start == 0 && (c == 0xef || c == 0xfe || c == 0xff)) {
            return "; the file begins with a byte order mark, so save it without one";
        }
        if ((c == '-' || c == '+') && !glued && next >= '0' && next <= '9') {
            return "; a number with a sign must stand in quotes";
        }
        if (c == '-' && glued) {
            return "; neither a name nor a number has a dash in it";
        }
        if (c >= 'A' && c <= 'Z' && before >= '0' && before <= '9') {
            return "; a number has no unit and no upper-case digits";
        }
        if (PYTHON_STARTS.indexOf(c) >= 0) {
            return "; this looks like Python, which xl does not run";
        }
        if (c >= 'A' && c <= 'Z') {
            return "; a name is in lower case, and a word as a value stands in quotes";
        }
        return c >= 0x80 ? "; outside of strings and comments only ASCII can stand" : "";
    }

    static String onUnexpected(Token found, boolean valueDue) {
        if (valueDue && found.kind() == Token.Kind.NAME) {
            return "; a word stands in quotes, and a boolean is 0 or 1";
        }
        if (valueDue && found.kind() == Token.Kind.NEWLINE) {
            return "; the value begins on the line of its name";
        }
        return "";
    }
}
