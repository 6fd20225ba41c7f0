package org.xenfleet.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds what the user probably meant. */
final class Suggest {
    private static final int MOST_FILES = 1_000;

    private Suggest() {}

    /** {@code ; did you mean 'x'?}, or nothing when no candidate is near. */
    static String word(String found, Collection<String> candidates) {
        String best = "";
        int least = Math.min(3, 1 + found.length() / 3) + 1;
        for (String candidate : candidates) {
            int distance = distance(normal(found), normal(candidate));
            if (distance < least && distance < Math.max(found.length(), candidate.length())) {
                least = distance;
                best = candidate;
            }
        }
        return best.isEmpty() ? "" : "; did you mean '" + best + "'?";
    }

    /** As {@link #word}, among the files beside one that is not there. */
    static String file(Path missing) {
        Path folder = missing.getParent();
        Path name = missing.getFileName();
        if (folder == null || name == null || !Files.isDirectory(folder)) {
            return "";
        }
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.limit(MOST_FILES)
                    .map(f -> String.valueOf(f.getFileName()))
                    .sorted()
                    .forEach(names::add);
        } catch (IOException | UncheckedIOException e) {
            return "";
        }
        return names.contains(name + ".conf") ? "; did you mean '" + name + ".conf'?" : word(name.toString(), names);
    }

    private static String normal(String word) {
        String low = word.toLowerCase(Locale.ROOT).replace('_', '-');
        return low.length() > 100 ? low.substring(0, 100) : low;
    }

    /** Insertions, deletions, replacements and swaps of neighbours. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                d[i][j] = Math.min(d[i - 1][j - 1] + (same ? 0 : 1), Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
