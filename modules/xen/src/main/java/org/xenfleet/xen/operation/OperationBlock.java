package org.xenfleet.xen.operation;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One block of an operation's file while it is read: what is wrong goes to the {@link Faults}, and the reader goes on with a
 * harmless value. One thread.
 */
final class OperationBlock {
    /** Hears what is wrong with a file. */
    interface Faults {
        /**
         * @param origin where it stands
         * @param path the keys from the top of the file
         * @param message a clause: what was found, and what would be right
         * @param near words among which the user may have meant one in place of {@code found}
         */
        void found(ConfigOrigin origin, List<String> path, String message, String found, Collection<String> near);
    }

    private static final int MOST_SHOWN = 80;
    private static final long MOST_NS = 1_000_000_000L;

    private final ConfigObject object;
    private final List<String> path;
    private final Faults faults;

    OperationBlock(ConfigObject object, List<String> path, Faults faults) {
        this.object = object;
        this.path = path;
        this.faults = faults;
    }

    boolean has(String key) {
        return object.containsKey(key);
    }

    /** The same block with the values of some of the other's keys in place of its own. */
    OperationBlock replaced(OperationBlock other, List<String> keys, String without) {
        ConfigObject merged = object.withoutKey(without);
        for (String key : keys) {
            ConfigValue value = other.object.get(key);
            if (value != null) {
                merged = merged.withValue(key, value);
            }
        }
        return new OperationBlock(merged, path, faults);
    }

    void wrong(String key, String message) {
        wrong(key, message, "", List.of());
    }

    /** {@code found} may be a misspelt one of {@code near}. */
    private void wrong(String key, String message, String found, Collection<String> near) {
        ConfigValue value = object.get(key);
        List<String> longer = new ArrayList<>(path);
        longer.add(key);
        faults.found(value == null ? object.origin() : value.origin(), longer, message, found, near);
    }

    /** Something is wrong with the block as a whole. */
    void wrong(String message) {
        faults.found(object.origin(), path, message, "", List.of());
    }

    void onlyKnown(List<String> known) {
        for (String key : new TreeSet<>(object.keySet())) {
            if (!known.contains(key)) {
                wrong(key, "nothing is known of the key " + shown(key), key, known);
            }
        }
    }

    /** The text of a key that must be given. */
    String text(String key) {
        Optional<String> text = optional(key);
        if (text.isEmpty() && !has(key)) {
            wrong(key, key + " is missing");
        }
        return text.orElse("");
    }

