package org.xenfleet.xen.sched;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The schedulers that the model has, by the names that Xen's {@code sched=} and {@code xl cpupool-create} use.
 *
 * <p>Sources: xen-semantics sections 4.1 to 4.3; that credit2 is supported since 4.8, experimental before, and that null
 * came with 4.9, as the announcements of those releases say, and caps and soft affinity to credit2 with 4.10, as its feature
 * document says.
 */
public enum SchedulerKind {
    CREDIT("credit", 0, ""),
    CREDIT2("credit2", 4_008, "is experimental before 4.8 and not simulated there"),
    NULL("null", 4_009, "is there from 4.9 on");

    private static final int CREDIT2_WHOLE_SINCE = 4_010;

    private final String word;
    private final int sinceLine;
    private final String whyNotBefore;

    SchedulerKind(String word, int sinceLine, String whyNotBefore) {
        this.word = word;
        this.sinceLine = sinceLine;
        this.whyNotBefore = whyNotBefore;
    }

    public static Optional<SchedulerKind> of(String word) {
        return Arrays.stream(values()).filter(k -> k.word.equals(word)).findFirst();
    }

    /** For messages. */
    public static String known() {
        return Arrays.stream(values()).map(SchedulerKind::word).collect(Collectors.joining(", "));
    }

    public String word() {
        return word;
    }

    /** Whether a release line, 4004 for 4.4, has it; {@link #whyNotBefore} says why not. */
    public boolean isIn(int line) {
        return line >= sinceLine;
    }

    /** Whether it has caps and soft affinity on a line, which came to credit2 with 4.10, if it ever has them. */
    public boolean isWhole(int line) {
        return this != CREDIT2 || line >= CREDIT2_WHOLE_SINCE;
    }

    public String whyNotBefore() {
        return whyNotBefore;
    }
}
