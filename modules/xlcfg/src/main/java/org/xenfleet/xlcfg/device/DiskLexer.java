package org.xenfleet.xlcfg.device;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a text of {@code disk} into parts as xl's scanner does: what matches longest counts, where a prefix and blanks
 * count as if they reached to the end of their line. Looks at each character a bounded number of times. For one text.
 */
final class DiskLexer {
    enum Kind {
        NAMED,
        FLAG,
        PREFIX,
        PLACED,
        UNKNOWN_PREFIX,
        UNKNOWN_NAME,
        BAD
    }

    /**
     * @param name of a named parameter, otherwise empty
     * @param text a value, a flag, a prefix without its colon, or what is wrong
     */
    record Part(Kind kind, String name, String text) {}

    private static final Set<String> NAMES =
            Values.words("format devtype access backend backendtype specification vdev script"
                    + " colo-host colo-port colo-export active-disk hidden-disk");
    private static final Set<String> FLAGS = Values.words("cdrom direct-io-safe discard no-discard colo no-colo");
    private static final Set<String> PREFIXES =
            Values.words("raw qcow qcow2 vhd iscsi nbd enbd drbd tapdisk tap tap2 aio ioemu file phy");

    private final String spec;
    private int at;
    private int lineEnd = -1;

    DiskLexer(String spec) {
        this.spec = spec;
    }

    /** The next part; empty at the end. */
    Optional<Part> next() {
        while (at < spec.length()) {
            Part part = part();
            if (part != null) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }

    /** Null for what is passed over. */
    private @Nullable Part part() {
        int stop = placedEnd();
        int blanks = blanksEnd();
        if (blanks > at) {
            int reach = blanks == spec.length() ? blanks : lineEnd(blanks);
            if (reach >= withComma(stop)) {
                at = blanks;
                return null;
            }
        }
        String word = spec.substring(at, stop);
        Part named = stop < spec.length() && spec.charAt(stop) == '=' ? named(word, stop) : null;
        if (named != null) {
            return named;
        }
        Part prefix = prefix(word, stop);
        if (prefix != null) {
            return prefix;
        }
        if (stop == at && spec.charAt(at) == '=') {
            boolean last = at == spec.length() - 1;
            at = spec.length();
            // As the very last character it goes unseen.
            return last ? null : new Part(Kind.BAD, "", "=");
        }
        at = withComma(stop);
        return new Part(FLAGS.contains(word) ? Kind.FLAG : Kind.PLACED, "", word);
    }

    /** Where a parameter without a name ends: before a comma or an equals sign. */
    private int placedEnd() {
        int end = at;
        while (end < spec.length() && spec.charAt(end) != ',' && spec.charAt(end) != '=') {
            end++;
        }
        return end;
    }

    private int withComma(int end) {
        return end < spec.length() && spec.charAt(end) == ',' ? end + 1 : end;
    }

    private int blanksEnd() {
        int end = at;
        while (end < spec.length() && " \t\n".indexOf(spec.charAt(end)) >= 0) {
            end++;
        }
        return end;
    }

    private int lineEnd(int from) {
        if (lineEnd < from) {
            int newline = spec.indexOf('\n', from);
            lineEnd = newline < 0 ? spec.length() : newline;
        }
        return lineEnd;
    }

    private @Nullable Part named(String name, int equals) {
        int value = equals + 1;
        if (name.equals("target")) {
            String target = spec.substring(value, lineEnd(value));
            at = lineEnd(value);
            // The comma that would end a parameter is taken off here too.
            return new Part(Kind.NAMED, name, target.endsWith(",") ? target.substring(0, target.length() - 1) : target);
        }
        if (NAMES.contains(name)) {
            int comma = spec.indexOf(',', value);
            int end = comma < 0 ? spec.length() : comma;
            at = withComma(end);
            return new Part(Kind.NAMED, name, spec.substring(value, end));
        }
        boolean takesAValue = value < spec.length() && spec.charAt(value) != ',';
        return takesAValue && isName(name) ? new Part(Kind.UNKNOWN_NAME, "", name) : null;
    }

    private static boolean isName(String text) {
        return !text.isEmpty()
                && isLower(text.charAt(0))
                && text.chars().allMatch(c -> isLower((char) c) || isDigit((char) c) || c == '-');
    }

    private @Nullable Part prefix(String word, int stop) {
        int colon = word.indexOf(':');
        if (colon < 0 || lineEnd(at) < withComma(stop)) {
            return null;
        }
        String name = word.substring(0, colon);
        int after = at + colon + 1;
        if (PREFIXES.contains(name)) {
            at = after;
            return new Part(Kind.PREFIX, "", name);
        }
        if (!isName(name) || name.indexOf('-') >= 0) {
            return null;
        }
        boolean alone = after == spec.length() || !isLower(spec.charAt(after)) && !isDigit(spec.charAt(after));
        return alone ? new Part(Kind.UNKNOWN_PREFIX, "", name) : null;
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
