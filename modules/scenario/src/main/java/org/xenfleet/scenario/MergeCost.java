package org.xenfleet.scenario;

import java.util.HashMap;
import java.util.Map;

/**
 * Foresees how long the HOCON library will merge. It copies a whole block whenever a later key adds to it, be it {@code
 * a.b = 1} or {@code a { b = 1 }} again, so many small additions to a large block take quadratic time. One thread.
 */
final class MergeCost {
    /** Entries copied; less than a second. */
    static final long MOST_COPIES = 2_000_000;

    private final Map<Long, Integer> entries = new HashMap<>();
    private final long[] blocks = new long[TextScan.MOST_DEPTH + 1];
    private long copies;
    private long last;

    /** A key with all its dots stands in the block that was entered at this depth. */
    void key(byte[] bytes, int from, int to, int depth) {
        long block = blocks[depth];
        int start = from;
        boolean quoted = false;
        for (int i = from; i <= to; i++) {
            if (i == to || (bytes[i] == '.' && !quoted)) {
                block = element(bytes, start, i, block);
                start = i + 1;
            } else if (bytes[i] == '"') {
                quoted = !quoted;
            }
        }
        last = block;
    }

    /** A bracket opens; if it is a block, it is the value of the last key. */
    void enter(int depth, boolean block) {
        if (depth < blocks.length) {
            blocks[depth] = block ? last : 31 * last + depth;
        }
    }

    boolean tooMuch() {
        return copies > MOST_COPIES;
    }

    /** The number of an element of a path; every number maps to the number of its block's entries. */
    private long element(byte[] bytes, int from, int to, long block) {
        long hash = block * 0x9E3779B97F4A7C15L + 1;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '\\') { // an escape can spell one key in many ways: count all of them as one
                hash = block ^ 0x5DEECE66DL;
                break;
            }
            if (b != '"' && b != ' ' && b != '\t' && b != '+' && b != '\r') {
                hash = hash * 0x100000001B3L ^ b;
            }
        }
        if (entries.putIfAbsent(hash, 0) == null) {
            entries.merge(block, 1, Integer::sum);
        } else {
            copies += 1 + entries.getOrDefault(hash, 0);
        }
        return hash;
    }
}
