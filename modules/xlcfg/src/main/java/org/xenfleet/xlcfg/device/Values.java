package org.xenfleet.xlcfg.device;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Values that several texts have. */
public final class Values {
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private Values() {}

    public static boolean isUuid(String text) {
        return UUID.matcher(text).matches();
    }

    /**
     * Whether a text is one of the words of libxl, for which upper and lower case are the same.
     *
     * @param words in lower case
     */
    public static boolean isOneOf(Set<String> words, String text) {
        return words.contains(lower(text));
    }

    /** A set of words that stand between blanks, in its own order; it cannot be changed. */
    public static Set<String> words(String text) {
        return Collections.unmodifiableSet(
                new LinkedHashSet<>(Arrays.asList(text.strip().split("\\s+"))));
    }

    /** As C's strcasecmp compares: only the letters of ASCII have two cases. */
    private static String lower(String text) {
        return text.chars().allMatch(c -> c < 0x80) ? text.toLowerCase(Locale.ROOT) : text;
    }

    /** Whether there is nothing in a text but blanks, tabs and newlines. */
    public static boolean isBlank(String text) {
        return text.chars().allMatch(c -> c == ' ' || c == '\t' || c == '\n');
    }
}
