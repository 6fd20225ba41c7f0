package org.xenfleet.xlcfg;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A parsed file: every assignment in file order, also those that a later one overrides. Immutable. */
public record XlFile(String fileName, List<XlSetting> settings) {
    public XlFile {
        Objects.requireNonNull(fileName);
        settings = List.copyOf(settings);
    }

    /**
     * The value that xl reads for a name: that of the last {@code =}, with what each later {@code +=} adds; texts are
     * joined, lists appended (xlcfg-grammar section 1.4). A text that {@code +=} had a part in is never a number. Takes
     * time linear in the file.
     */
    public Optional<XlValue> live(String name) {
        List<XlSetting> parts = liveParts(name);
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        XlSetting last = parts.get(parts.size() - 1);
        return Optional.of(last.appends() ? join(parts) : last.value());
    }

    /** The last assignment of a name, whose operator and line are those xl goes by. */
    Optional<XlSetting> last(String name) {
        return settings.stream().filter(s -> s.name().equals(name)).reduce((earlier, later) -> later);
    }

    private List<XlSetting> liveParts(String name) {
        List<XlSetting> parts = new ArrayList<>();
        for (XlSetting setting : settings) {
            if (setting.name().equals(name)) {
                if (!setting.appends()) {
                    parts.clear();
                }
                parts.add(setting);
            }
        }
        return parts;
    }

    private static XlValue join(List<XlSetting> parts) {
        StringBuilder text = new StringBuilder();
        List<XlValue> items = new ArrayList<>();
        boolean list = false;
        for (XlSetting part : parts) {
            if (part.value() instanceof XlValue.ListOf more) {
                items.addAll(more.items());
                list = true;
            } else if (part.value() instanceof XlValue.Scalar more) {
                text.append(more.text());
            }
        }
        return list ? new XlValue.ListOf(items) : new XlValue.Scalar(text.toString(), false);
    }
}
