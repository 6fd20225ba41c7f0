package org.xenfleet.scenario;

/** What a value of a key may be. */
enum KeyType {
    TEXT("text", "a-text"),
    WORD("word", "periodic"),
    WORDS("word or list of words", "set_mem_access"),
    TEXTS("list of texts", "[xsa-89]"),
    INTEGER("integer", "4"),
    DURATION("duration", "30ms"),
    SIZE("size", "4GiB"),
    FREQUENCY("frequency", "2.4GHz"),
    FRACTION("fraction", "0.01"),
    BOOLEAN("boolean", "true"),
    BLOCK("block", "{ }"),
    BLOCKS("collection of named blocks", "{ a { } }");

    private final String label;
    private final String example;

    KeyType(String label, String example) {
        this.label = label;
        this.example = example;
    }

    String label() {
        return label;
    }

    String example() {
        return example;
    }

    boolean isNumber() {
        return this == INTEGER || this == DURATION || this == SIZE || this == FREQUENCY || this == FRACTION;
    }
}
