package org.xenfleet.xlcfg;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Reads single settings as the getters of libxlutil do: a value of the wrong kind earns a warning and counts as not
 * given (xlcfg-grammar section 1.6). For one thread.
 */
final class SettingReader {
    private static final String NOT_GIVEN = "; it counts as not given";

    private final XlFile file;
    private final List<XlNotice> warnings = new ArrayList<>();

    SettingReader(XlFile file) {
        this.file = file;
    }

    Optional<String> text(String key) {
        Optional<XlValue> value = file.live(key);
        if (value.isPresent() && value.get() instanceof XlValue.Scalar scalar) {
            return Optional.of(scalar.text());
        }
        if (value.isPresent()) {
            warn(key, "is a list but should be a single value" + NOT_GIVEN);
        }
        return Optional.empty();
    }

    OptionalLong number(String key) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (file.last(key).filter(XlSetting::appends).isPresent()) {
            warn(key, "can't use += with numbers" + NOT_GIVEN);
            return OptionalLong.empty();
        }
        CLong number = CLong.parse(text.get());
        switch (number.kind()) {
            case OUT_OF_RANGE ->
                warn(key, "could not be parsed as a number: Numerical result out of range" + NOT_GIVEN);
            case NOT_A_NUMBER -> warn(key, "is not a valid number: \"" + Excerpt.of(text.get()) + "\"" + NOT_GIVEN);
            default -> {
                return OptionalLong.of(number.value());
            }
        }
        return OptionalLong.empty();
    }

    /** A boolean is a number, and only 0 is false; words such as {@code true} count as not given. */
    boolean flag(String key) {
        OptionalLong number = number(key);
        return number.isPresent() && number.getAsLong() != 0;
    }

    /** The value of a key that takes a text or a list. */
    Optional<XlValue> any(String key) {
        return file.live(key);
    }

    /** The line of the value that counts, or 0 when the file does not set the key. */
    int line(String key) {
        return file.last(key).map(XlSetting::line).orElse(0);
    }

    void warn(String key, String what) {
        warnings.add(new XlNotice(line(key), "`" + key + "` " + what));
    }

    /** What {@link GuestConfig#lines} holds. */
    Map<String, Integer> lines() {
        Map<String, Integer> lines = new TreeMap<>();
        file.settings().stream()
                .filter(s -> XlKeys.MODELLED.contains(s.name()))
                .forEach(s -> lines.put(s.name(), s.line()));
        return lines;
    }

    /** What {@link GuestConfig#notModelled} holds. */
    List<String> notModelled() {
        return file.settings().stream()
                .map(XlSetting::name)
                .filter(name -> XlKeys.ALL.contains(name) && !XlKeys.MODELLED.contains(name))
                .distinct()
                .sorted()
                .toList();
    }

    /** All the warnings so far, and one for each name that xl does not know. */
    List<XlNotice> warnings() {
        Map<String, Integer> unknown = new TreeMap<>();
        file.settings().stream()
                .filter(s -> !XlKeys.ALL.contains(s.name()))
                .forEach(s -> unknown.putIfAbsent(s.name(), s.line()));
        List<XlNotice> all = new ArrayList<>(warnings);
        unknown.forEach((name, line) -> {
            String remedy = XlKeys.nearest(name)
                    .map(key -> "; did you mean `" + key + "`?")
                    .orElse("");
            String what = "xl ignores `" + Excerpt.of(name) + "` silently: it is not a key of xl" + remedy;
            all.add(new XlNotice(line, what));
        });
        all.sort(Comparator.comparingInt(XlNotice::line));
        return all;
    }
}
