package org.xenfleet.cli;

import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What the command's output goes to. Immutable.
 *
 * @param out whether standard output is a terminal
 * @param err whether standard error is a terminal that can rewrite a line
 * @param colour whether to colour standard output
 * @param width characters of a line
 */
record Terminal(boolean out, boolean err, boolean colour, int width) {
    /** Set by the launcher: which of {@code out} and {@code err} are terminals, with a comma between them. */
    static final String TERMINALS = "xenfleet.terminals";
    /** Set by the launcher: characters of a line. */
    static final String COLUMNS = "xenfleet.columns";

    private static final int DEFAULT_WIDTH = 110;
    private static final int LEAST_WIDTH = 60;
    private static final int MOST_WIDTH = 200;

    /**
     * This process's terminal. Without the launcher's word, both streams are taken for terminals if Java has a console;
     * from Java 22 on it may have one without a terminal, so that then neither is.
     */
    @SuppressWarnings("SystemConsoleNull")
    static Terminal detect() {
        boolean console = Runtime.version().feature() < 22 && System.console() != null;
        return of(System.getProperties(), System.getenv(), console);
    }

    static Terminal of(Properties properties, Map<String, String> environment, boolean console) {
        String fallback = console ? "out,err" : "";
        String terminals = "," + properties.getProperty(TERMINALS, fallback) + ",";
        boolean capable = !"dumb".equals(environment.getOrDefault("TERM", ""));
        boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        boolean out = terminals.contains(",out,");
        boolean err = terminals.contains(",err,");
        int width = width(properties.getProperty(COLUMNS), environment.get("COLUMNS"));
        return new Terminal(out, err && capable, out && capable && !noColour, width);
    }

    private static int width(@Nullable String... candidates) {
        for (String candidate : candidates) {
            if (candidate != null && candidate.matches("[1-9]\\d{0,5}")) {
                return Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, Integer.parseInt(candidate)));
            }
        }
        return DEFAULT_WIDTH;
    }
}
