package org.xenfleet.scenario;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One block of a scenario while it is read, checked against its section of {@link KeyTable}. What is wrong becomes a
 * problem, and the reader goes on with a harmless value. What is read is also written, with its defaults, to the
 * resolved scenario. One thread.
 */
final class Section {
    private final Hocon hocon;
    private final Findings findings;
    private final List<String> path;
    private final ConfigObject object;
    private final Place place;
    private final Map<String, Key> keys;
    private final Map<String, Object> out;
    private final Set<String> wrong = new TreeSet<>();

    Section(
            Hocon hocon,
            Findings findings,
            List<String> path,
            ConfigObject object,
            Place place,
            Map<String, Key> keys,
            Map<String, Object> out) {
        this.hocon = hocon;
        this.findings = findings;
        this.path = path;
        this.object = object;
        this.place = place;
        this.keys = keys;
        this.out = out;
    }

    static Section root(Hocon hocon, Findings findings, ConfigObject object, Place place) {
        Map<String, Key> keys = KeyTable.section(KeyTable.ROOT);
        return new Section(hocon, findings, List.of(), object, place, keys, new LinkedHashMap<>()).checked();
    }

    /** The last element of the path. */
    String name() {
        return path.get(path.size() - 1);
    }

    /** The keys from the root to this block. */
    List<String> path() {
        return path;
    }

    @Nullable
    ConfigValue value(String name) {
        return object.get(name);
    }

    Hocon hocon() {
        return hocon;
    }

    Findings findings() {
        return findings;
    }

    /** What was read so far, defaults included, for the resolved scenario. */
    Map<String, Object> out() {
        return out;
    }

    /** Where this block stands. */
    Place place() {
        return place;
    }

    /** Where a key stands, or this block when it is not given. */
    Place place(String name) {
        ConfigValue value = object.get(name);
        return value == null ? place : place(value.origin(), name);
    }

    boolean has(String name) {
        return object.containsKey(name);
    }

    /** What relative names in the value of a key are relative to. */
    Path folder(String name) {
        ConfigValue value = object.get(name);
        return hocon.folder(value == null ? object.origin() : value.origin());
    }

    /** Reports that the value of a key is wrong; the message begins with the key's full path. */
    void problem(String name, String message) {
        wrong.add(name);
        findings.problem(findings.full() ? place : place(name), dotted(name) + " " + message);
    }

    /** Reports that what a key asks for cannot be run. No problem where nothing will be; {@link #sound} says no all the same. */
    void cannotRun(String name, String message) {
        if (findings.judging()) {
            wrong.add(name);
        } else {
            problem(name, message);
        }
    }

    /** Whether no problem was reported for any of these keys: only then is it worth comparing their values. */
    boolean sound(String... names) {
        return Arrays.stream(names).noneMatch(wrong::contains);
    }

    void notice(String name, String message) {
        findings.notice(place(name).where(), dotted(name) + " " + message);
    }

    /** The value of a number key in its base unit; the default when it is not given. */
    long number(String name) {
        return orWord(name).orElseGet(() -> Math.max(0, key(name).min()));
    }

    /** As {@link #number}, with a default that other keys decide. */
    long number(String name, long fallback) {
        if (has(name)) {
            return number(name);
        }
        out.put(name, Quantity.text(key(name).type(), fallback));
        return fallback;
    }

    /** As {@link #number}, within the range of an {@code int}, which the key's range must ensure. */
    int integer(String name) {
        return Math.toIntExact(number(name));
    }

    /** Empty when the key has its word instead of a number, or has neither a value nor a default. */
    OptionalLong orWord(String name) {
        Key key = key(name);
        Optional<String> text = scalar(key);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (key.word().equals(text)) {
            out.put(name, text.get());
            return OptionalLong.empty();
        }
        Quantity.Result result = key.parse(text.get());
        long value = result.value();
        if (!result.problem().isEmpty()) {
            problem(name, "= " + Sentences.shown(text.get()) + " " + result.problem());
            value = Math.max(key.min(), Math.min(key.max(), 1));
        }
        out.put(name, key.type() == KeyType.INTEGER ? (Object) value : Quantity.text(key.type(), value));
        return OptionalLong.of(value);
    }

    /** What the resolved scenario says instead of what was given. */
    void rewrite(String name, Object value) {
        out.put(name, value);
    }

    /** The text of a key, whatever its section allows; empty when there is none. */
    String rawText(String name) {
        ConfigValue value = object.get(name);
        String text = value == null ? null : Sentences.textOf(value);
        return text == null ? "" : text;
    }

