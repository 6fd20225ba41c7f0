package org.xenfleet.scenario;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One pass over the bytes of a HOCON text before the library sees it, in linear time and, but for the list of includes,
 * without allocation. It refuses what is not text and what would make the library slow or overflow its stack; it does
 * not otherwise check the syntax. One thread, used once.
 */
final class TextScan {
    static final int MOST_DEPTH = 100;
    static final int MOST_KEYS = 200_000;
    /** Pieces that the library would join one by one to one value, and the unquoted bytes they may have. */
    static final int MOST_PIECES = 100;

    static final int MOST_PLAIN_BYTES = 2_000;

    /** The word {@code include}, and the first quoted text on the rest of its line; empty if there is none. */
    record Include(int line, int column, String what) {}

    private final String file;
    private final byte[] bytes;
    private final List<Include> includes = new ArrayList<>();
    private final int[] pieces = new int[MOST_DEPTH + 1];
    private final int[] plain = new int[MOST_DEPTH + 1];
    private final int[] substitutions = new int[MOST_DEPTH + 1];
    private int at;
    private int line = 1;
    private int lineStart;
    private int continuation;
    private int depth;
    private int keys;
    private int dots;
    private double growth = 1;
    private boolean inPlain;
    private final MergeCost merges = new MergeCost();
    private final Substitutions references;
    /** Where a key may have begun at a depth; -1 where a value stands. */
    private final int[] keyStart = new int[MOST_DEPTH + 1];

    TextScan(String file, byte[] bytes) {
        this.file = file;
        this.bytes = bytes;
        this.references = new Substitutions(bytes);
    }

    /** @throws Refused at the first thing that is wrong */
    void run() {
        if (bytes.length == 0) {
            throw new Refused(
                    new Problem(file, 0, 0, "is empty; a scenario has at least name, duration, hosts and pools"));
        }
        Utf8.check(file, bytes);
        while (at < bytes.length) {
            step(bytes[at]);
        }
    }

    List<Include> includes() {
        return includes;
    }

    Substitutions substitutions() {
        return references;
    }

    /** Keys, elements and blocks, roughly. */
    int keys() {
        return keys;
    }

    /** By how much substitutions that stand beside each other could lengthen the text at most. */
    double growth() {
        return growth;
    }

    private void step(byte b) {
        switch (b) {
            case '\n' -> newLine();
            case '"' -> quoted();
            case '#' -> comment();
            case '/' -> slash();
            case '{', '[' -> open();
            case '}', ']' -> close();
            case '$' -> dollar();
            case '=', ':' -> {
                key();
                countKey();
                endValue();
                at++;
            }
            case ',' -> {
                countKey();
                endValue();
                at++;
                keyStart[depth] = at;
            }
            case ' ', '\t', '\r' -> {
                inPlain = false;
                at++;
            }
            default -> plain(b);
        }
    }

    private void newLine() {
        endValue();
        at++;
        line++;
        lineStart = at;
        continuation = 0;
        keyStart[depth] = at;
    }

    private void key() {
        if (keyStart[depth] >= 0) {
            merges.key(bytes, keyStart[depth], at, depth);
            references.key(keyStart[depth], at, depth);
            keyStart[depth] = -1;
            if (merges.tooMuch()) {
                throw refused("too many keys are added one by one to the same blocks; write each block once");
            }
        }
    }

    private void comment() {
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
    }

    private void slash() {
        if (at + 1 < bytes.length && bytes[at + 1] == '/') {
            comment();
        } else {
            plain((byte) '/');
        }
    }

    private void open() {
        boolean block = bytes[at] == '{';
        if (block) {
            key();
        }
        piece();
        countKey();
        if (++depth > MOST_DEPTH) {
            throw refused("brackets are nested deeper than " + MOST_DEPTH);
        }
        merges.enter(depth, block);
        references.enter(depth);
        endValue();
        at++;
        keyStart[depth] = block ? at : -1;
    }

    private void close() {
        endValue();
        depth = Math.max(0, depth - 1);
        inPlain = false;
        at++;
    }

    /** A substitution's braces nest nothing. */
    private void dollar() {
        if (at + 1 >= bytes.length || bytes[at + 1] != '{') {
            plain((byte) '$');
            return;
        }
        piece();
        if (++substitutions[depth] > 1) {
            growth *= substitutions[depth] / (substitutions[depth] - 1.0);
        }
        int end = at + 2;
        while (end < bytes.length && bytes[end] != '}' && bytes[end] != '\n') {
            end++;
        }
        references.reference(at + 2, end, depth);
        at = end < bytes.length && bytes[end] == '}' ? end + 1 : end;
        inPlain = false;
    }

    private void plain(byte b) {
        if (!inPlain) {
            piece();
            inPlain = true;
            dots = 0;
            if (b == 'i') {
                include();
            }
        }
        if (++plain[depth] > MOST_PLAIN_BYTES) {
            throw refused("an unquoted text is longer than " + MOST_PLAIN_BYTES + " bytes");
        }
        if (b == '.' && ++dots > MOST_DEPTH) {
            throw refused("a key is nested deeper than " + MOST_DEPTH);
        }
        if (b < (byte) 0xC0) { // 0x80 to 0xBF, the later bytes of a character
            continuation++;
        }
        at++;
    }

    private void include() {
        String word = "include";
        int end = at + word.length();
        if (end >= bytes.length || (bytes[end] != ' ' && bytes[end] != '\t')) {
            return;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[at + i] != word.charAt(i)) {
                return;
            }
        }
        int from = end;
        while (from < bytes.length && bytes[from] != '"' && bytes[from] != '\n') {
            from++;
        }
        int to = from + 1;
        while (to < bytes.length && bytes[to] != '"' && bytes[to] != '\n') {
            to++;
        }
        String what = to < bytes.length && bytes[from] == '"' && bytes[to] == '"'
                ? new String(bytes, from + 1, to - from - 1, StandardCharsets.UTF_8)
                : "";
        references.unknown(depth);
        includes.add(new Include(line, column(), what));
    }

    private void quoted() {
        piece();
        inPlain = false;
        boolean triple = at + 2 < bytes.length && bytes[at + 1] == '"' && bytes[at + 2] == '"';
        at += triple ? 3 : 1;
        while (at < bytes.length) {
            byte b = bytes[at];
            if (b == '"' && (!triple || (at + 2 < bytes.length && bytes[at + 1] == '"' && bytes[at + 2] == '"'))) {
                at += triple ? 3 : 1;
                return;
            }
            if (b == '\n') {
                if (!triple) {
                    return;
                }
                line++;
                lineStart = at + 1;
                continuation = 0;
            } else if (b == '\\' && !triple) {
                at++;
            } else if (b < (byte) 0xC0) {
                continuation++;
            }
            at++;
        }
    }

    private void piece() {
        if (++pieces[depth] > MOST_PIECES) {
            throw refused("a value is put together from more than " + MOST_PIECES + " pieces");
        }
    }

    private void endValue() {
        pieces[depth] = 0;
        plain[depth] = 0;
        substitutions[depth] = 0;
        inPlain = false;
    }

    private void countKey() {
        if (++keys > MOST_KEYS) {
            throw refused("the file has more than " + MOST_KEYS + " keys and values");
        }
    }

    private int column() {
        return Math.max(1, at - lineStart + 1 - continuation);
    }

    private Refused refused(String message) {
        return new Refused(new Problem(file, line, column(), message));
    }
}
