package org.xenfleet.bench.report;

import java.util.List;

/**
 * Writes docs/performance.md. What stands between the marks belongs to whoever looks after the page, and is kept when it is
 * written anew.
 */
public final class PerformancePage {
    static final String BEGIN = "<!-- kept: begin -->";
    static final String END = "<!-- kept: end -->";
    private static final String NOTHING_YET = "Nothing has been written here yet.\n";

    private PerformancePage() {}

    /**
     * The new page.
     *
     * @param before the page as it was, or an empty text
     * @throws IllegalArgumentException if its marks are damaged, so that nothing written by hand is ever lost
     */
    public static String render(String before, Machine machine, String command, List<Section> sections) {
        StringBuilder page = new StringBuilder("""
                # Performance

                <!-- Written by `%1$s`, but for what stands between the marks at the end. -->

                Everything here was measured in one run of one command, with the two sides of a comparison in turn. The first number is
                the median of the rounds, in brackets are the least and the greatest; a ratio is taken within a round. Absolute figures are
                those of one machine; the ratios and the counts are what carries over.

                - Command: `%1$s`
                - Machine: %2$s
                """.formatted(command, machine));
        for (Section section : sections) {
            page.append("\n## ")
                    .append(section.title())
                    .append("\n\n")
                    .append(section.explanation())
                    .append("\n\n| what | measured | required | goal | |\n|---|---|---|---|---|\n");
            for (Figure figure : section.figures()) {
                page.append("| %s | %s | %s | %s | %s |\n"
                        .formatted(
                                figure.what(),
                                figure.value(),
                                figure.required(),
                                figure.goal(),
                                figure.standing().word()));
            }
        }
        return page.append("\n## What stands in the way\n\n")
                .append(BEGIN)
                .append('\n')
                .append(kept(before))
                .append(END)
                .append('\n')
                .toString();
    }

    private static String kept(String before) {
        int begin = before.indexOf(BEGIN);
        int end = before.indexOf(END);
        if (begin < 0 && end < 0 && before.isBlank()) {
            return NOTHING_YET;
        }
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the page has no text between " + BEGIN + " and " + END
                    + "; put the marks around what is to be kept, or remove the page");
        }
        return before.substring(begin + BEGIN.length(), end).stripLeading();
    }

    /** The same for a terminal. */
    public static String text(Section section) {
        StringBuilder text = new StringBuilder(section.title()).append('\n');
        int width = section.figures().stream()
                .mapToInt(f -> f.what().length())
                .max()
                .orElse(0);
        for (Figure figure : section.figures()) {
            text.append("  ")
                    .append(figure.what())
                    .append(" ".repeat(width - figure.what().length() + 2));
            text.append(figure.value());
            if (figure.standing() != Standing.STATED) {
                text.append("   [").append(figure.required());
                if (!figure.goal().isEmpty()) {
                    text.append(", goal ").append(figure.goal());
                }
                text.append(": ")
                        .append(figure.standing().word().replace("*", ""))
                        .append(']');
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** A sentence for each bound that is missed. */
    public static List<String> complaints(List<Section> sections) {
        return sections.stream()
                .flatMap(s -> s.figures().stream())
                .filter(f -> f.standing() == Standing.MISSED)
                .map(Figure::complaint)
                .toList();
    }
}
