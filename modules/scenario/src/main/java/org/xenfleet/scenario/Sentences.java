package org.xenfleet.scenario;

import com.typesafe.config.ConfigValue;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link Section} says about values: what was found, what would be right. */
final class Sentences {
    private static final int MOST_SHOWN = 80;

    private Sentences() {}

    static String missing(String dotted, Key key) {
        return dotted + " is missing; it must be " + key.expected() + ", for example " + example(key);
    }

    static String wrongType(Key key, ConfigValue value) {
        return "is " + described(value) + "; it must be " + key.expected() + ", for example " + example(key);
    }

    static String unknown(String name, List<String> path, Collection<String> known) {
        List<String> kinds = known.contains("kind") ? KeyTable.kindsWith(name) : List.of();
        String hint =
                kinds.isEmpty() ? Suggest.word(name, known) : "; it is a key of the kinds " + String.join(", ", kinds);
        return "unknown key '" + shown(name) + "'" + (path.isEmpty() ? "" : " in " + String.join(".", path))
                + (hint.isEmpty() ? "; known are " + String.join(", ", known) : hint);
    }

    static String badName(String dotted, String name) {
        return dotted + " has an entry named '" + shown(name)
                + "'; a name has letters, digits, '.', '_' and '-' only, at most 100";
    }

    static String described(ConfigValue value) {
        return switch (value.valueType()) {
            case OBJECT -> "a block { ... }";
            case LIST -> "a list [ ... ]";
            case NULL -> "null";
            case BOOLEAN -> "the boolean " + value.unwrapped();
            case NUMBER -> "the number " + shown(value.render());
            case STRING -> "the text '" + shown(String.valueOf(value.unwrapped())) + "'";
        };
    }

    /** A text or a number as it was written, so that no digit is lost; null for anything else. */
    static @Nullable String textOf(ConfigValue value) {
        return switch (value.valueType()) {
            case STRING -> String.valueOf(value.unwrapped());
            case NUMBER -> value.render();
            default -> null;
        };
    }

    /** At most 80 characters of a text that the user wrote, on one line. */
    static String shown(String text) {
        String line = text.replace('\n', ' ').replace('\r', ' ');
        return line.length() > MOST_SHOWN ? line.substring(0, MOST_SHOWN) + "..." : line;
    }

    private static String example(Key key) {
        return key.name() + " = "
                + (key.type() == KeyType.TEXT
                        ? text(key.name())
                        : key.choices().isEmpty()
                                ? key.type().example()
                                : key.choices().get(0));
    }

    private static String text(String key) {
        return switch (key) {
            case "name" -> "xsa-89";
            case "version" -> "\"4.4.0\"";
            case "cpus" -> "\"4-7\"";
            case "xl" -> "\"xl/web.cfg\"";
            default -> KeyType.TEXT.example();
        };
    }
}
