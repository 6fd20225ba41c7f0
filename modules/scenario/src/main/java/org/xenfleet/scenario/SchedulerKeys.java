package org.xenfleet.scenario;

import java.util.Optional;
import org.xenfleet.xen.ReleaseRange;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.sched.SchedulerKind;

/** Which scheduler a CPU pool has: by its key {@code scheduler}, Xen's command line, and the release. */
final class SchedulerKeys {
    private static final String KEY = "scheduler";

    private SchedulerKeys() {}

    static Key ofHost() {
        return Key.optional(
                KEY,
                KeyType.WORD,
                "Scheduler of Pool-0: `credit`, `credit2` (from 4.8 on) or `\"null\"` (from 4.9 on; in quotes). Default: `sched=` of the command"
                        + " line, else what the release runs, `credit` up to 4.11 and `credit2` from 4.12 on.");
    }

    static Key ofPool() {
        return Key.optional(
                KEY,
                KeyType.WORD,
                "`credit`, `credit2` (from 4.8 on) or `\"null\"` (from 4.9 on; in quotes). Default: that of Pool-0.");
    }

    /**
     * The scheduler of Pool-0.
     *
     * @param version empty when it is not known, which is a problem already
     */
    static SchedulerKind readHost(Section xen, Optional<XenVersion> version, Optional<SchedulerKind> onCommandLine) {
        SchedulerKind otherwise =
                onCommandLine.orElse(version.map(XenVersion::defaultScheduler).orElse(SchedulerKind.CREDIT));
        SchedulerKind kind = read(xen, version, otherwise);
        if (onCommandLine.isPresent() && xen.has(KEY) && kind != onCommandLine.get()) {
            xen.problem(
                    KEY,
                    "= " + kind.word() + ", but the command-line says sched="
                            + onCommandLine.get().word() + "; leave one of them out");
        }
        if (!xen.has(KEY)) {
            onCommandLine
                    .flatMap(k -> version.flatMap(v -> whyNot(k, v)))
                    .ifPresent(why -> xen.problem("command-line", "has sched=" + kind.word() + ", which " + why));
        }
        return kind;
    }

    /** The scheduler of another pool. */
    static SchedulerKind read(Section pool, Optional<XenVersion> version, SchedulerKind otherwise) {
        Optional<String> word = pool.optionalText(KEY);
        if (word.isEmpty()) {
            return otherwise;
        }
        Optional<SchedulerKind> kind = SchedulerKind.of(word.get());
        if (kind.isEmpty()) {
            pool.problem(KEY, "= " + word.get() + " is not simulated yet; possible are " + SchedulerKind.known());
        }
        kind.flatMap(k -> version.flatMap(v -> whyNot(k, v)))
                .ifPresent(why -> pool.problem(KEY, "= " + word.get() + " " + why));
        return kind.orElse(otherwise);
    }

    private static Optional<String> whyNot(SchedulerKind kind, XenVersion version) {
        if (kind.isIn(ReleaseRange.line(version.release()))) {
            return Optional.empty();
        }
        return Optional.of(kind.whyNotBefore() + "; " + version.release() + " has credit");
    }
}
