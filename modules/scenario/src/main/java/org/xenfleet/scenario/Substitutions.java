package org.xenfleet.scenario;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Foresees how far substitutions can make a scenario grow. Where values that have substitutions are themselves referred
 * to, a few dozen can ask for more than any memory holds; where they are not, growth is at most their number times the
 * text. Names are compared by their last element only, so the answer may be too careful, never too bold. One thread.
 */
final class Substitutions {
    /** With so few, even the worst chain is harmless. */
    static final int MOST_CHAINED = 24;

    static final int MOST = 10_000;
    static final long MOST_BYTES = 256L << 20;

    /** Stands for every name with an escape. */
    private static final String ANY = "\\";

    private final byte[] bytes;
    private final int[] from = new int[TextScan.MOST_DEPTH + 1];
    private final int[] to = new int[TextScan.MOST_DEPTH + 1];
    private final Set<String> having = new TreeSet<>();
    private final Set<String> referred = new TreeSet<>();
    private int count;

    Substitutions(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A key stands at this depth; what follows is its value. */
    void key(int start, int end, int depth) {
        from[depth] = start;
        to[depth] = end;
        if (end > start && bytes[end - 1] == '+') {
            reference(start, end - 1, depth);
        }
    }

    /** A bracket opens. */
    void enter(int depth) {
        from[depth] = 0;
        to[depth] = 0;
    }

    /** What stands here may have substitutions, such as an included file. */
    void unknown(int depth) {
        for (int i = 0; i <= depth; i++) {
            having.addAll(elements(from[i], to[i]));
        }
    }

    /** A substitution stands here, in the value of the keys above it. */
    void reference(int start, int end, int depth) {
        if (++count > MOST) {
            return;
        }
        unknown(depth);
        List<String> path = elements(start, end);
        referred.add(path.isEmpty() ? ANY : path.get(path.size() - 1));
    }

    /** Takes over what an earlier text of the same scenario has. */
    void add(Substitutions earlier) {
        count += earlier.count;
        having.addAll(earlier.having);
        referred.addAll(earlier.referred);
    }

    /** Why the substitutions are too many for a scenario of so many bytes; empty when they are not. */
    String problem(long length, double growth) {
        if (count > MOST) {
            return "there are more than " + MOST + " substitutions";
        }
        if (count > MOST_CHAINED) {
            for (String name : referred) {
                if (having.contains(name) || (name.equals(ANY) && !having.isEmpty()) || having.contains(ANY)) {
                    return "there are " + count + " substitutions and additions with +=, and some refer to '" + name
                            + "', whose value has others in it; such chains are possible with at most " + MOST_CHAINED;
                }
            }
        }
        double most = count > MOST_CHAINED ? count : growth;
        return most > 1 && most * length > MOST_BYTES
                ? "its substitutions could make the text longer than " + (MOST_BYTES >> 20) + " MiB"
                : "";
    }

    private List<String> elements(int start, int end) {
        if (end <= start) {
            return List.of();
        }
        String key = new String(Arrays.copyOfRange(bytes, start, end), StandardCharsets.UTF_8);
        if (key.indexOf('\\') >= 0) {
            return List.of(ANY);
        }
        List<String> elements = new ArrayList<>();
        for (String element : key.split("\\.")) {
            elements.add(element.replaceAll("[\"+?\\s]", ""));
        }
        return elements;
    }
}
