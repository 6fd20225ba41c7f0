package org.xenfleet.scenario;

import java.util.List;
import java.util.Optional;

/**
 * One key of a scenario: what the reader checks and what docs/scenario.md says, from the same data. Immutable.
 *
 * @param required whether it must be given
 * @param fallback its default as the user would write it; empty when it is required or may be left out
 * @param min least value of a number, in ns, bytes, Hz or billionths where it has a unit
 * @param max greatest value of a number
 * @param word a word that may stand in place of a number
 * @param choices the only texts allowed; empty for any
 * @param meaning one or more sentences, in Markdown
 */
record Key(
        String name,
        KeyType type,
        boolean required,
        Optional<String> fallback,
        long min,
        long max,
        Optional<String> word,
        List<String> choices,
        String meaning) {

    /** The longest duration: 1,000,000 hours, so that the sum of two still fits a {@code long} of ns. */
    static final long MOST_NS = 3_600_000_000_000L * 1_000_000L;

    static final long MOST_BYTES = 1L << 50;

    static Key required(String name, KeyType type, String meaning) {
        return new Key(name, type, true, Optional.empty(), 0, most(type), Optional.empty(), List.of(), meaning);
    }

    static Key optional(String name, KeyType type, String meaning) {
        return new Key(name, type, false, Optional.empty(), 0, most(type), Optional.empty(), List.of(), meaning);
    }

    static Key of(String name, KeyType type, String fallback, String meaning) {
        return new Key(name, type, false, Optional.of(fallback), 0, most(type), Optional.empty(), List.of(), meaning);
    }

    Key range(long least, long greatest) {
        return new Key(name, type, required, fallback, least, greatest, word, choices, meaning);
    }

    Key from(long least) {
        return range(least, max);
    }

    Key orWord(String other) {
        return new Key(name, type, required, fallback, min, max, Optional.of(other), choices, meaning);
    }

    Key oneOf(List<String> texts) {
        return new Key(name, type, required, fallback, min, max, word, List.copyOf(texts), meaning);
    }

    /** Reads a number within the range; the problem says what is wrong and what would be right. */
    Quantity.Result parse(String text) {
        Quantity.Result result = name.equals("first-pfn") && text.matches("0x[0-9a-fA-F]{1,15}")
                ? new Quantity.Result(Long.parseLong(text.substring(2), 16), "")
                : Quantity.parse(type, text);
        boolean inRange = result.value() >= min && result.value() <= max;
        if (result.problem().isEmpty() && inRange) {
            return result;
        }
        String what = result.problem().isEmpty() ? "is out of range" : result.problem();
        return new Quantity.Result(0, what + "; it must be " + expected());
    }

    /** {@code an integer from 1 to 4096, for example 4}: what would be right, for messages. */
    String expected() {
        String article = type == KeyType.INTEGER ? "an " : "a ";
        String what = article + type.label();
        if (type.isNumber()) {
            what = article + type.label() + " " + range();
            String units = Quantity.unitNames(type);
            if (type == KeyType.FRACTION) {
                what += " with at most 9 decimals, or as much in %";
            } else if (!units.isEmpty()) {
                what += " with a unit (" + units + ")";
            }
        } else if (!choices.isEmpty()) {
            what = "one of " + String.join(", ", choices) + (type == KeyType.WORDS ? ", or a list of them" : "");
        }
        return word.map(w -> "'" + w + "' or ").orElse("") + what;
    }

    /** {@code from 1 to 4096} or {@code of at least 0}. */
    String range() {
        String least = Quantity.text(type, min);
        return max == Long.MAX_VALUE
                ? (min == Long.MIN_VALUE ? "of 64 bits" : "of at least " + least)
                : "from " + least + " to " + Quantity.text(type, max);
    }

    private static long most(KeyType type) {
        return switch (type) {
            case DURATION -> MOST_NS;
            case SIZE -> MOST_BYTES;
            case FRACTION -> Quantity.WHOLE;
            default -> Long.MAX_VALUE;
        };
    }
}
