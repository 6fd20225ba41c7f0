package org.xenfleet.xlcfg;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the tool stack does with a guest that has crashed (xlcfg-grammar section 2.6). */
public enum OnCrash {
    DESTROY("destroy"),
    RESTART("restart"),
    RENAME_RESTART("rename-restart"),
    PRESERVE("preserve"),
    COREDUMP_DESTROY("coredump-destroy"),
    COREDUMP_RESTART("coredump-restart"),
    SOFT_RESET("soft-reset");

    private final String label;

    OnCrash(String label) {
        this.label = label;
    }

    /** The word as xl spells it: lower case, with dashes. */
    public String label() {
        return label;
    }

    /** The action of a word; case and dashes matter, prefixes do not count. */
    static Optional<OnCrash> of(String word) {
        return Arrays.stream(values()).filter(a -> a.label.equals(word)).findFirst();
    }

    /** Every word that {@link #of} takes, for messages. */
    static String known() {
        return Arrays.stream(values()).map(OnCrash::label).collect(Collectors.joining(", "));
    }
}
