package org.xenfleet.results;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path of {@code summary.json}, taken apart: keys joined by dots, and for a member of a list its number from 0 as
 * {@code [2]} or {@code .2}, or the name it bears as {@code ["pool-a/0"]}. Immutable.
 *
 * @param steps from the root on, at least one; numbers are written in decimal
 */
record SummaryPath(List<String> steps) {
    private static final Pattern STEP =
            Pattern.compile("\\[\\s*(?:\"([^\"]*)\"|'([^']*)'|(\\d+))\\s*]|\\.?([^.\\[\\]]+)");

    /** @throws IllegalArgumentException with a sentence for people if the text is not a path */
    static SummaryPath parse(String text) {
        List<String> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(text);
        int at = 0;
        while (at < text.length() && matcher.find(at) && matcher.start() == at) {
            steps.add(step(matcher));
            at = matcher.end();
        }
        if (at < text.length() || steps.isEmpty() || text.startsWith(".")) {
            throw new IllegalArgumentException("\"" + text + "\" is not a path of summary.json such as hosts.crashed or"
                    + " host[0].domain[2].cpu_ns");
        }
        return new SummaryPath(List.copyOf(steps));
    }

    private static String step(Matcher matcher) {
        for (int group = 1; group <= matcher.groupCount(); group++) {
            String value = matcher.group(group);
            if (value != null) {
                return value;
            }
        }
        throw new IllegalStateException("a step matched without a group");
    }
}