    boolean flag(String name) {
        Key key = key(name);
        ConfigValue value = object.get(name);
        boolean flag = Boolean.parseBoolean(key.fallback().orElse("false"));
        if (value != null) {
            if (value.valueType() == ConfigValueType.BOOLEAN) {
                flag = Boolean.TRUE.equals(value.unwrapped());
            } else {
                wrongType(key, value);
            }
        }
        out.put(name, flag);
        return flag;
    }

    /** The text of a key; its default, or the empty text after a problem, when it is not given. */
    String text(String name) {
        return optionalText(name).orElse("");
    }

    /** Empty when the key is not given and has no default, and after a problem. */
    Optional<String> optionalText(String name) {
        return optionalText(key(name));
    }

    private Optional<String> optionalText(Key key) {
        String name = key.name();
        Optional<String> text = scalar(key);
        if (text.isPresent() && !key.choices().isEmpty() && !key.choices().contains(text.get())) {
            problem(
                    name,
                    "= " + Sentences.shown(text.get()) + " is not known; it must be " + key.expected()
                            + Suggest.word(text.get(), key.choices()));
            return Optional.empty();
        }
        text.ifPresent(t -> out.put(name, t));
        return text;
    }

    /** The one text of a key or those of its list, all among its choices; none only after a problem. */
    List<String> words(String name) {
        return words(name, key(name).choices());
    }

    /** As above, among other choices than the key has in the table. */
    List<String> words(String name, List<String> choices) {
        Key key = key(name).oneOf(choices);
        if (!(object.get(name) instanceof ConfigList)) {
            return optionalText(key).stream().toList();
        }
        List<String> words = texts(name);
        for (String word : words) {
            if (!key.choices().isEmpty() && !key.choices().contains(word)) {
                problem(
                        name,
                        "names " + Sentences.shown(word) + ", which is not known; it must be " + key.expected()
                                + Suggest.word(word, key.choices()));
            }
        }
        if (words.isEmpty() && sound(name)) {
            problem(name, "is an empty list; it must be " + key.expected());
        }
        return sound(name) ? words : List.of();
    }

    List<String> texts(String name) {
        Key key = key(name);
        List<String> texts = new ArrayList<>();
        ConfigValue value = object.get(name);
        if (value instanceof ConfigList list) {
            for (ConfigValue item : list) {
                String text = Sentences.textOf(item);
                if (text == null) {
                    wrong.add(name);
                    findings.problem(
                            place(item.origin(), name),
                            dotted(name) + " has an element that is " + Sentences.described(item)
                                    + "; every element must be a text");
                } else {
                    texts.add(text);
                }
            }
        } else if (value != null) {
            wrongType(key, value);
        }
        out.put(name, List.copyOf(texts));
        return texts;
    }

    /** This block read with the keys of another section; for workloads, whose kind decides. */
    Section as(String section) {
        return new Section(hocon, findings, path, object, place, KeyTable.section(section), out).checked();
    }

    /** Where the resolved scenario has what is below a key. */
    Map<String, Object> nested(String name) {
        Map<String, Object> written = new LinkedHashMap<>();
        out.put(name, written);
        return written;
    }

    /** Reports the keys that the section does not have. */
    Section checked() {
        new TreeMap<>(object).forEach((name, value) -> {
            if (!keys.containsKey(name)) {
                findings.problem(
                        findings.full() ? place : place(value.origin(), name),
                        findings.full() ? "" : Sentences.unknown(name, path, keys.keySet()));
            }
        });
        return this;
    }

    private Optional<String> scalar(Key key) {
        ConfigValue value = object.get(key.name());
        if (value == null) {
            if (key.required()) {
                missing(key);
            }
            return key.fallback();
        }
        String text = Sentences.textOf(value);
        if (text == null) {
            wrongType(key, value);
        }
        return Optional.ofNullable(text);
    }

    void missing(Key key) {
        wrong.add(key.name());
        findings.problem(place, Sentences.missing(dotted(key.name()), key));
    }

    void wrongType(Key key, ConfigValue value) {
        problem(key.name(), Sentences.wrongType(key, value));
    }

    Key key(String name) {
        Key key = keys.get(name);
        if (key == null) {
            throw new IllegalArgumentException("no key " + name + " in " + path);
        }
        return key;
    }

    private Place place(ConfigOrigin origin, String name) {
        return hocon.place(origin, with(path, name));
    }

    private String dotted(String name) {
        return String.join(".", with(path, name));
    }

    /** A longer path. */
    static List<String> with(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }
}
