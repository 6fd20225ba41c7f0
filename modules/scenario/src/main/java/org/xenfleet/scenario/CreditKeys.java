package org.xenfleet.scenario;

import java.util.List;
import java.util.OptionalLong;
import org.xenfleet.xen.sched.CreditParameters;
import org.xenfleet.xen.sched.SchedulerKind;

/**
 * The scheduler parameters of one CPU pool, as {@code xl sched-credit -s} and {@code xl sched-credit2 -s} set them; what a pool leaves out is as Xen's
 * command line has it.
 */
final class CreditKeys {
    private static final long US = 1_000L;
    private static final long MS = 1_000_000L;

    private CreditKeys() {}

    static Key[] keys() {
        return new Key[] {
            Key.optional(
                            "tslice",
                            KeyType.DURATION,
                            "Credit: time slice and accounting period of the pool, whole milliseconds. Default: as the"
                                    + " command line has it.")
                    .range(MS, CreditParameters.MAX_TSLICE_MS * MS),
            Key.optional(
                            "ratelimit",
                            KeyType.DURATION,
                            "Credit and credit2: a vCPU keeps its pCPU at least that long; `0us`, or `100us` to `500ms`, under"
                                    + " credit at most the slice. Default: as the command line has it.")
                    .range(0, CreditParameters.MAX_RATELIMIT_US * US),
            Key.optional(
                            "migration-delay",
                            KeyType.DURATION,
                            "Credit: a vCPU that ran less than that ago is not stolen by another pCPU. Default: as the"
                                    + " command line has it.")
                    .range(0, CreditParameters.MAX_MIGRATION_DELAY_US * US)
        };
    }

    /** The pool's own parameters over {@code otherwise}. */
    static CreditParameters read(Section pool, SchedulerKind scheduler, CreditParameters otherwise) {
        noticeUseless(pool, scheduler);
        int slice = whole(pool, "tslice", MS, "milliseconds", otherwise.tsliceMs());
        int limit = whole(pool, "ratelimit", US, "microseconds", otherwise.ratelimitUs());
        int delay = whole(pool, "migration-delay", US, "microseconds", otherwise.migrationDelayUs());
        if (limit != 0 && limit < CreditParameters.MIN_RATELIMIT_US) {
            pool.problem("ratelimit", "is under 100us; it must be 0us (off) or 100us to 500ms");
            return otherwise;
        }
        if (scheduler != SchedulerKind.CREDIT) {
            return withLimit(otherwise, limit);
        }
        if (limit > slice * 1000) {
            pool.problem(
                    pool.has("ratelimit") ? "ratelimit" : "tslice",
                    "makes the rate limit, " + limit + " us, longer than the slice, " + slice
                            + " ms; the limit must be at most the slice");
            return otherwise;
        }
        return new CreditParameters(slice, limit, delay, otherwise.tickleOneIdle());
    }

    private static void noticeUseless(Section pool, SchedulerKind scheduler) {
        List<String> useless = switch (scheduler) {
            case CREDIT -> List.of();
            case CREDIT2 -> List.of("tslice", "migration-delay");
            case NULL -> List.of("tslice", "ratelimit", "migration-delay");
        };
        for (String key : useless) {
            if (pool.has(key)) {
                pool.notice(key, "changes nothing: the scheduler " + scheduler.word() + " has none");
            }
        }
    }

    /** The limit, and a slice that is not shorter, which nobody looks at. */
    private static CreditParameters withLimit(CreditParameters otherwise, int limit) {
        int slice = Math.max(otherwise.tsliceMs(), (limit + 999) / 1000);
        return new CreditParameters(slice, limit, otherwise.migrationDelayUs(), otherwise.tickleOneIdle());
    }

    private static int whole(Section pool, String name, long unit, String units, int otherwise) {
        OptionalLong ns = pool.orWord(name);
        if (ns.isEmpty()) {
            return otherwise;
        }
        if (ns.getAsLong() % unit != 0) {
            pool.problem(
                    name,
                    "= " + Quantity.text(KeyType.DURATION, ns.getAsLong()) + " is not a whole number of " + units);
            return otherwise;
        }
        return Math.toIntExact(ns.getAsLong() / unit);
    }
}
