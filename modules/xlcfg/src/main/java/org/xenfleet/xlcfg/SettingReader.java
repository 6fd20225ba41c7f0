package org.xenfleet.xlcfg;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.xenfleet.xlcfg.device.Excerpt;

/**
 * Reads single settings as the getters of libxlutil do: a value of the wrong kind earns a warning and counts as not
 * given (xlcfg-grammar section 1.6). Collects the warnings and the problems of one file, each once. For one thread.
 */
final class SettingReader {
    private static final int MOST = 1000;
    private static final String NOT_GIVEN = "; it counts as not given";

    private final XlFile file;
    private final Map<String, List<XlSetting>> byName = new TreeMap<>();
    private final Set<XlNotice> warnings = new LinkedHashSet<>();
    private final Set<XlNotice> problems = new LinkedHashSet<>();

    SettingReader(XlFile file) {
        this.file = file;
        for (XlSetting setting : file.settings()) {
            byName.computeIfAbsent(setting.name(), name -> new ArrayList<>()).add(setting);
        }
    }

    String fileName() {
        return file.fileName();
    }

    /** The names that the file sets, in order, each with its assignments. */
    Map<String, List<XlSetting>> byName() {
        return byName;
    }

    Optional<String> text(String key) {
        Optional<XlValue> value = any(key);
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
        if (appends(key)) {
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

    Optional<List<XlValue>> list(String key) {
        Optional<XlValue> value = any(key);
        if (value.isPresent() && value.get() instanceof XlValue.ListOf list) {
            return Optional.of(list.items());
        }
        if (value.isPresent()) {
            warn(key, "is a single value but should be a list" + NOT_GIVEN);
        }
        return Optional.empty();
    }

    /** The value of a key that takes a text or a list. */
    Optional<XlValue> any(String key) {
        return XlFile.live(byName.getOrDefault(key, List.of()));
    }

    /** The number of a key that takes a number or a word, where a word is no reason to warn. */
    OptionalLong numberIfAny(String key) {
        Optional<XlValue> value = any(key);
        return value.isPresent() && value.get() instanceof XlValue.Scalar scalar && scalar.number() && !appends(key)
                ? OptionalLong.of(CLong.parse(scalar.text()).value())
                : OptionalLong.empty();
    }

    boolean isSet(String key) {
        return byName.containsKey(key);
    }

    private boolean appends(String key) {
        return last(key).filter(XlSetting::appends).isPresent();
    }

    private Optional<XlSetting> last(String key) {
        List<XlSetting> all = byName.getOrDefault(key, List.of());
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** The line of the value that counts, or 0 when the file does not set the key. */
    int line(String key) {
        return last(key).map(XlSetting::line).orElse(0);
    }

    void warn(String key, String what) {
        tell(line(key), "`" + key + "` " + what);
    }

    /** A warning of no key that is known. */
    void tell(int line, String sentence) {
        add(warnings, new XlNotice(line, sentence));
    }

    /** @param sentence whole, unlike what {@link #warn} takes */
    void refuse(String key, String sentence) {
        add(problems, new XlNotice(line(key), sentence));
    }

    /** Refuses the file as a whole, for what is not in it. */
    void refuse(String sentence) {
        add(problems, new XlNotice(0, sentence));
    }

    /** Refuses a number out of range; answers whether it is in range, as one that is not given is. */
    boolean requireRange(String key, OptionalLong number, long low, long high, String unit) {
        if (number.isEmpty() || (number.getAsLong() >= low && number.getAsLong() <= high)) {
            return true;
        }
        refuse(key, "`" + key + "` = " + number.getAsLong() + unit + " is out of range: " + low + " to " + high);
        return false;
    }

    /** Beyond {@link #MOST} they are dropped, and {@link #byLine} says so: a hostile file could have a million. */
    private static void add(Set<XlNotice> notices, XlNotice notice) {
        if (notices.size() <= MOST) {
            notices.add(notice);
        }
    }

    List<XlNotice> warnings() {
        return byLine(warnings);
    }

    List<XlNotice> problems() {
        return byLine(problems);
    }

    private static List<XlNotice> byLine(Set<XlNotice> notices) {
        List<XlNotice> sorted = new ArrayList<>(notices);
        boolean more = sorted.size() > MOST;
        if (more) {
            sorted.remove(MOST);
        }
        sorted.sort(Comparator.comparingInt(XlNotice::line));
        if (more) {
            sorted.add(new XlNotice(0, "only the first " + MOST + " remarks of this kind are shown"));
        }
        return sorted;
    }
}
