package org.xenfleet.xlcfg;

/**
 * A word of the language (xlcfg-grammar section 1.1).
 *
 * @param text as written, but for a string what it stands for; empty at the end of the file
 * @param line where it stands, 1 and up; the end of the file has the line of the token before it
 */
record Token(Kind kind, String text, int line) {
    enum Kind {
        NAME("a name"),
        NUMBER("a number"),
        STRING("a string"),
        ASSIGN("'='"),
        APPEND("'+='"),
        OPEN("'['"),
        CLOSE("']'"),
        COMMA("','"),
        SEMICOLON("';'"),
        NEWLINE("the end of the line"),
        END("the end of the file");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** How a message names it. */
        String label() {
            return label;
        }
    }
}
