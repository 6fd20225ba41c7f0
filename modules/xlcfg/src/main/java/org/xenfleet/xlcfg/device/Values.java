package org.xenfleet.xlcfg.device;

import java.util.Arrays;
import java.util.Locale;
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
     * @param words in lower case, between blanks
     */
    public static boolean isOneOf(String words, String text) {
        return Arrays.asList(words.split("\\s+")).contains(lower(text));
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
