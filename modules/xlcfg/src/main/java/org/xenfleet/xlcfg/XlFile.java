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
        return live(settings.stream().filter(s -> s.name().equals(name)).toList());
    }

    /** As above, from all the assignments of one name. */
    static Optional<XlValue> live(List<XlSetting> ofOneName) {
        List<XlSetting> parts = new ArrayList<>();
        for (XlSetting setting : ofOneName) {
            if (!setting.appends()) {
                parts.clear();
            }
            parts.add(setting);
        }
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        XlSetting last = parts.get(parts.size() - 1);
        return Optional.of(last.appends() ? join(parts) : last.value());
    }

    /**
     * The assignments in file order, each with the value that xl's parser holds for it in the end: that of a {@code +=}
     * is the sum so far, and a list that was added to is empty. Linear in the file; see {@link HeldSettings}.
     */
    public List<XlSetting> held() {
        return HeldSettings.of(settings);
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
