package org.xenfleet.xen;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which column of the table of costs is meant: how dear Xen's work is taken to be. */
public enum CostLevel {
    LOW,
    DEFAULT,
    HIGH;

    /** As users write it: {@code low}, {@code default}, {@code high}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> labels() {
        return Arrays.stream(values()).map(CostLevel::label).toList();
    }

    /** Empty for any other text. */
    public static Optional<CostLevel> of(String label) {
        return Arrays.stream(values()).filter(l -> l.label().equals(label)).findFirst();
    }
}
