package org.xenfleet.report;

import java.util.ArrayList;
import java.util.List;

/** Text from scenarios made fit for one line of a terminal. */
final class Line {
    private static final String MORE = "...";

    private Line() {}

    /** Control characters, which could move the cursor or colour the screen, become question marks. */
    static String printable(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return line.toString();
    }

    /** Broken at its spaces into lines of at most {@code width} characters, {@code indent} before each; a longer word is cut. */
    static List<String> wrap(String text, String indent, int width) {
        List<String> lines = new ArrayList<>();
        String line = indent;
        for (String word : text.split(" ")) {
            String longer = line.isBlank() ? indent + word : line + " " + word;
            if (!line.isBlank() && longer.codePointCount(0, longer.length()) > width) {
                lines.add(line);
                longer = indent + word;
            }
            line = cut(longer, width);
        }
        lines.add(line);
        return lines;
    }

    /** At most {@code width} characters, the last three of them dots if something is missing. */
    static String cut(String text, int width) {
        if (text.codePointCount(0, text.length()) <= width) {
            return text;
        }
        int kept = Math.max(0, width - MORE.length());
        return text.substring(0, text.offsetByCodePoints(0, kept)) + MORE;
    }
}
