package org.xenfleet.xlcfg;

/** Text of a file made fit for a message: at most 60 characters, nothing that moves the cursor. */
final class Excerpt {
    private static final int LIMIT = 60;

    private Excerpt() {}

    static String of(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), LIMIT); i++) {
            append(out, text.charAt(i));
        }
        return text.length() > LIMIT ? out.append("...").toString() : out.toString();
    }

    private static void append(StringBuilder out, char c) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < ' ' || (c >= 0x7f && c < 0xa0)) {
                    out.append(String.format("\\x%02x", (int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
