package org.xenfleet.xlcfg.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How xl cuts texts up. */
final class Parts {
    private Parts() {}

    /** What stands between separators, nothing left out but empty parts, as C's strtok does. */
    static List<String> between(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int next = text.indexOf(separator, start);
            int end = next < 0 ? text.length() : next;
            if (end > start) {
                parts.add(text.substring(start, end));
            }
            start = end + 1;
        }
        return parts;
    }

    /** The parts between commas, each without the blanks before it. */
    static List<String> ofSpec(String spec) {
        return between(spec, ',').stream().map(Parts::withoutBlanksBefore).toList();
    }

    private static String withoutBlanksBefore(String part) {
        int at = 0;
        while (at < part.length() && part.charAt(at) == ' ') {
            at++;
        }
        return part.substring(at);
    }

    /** What follows {@code key=}, if the part begins with that. */
    static Optional<String> valueOf(String key, String part) {
        return part.startsWith(key + "=") ? Optional.of(part.substring(key.length() + 1)) : Optional.empty();
    }

    /** A name and a value. */
    record Pair(String name, String value) {}

    /** The first two parts between equals signs, without the white space around them; empty if there are not two. */
    static Optional<Pair> pair(String text) {
        List<String> parts = between(text, '=');
        return parts.size() < 2
                ? Optional.empty()
                : Optional.of(new Pair(trimmed(parts.get(0)), trimmed(parts.get(1))));
    }

    private static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && CUnsigned.isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && CUnsigned.isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }
}
