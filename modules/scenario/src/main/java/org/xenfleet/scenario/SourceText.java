package org.xenfleet.scenario;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One text that was read, with its lines for finding columns. One thread: the lines are made when first needed. */
final class SourceText {
    private final String file;
    private final Path folder;
    private final String text;
    private final TextScan scan;
    private String @Nullable [] lines;

    /**
     * @param file as messages name it
     * @param folder what relative names in the text are relative to
     * @throws Refused when the bytes are not a text that may be parsed
     */
    SourceText(String file, Path folder, byte[] bytes) {
        this.file = file;
        this.folder = folder;
        this.scan = new TextScan(file, bytes);
        scan.run();
        this.text = new String(bytes, StandardCharsets.UTF_8);
    }

    String file() {
        return file;
    }

    Path folder() {
        return folder;
    }

    String text() {
        return text;
    }

    TextScan scan() {
        return scan;
    }

    /** Where the include of {@code what} stands, as far as it can be told. */
    Place placeOfInclude(String what) {
        return scan.includes().stream()
                .filter(i -> i.what().equals(what))
                .findFirst()
                .map(i -> new Place(file, i.line(), i.column()))
                .orElse(Place.of(file));
    }

    /** The column of a key in a line: of the last of {@code path} that is found after those before it. */
    Place place(int line, List<String> path) {
        String[] all = lines;
        if (all == null) {
            all = text.split("\n", -1);
            lines = all;
        }
        if (line < 1 || line > all.length) {
            return Place.of(file);
        }
        String source = all[line - 1];
        int from = 0;
        int last = -1;
        for (String key : path) {
            int found = indexOfKey(source, key, from);
            last = found;
            if (found >= 0) {
                from = found + key.length();
            }
        }
        return new Place(file, line, last < 0 ? 0 : source.codePointCount(0, last) + 1);
    }

    private static int indexOfKey(String line, String key, int from) {
        for (int i = line.indexOf(key, from); i >= 0; i = line.indexOf(key, i + 1)) {
            boolean starts = i == 0 || !isWord(line.charAt(i - 1));
            int end = i + key.length();
            boolean ends = end == line.length() || !isWord(line.charAt(end));
            if (starts && ends) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_';
    }
}