    /** Numbers count as texts. */
    Optional<String> optional(String key) {
        ConfigValue value = object.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value.valueType() == ConfigValueType.STRING || value.valueType() == ConfigValueType.NUMBER) {
            return Optional.of(String.valueOf(value.unwrapped()));
        }
        wrong(key, key + " is " + kind(value) + "; it must be a text");
        return Optional.empty();
    }

    /** What a key stands for; the fallback where it is not given, or is wrong. */
    <T> T parsed(String key, T fallback, Function<String, T> parse) {
        Optional<String> text = optional(key);
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            return parse.apply(text.get());
        } catch (IllegalArgumentException e) {
            wrong(key, key + " = " + shown(text.get()) + ": " + e.getMessage());
            return fallback;
        }
    }

    /** The elements of a list, each parsed; none where it is not given. */
    <T> List<T> list(String key, boolean required, Function<String, T> parse) {
        List<T> parsed = new ArrayList<>();
        ConfigValue value = object.get(key);
        if (value instanceof ConfigList list) {
            for (ConfigValue item : list) {
                try {
                    parsed.add(parse.apply(String.valueOf(item.unwrapped())));
                } catch (IllegalArgumentException e) {
                    wrong(key, String.valueOf(e.getMessage()));
                }
            }
        } else if (value != null) {
            wrong(key, key + " is " + kind(value) + "; it must be a list [ ... ]");
        } else if (required) {
            wrong(key, key + " is missing; it must be a list [ ... ], which may be empty");
        }
        return parsed;
    }

    /** A whole number from {@code least} to {@code most}. */
    long whole(String key, long fallback, long least, long most) {
        return parsed(key, fallback, text -> {
            if (!text.matches("-?[0-9]{1,18}") || Long.parseLong(text) < least || Long.parseLong(text) > most) {
                throw new IllegalArgumentException("it must be a whole number from " + least + " to " + most);
            }
            return Long.parseLong(text);
        });
    }

    boolean flag(String key) {
        ConfigValue value = object.get(key);
        if (value != null && value.valueType() != ConfigValueType.BOOLEAN) {
            wrong(key, key + " is " + kind(value) + "; it must be true or false");
        }
        return value != null && Boolean.TRUE.equals(value.unwrapped());
    }

    /** A duration up to a second, in ns. */
    long nanos(String key) {
        if (!has(key)) {
            wrong(key, key + " is missing; it must be a duration, for example 250ns");
            return 1;
        }
        ConfigValue value = object.get(key);
        try {
            boolean unit = value != null && value.valueType() == ConfigValueType.STRING;
            long ns = unit ? object.toConfig().getDuration(key).toNanos() : -1;
            if (ns >= 0 && ns <= MOST_NS) {
                return ns;
            }
        } catch (ConfigException e) {
            // no duration, which is said below
        }
        wrong(key, key + " is no duration from 0ns to 1s with a unit, for example 250ns");
        return 1;
    }

    <E extends Enum<E>> E word(String key, E[] words) {
        Optional<String> word = optional(key);
        if (word.isEmpty()) {
            if (!has(key)) {
                wrong(key, key + " is missing; there are " + labels(words));
            }
            return words[0];
        }
        return Arrays.stream(words)
                .filter(w -> label(w).equals(word.get()))
                .findFirst()
                .orElseGet(() -> {
                    wrong(
                            key,
                            key + " = " + shown(word.get()) + "; there are " + labels(words),
                            word.get(),
                            Arrays.stream(words).map(OperationBlock::label).toList());
                    return words[0];
                });
    }

    /** The blocks of a list. */
    List<OperationBlock> blocks(String key) {
        List<OperationBlock> blocks = new ArrayList<>();
        ConfigValue value = object.get(key);
        if (value instanceof ConfigList list) {
            for (ConfigValue item : list) {
                if (item instanceof ConfigObject block) {
                    blocks.add(new OperationBlock(block, below(key), faults));
                } else {
                    wrong(key, key + " has " + kind(item) + "; each of its elements must be a block { ... }");
                }
            }
        } else if (value != null) {
            wrong(key, key + " is " + kind(value) + "; it must be a list of blocks [ { ... } ]");
        }
        return blocks;
    }

    /** A block that must be given. */
    OperationBlock block(String key) {
        if (object.get(key) instanceof ConfigObject block) {
            return new OperationBlock(block, below(key), faults);
        }
        wrong(key, key + (has(key) ? " is no block { ... }" : " is missing; it must be a block { ... }"));
        return new OperationBlock(ConfigFactory.empty().root(), below(key), (o, p, m, f, n) -> {});
    }

    /** Whether the value of a key is a text or a number, not a block or a list. */
    boolean isText(String key) {
        ConfigValue value = object.get(key);
        return value != null && !(value instanceof ConfigObject) && !(value instanceof ConfigList);
    }

    private List<String> below(String key) {
        List<String> longer = new ArrayList<>(path);
        longer.add(key);
        return longer;
    }

    private static String kind(ConfigValue value) {
        return switch (value.valueType()) {
            case OBJECT -> "a block { ... }";
            case LIST -> "a list [ ... ]";
            case NULL -> "null";
            default -> shown(String.valueOf(value.unwrapped()));
        };
    }

    private static String shown(String text) {
        String line = text.replace('\n', ' ').replace('\r', ' ');
        return line.length() > MOST_SHOWN ? line.substring(0, MOST_SHOWN) + "..." : line;
    }

    private static String labels(Enum<?>[] words) {
        return Arrays.stream(words).map(OperationBlock::label).collect(Collectors.joining(", "));
    }

    static String label(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
