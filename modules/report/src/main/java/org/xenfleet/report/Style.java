package org.xenfleet.report;

/** How a piece of text stands out on a terminal. */
enum Style {
    PLAIN(""),
    BOLD("1"),
    GOOD("32"),
    DOUBTFUL("33"),
    BAD("31");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    /** The text in this style, or as it is without colour. */
    String apply(String text, boolean colour) {
        return colour && !code.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
