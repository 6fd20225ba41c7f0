package org.xenfleet.xen;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What Xen's work costs in CPU time. All values are nanoseconds and at least 0; {@code hypercallPv} and
 * {@code hypercallHvm} are at least 1, so that an endless sequence of empty calls still moves time. Immutable.
 *
 * <p>Source: xen-semantics section 6, its columns "low", "default" and "high"; the last three costs measured on Xen 4.17.7 for
 * the default, otherwise estimates.
 *
 * @param p2mTable extra once per 512 entries: a table page allocated and cleared, or a superpage split
 * @param flushIdle flush of a present entry when no pCPU is in the target's dirty mask
 * @param flushBase flush of a present entry when at least one pCPU is in the mask
 * @param flushPerCpu added to {@code flushBase} for every pCPU in the mask
 * @param hypercallPv round trip of a hypercall by a PV vCPU
 * @param hypercallHvm round trip of a hypercall by an HVM or PVH vCPU
 * @param softirqPass one pass over the pending softirqs that switches nothing
 * @param contextSwitch added when a pass ends in another vCPU
 * @param eptViolation one nested page fault handled in Xen, waiting for locks excluded
 * @param wakeIdleCpu from a remote poke of an idle pCPU to its first softirq
 * @param timerLatency from when a Xen timer is due to its handler, on a pCPU that takes the interrupt at once
 * @param creditTick from the beginning of credit's tick to when it sets its timer again
 * @param creditAccounting from the beginning of credit's accounting to when it sets its timer again
 * @param p2mGapWin how long a p2m's lock without a queue must be free until one who spins for it notices
 * @param tasklet from when a pCPU's idle vCPU runs to the work of the tasklet itself
 * @param stopMachine from the arrival of the last pCPU to when all go on, without what is done meanwhile
 * @param iterations by the key that the catalogue of operations gives it, one iteration of an operation
 */
public record Costs(
        long p2mTable,
        long flushIdle,
        long flushBase,
        long flushPerCpu,
        long hypercallPv,
        long hypercallHvm,
        long softirqPass,
        long contextSwitch,
        long eptViolation,
        long wakeIdleCpu,
        long timerLatency,
        long creditTick,
        long creditAccounting,
        long p2mGapWin,
        long tasklet,
        long stopMachine,
        SortedMap<String, Long> iterations) {

    /** What does not depend on the operations; {@link #withIterations} adds those. */
    public static final Costs DEFAULT = new Costs(
            600,
            50,
            2_000,
            500,
            300,
            700,
            1_000,
            3_000,
            2_000,
            5_000,
            1_000,
            500,
            500,
            200,
            500,
            20_000,
            Collections.emptySortedMap());

    /** A fast machine; without operations as well. */
    public static final Costs LOW = new Costs(
            300,
            30,
            1_000,
            200,
            150,
            400,
            300,
            1_500,
            1_000,
            2_000,
            500,
            250,
            250,
            50,
            200,
            5_000,
            Collections.emptySortedMap());

    /** A slow machine of many sockets, on which a flush takes milliseconds; without operations as well. */
    public static final Costs HIGH = new Costs(
            1_500,
            100,
            5_000_000,
            0,
            1_000,
            1_500,
            5_000,
            10_000,
            5_000,
            30_000,
            5_000,
            2_000,
            2_000,
            800,
            2_000,
            100_000,
            Collections.emptySortedMap());

    /** Without operations, as the constants. */
    public static Costs of(CostLevel level) {
        return switch (level) {
            case LOW -> LOW;
            case DEFAULT -> DEFAULT;
            case HIGH -> HIGH;
        };
    }

    public Costs {
        iterations = Collections.unmodifiableSortedMap(new TreeMap<>(iterations));
        if (p2mTable < 0 || flushIdle < 0 || flushBase < 0 || flushPerCpu < 0) {
            throw new IllegalArgumentException("a cost is negative");
        }
        if (hypercallPv < 1 || hypercallHvm < 1) {
            throw new IllegalArgumentException("a hypercall's round trip takes at least 1 ns");
        }
        if (softirqPass < 0
                || contextSwitch < 0
                || eptViolation < 0
                || wakeIdleCpu < 0
                || timerLatency < 0
                || creditTick < 0
                || creditAccounting < 0
                || p2mGapWin < 0
                || tasklet < 0
                || stopMachine < 0) {
            throw new IllegalArgumentException("a cost is negative");
        }
        iterations.forEach((key, ns) -> {
            if (ns < 0) {
                throw new IllegalArgumentException("the cost " + key + " is negative");
            }
        });
    }

    /** One iteration of the operations whose cost has this key, in ns. */
    public long iteration(String key) {
        Long ns = iterations.get(key);
        if (ns == null) {
            throw new IllegalArgumentException("no cost " + key + "; there are " + iterations.keySet());
        }
        return ns;
    }

    /** The same costs with those of one iteration of each operation. */
    public Costs withIterations(SortedMap<String, Long> ofOperations) {
        return new Costs(
                p2mTable,
                flushIdle,
                flushBase,
                flushPerCpu,
                hypercallPv,
                hypercallHvm,
                softirqPass,
                contextSwitch,
                eptViolation,
                wakeIdleCpu,
                timerLatency,
                creditTick,
                creditAccounting,
                p2mGapWin,
                tasklet,
                stopMachine,
                ofOperations);
    }

    /** Flush of one present entry with {@code dirtyCpus} pCPUs in the target's dirty mask, in ns. */
    public long flush(int dirtyCpus) {
        return dirtyCpus == 0 ? flushIdle : flushBase + flushPerCpu * dirtyCpus;
    }
}
