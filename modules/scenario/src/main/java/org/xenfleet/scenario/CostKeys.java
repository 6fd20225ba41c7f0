package org.xenfleet.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.xenfleet.xen.CostLevel;
import org.xenfleet.xen.Costs;
import org.xenfleet.xen.operation.OperationCatalogue;

/** The section {@code costs}: its keys, whose values at each level are those of the model, and how it is read. */
final class CostKeys {
    private static final String LEVEL = "level";

    /** A key, its least value, and what it stands for at each level. */
    private record Cost(String key, long least, ToLongFunction<CostLevel> at, String meaning) {
        static Cost of(String key, long least, ToLongFunction<Costs> value, String meaning) {
            return new Cost(key, least, level -> value.applyAsLong(Costs.of(level)), meaning);
        }
    }

    private static final List<Cost> OF_THE_MODEL = List.of(
            Cost.of(
                    "p2m-table",
                    0,
                    Costs::p2mTable,
                    "Extra once per 512 entries: a table page allocated and cleared, or a superpage split."),
            Cost.of(
                    "flush-idle",
                    0,
                    Costs::flushIdle,
                    "Flush of a present entry when no pCPU is in the target's dirty mask."),
            Cost.of(
                    "flush-base",
                    0,
                    Costs::flushBase,
                    "Flush of a present entry when at least one pCPU is in the mask."),
            Cost.of("flush-per-cpu", 0, Costs::flushPerCpu, "Added to `flush-base` for every pCPU in the mask."),
            Cost.of("hypercall-pv", 1, Costs::hypercallPv, "Round trip of a hypercall by a PV vCPU."),
            Cost.of("hypercall-hvm", 1, Costs::hypercallHvm, "Round trip of a hypercall by an HVM or PVH vCPU."),
            Cost.of("softirq-pass", 0, Costs::softirqPass, "One pass over the pending softirqs that switches nothing."),
            Cost.of("context-switch", 0, Costs::contextSwitch, "Added when a pass ends in another vCPU."),
            Cost.of(
                    "ept-violation",
                    0,
                    Costs::eptViolation,
                    "One nested page fault handled in Xen, without waiting for locks."),
            Cost.of("wake-idle-cpu", 0, Costs::wakeIdleCpu, "From a remote poke of an idle pCPU to its first softirq."),
            Cost.of(
                    "timer-latency",
                    0,
                    Costs::timerLatency,
                    "From when a Xen timer is due to its handler, on a pCPU that takes the interrupt at once."),
            Cost.of(
                    "credit-tick",
                    0,
                    Costs::creditTick,
                    "From the beginning of credit's tick to when it sets its timer again."),
            Cost.of(
                    "credit-accounting",
                    0,
                    Costs::creditAccounting,
                    "From the beginning of credit's accounting to when it sets its timer again."),
            Cost.of(
                    "p2m-gap-win",
                    0,
                    Costs::p2mGapWin,
                    "How long the lock of a p2m must be free until one who spins for it notices; up to 4.6, where the"
                            + " lock has no queue. Longer than the way out of Xen and back in, and whoever spins loses against"
                            + " the next slice of a call that is cut off."),
            Cost.of(
                    "tasklet",
                    0,
                    Costs::tasklet,
                    "From when a pCPU has switched to its idle vCPU to a tasklet's work."),
            Cost.of(
                    "stop-machine",
                    0,
                    Costs::stopMachine,
                    "From when the last pCPU has stopped to when all go on, without what is done meanwhile."));

    private CostKeys() {}

    static void put(Map<String, Map<String, Key>> all) {
        KeyTable.put(
                all, KeyTable.COSTS, keys(OperationCatalogue.shipped()).values().toArray(Key[]::new));
    }

    /** The keys of the section where there are these operations, by name. */
    static Map<String, Key> keys(OperationCatalogue operations) {
        Map<String, Key> byName = new LinkedHashMap<>();
        List<Key> keys = new ArrayList<>();
        keys.add(Key.of(
                        LEVEL,
                        KeyType.TEXT,
                        CostLevel.DEFAULT.label(),
                        "How dear Xen's work is: which value a cost has that is not given here. Also `--costs`.")
                .oneOf(CostLevel.labels()));
        all(operations).forEach(cost -> keys.add(key(cost)));
        keys.forEach(k -> byName.put(k.name(), k));
        return byName;
    }

    private static List<Cost> all(OperationCatalogue operations) {
        List<Cost> all = new ArrayList<>();
        operations.costs().forEach(c -> all.add(new Cost(c.key(), operations.leastOf(c), c::at, c.meaning())));
        all.addAll(OF_THE_MODEL);
        return all;
    }

    static CostChoice read(Section section, OperationCatalogue operations) {
        CostLevel level = CostLevel.of(section.text(LEVEL)).orElse(CostLevel.DEFAULT);
        Map<String, Long> values = new TreeMap<>();
        List<String> changed = new ArrayList<>();
        for (Cost cost : all(operations)) {
            long standard = cost.at().applyAsLong(level);
            long value = section.number(cost.key(), standard);
            values.put(cost.key(), value);
            if (value != standard) {
                changed.add(cost.key());
            }
        }
        return new CostChoice(level, changed, costs(values));
    }

    private static Costs costs(Map<String, Long> values) {
        SortedMap<String, Long> iterations = new TreeMap<>(values);
        OF_THE_MODEL.forEach(cost -> iterations.remove(cost.key()));
        return new Costs(
                of(values, "p2m-table"),
                of(values, "flush-idle"),
                of(values, "flush-base"),
                of(values, "flush-per-cpu"),
                of(values, "hypercall-pv"),
                of(values, "hypercall-hvm"),
                of(values, "softirq-pass"),
                of(values, "context-switch"),
                of(values, "ept-violation"),
                of(values, "wake-idle-cpu"),
                of(values, "timer-latency"),
                of(values, "credit-tick"),
                of(values, "credit-accounting"),
                of(values, "p2m-gap-win"),
                of(values, "tasklet"),
                of(values, "stop-machine"),
                iterations);
    }

    private static long of(Map<String, Long> values, String key) {
        Long value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no cost " + key);
        }
        return value;
    }

    /** A cost is at most a second: the engine adds many of them. */
    private static Key key(Cost cost) {
        String levels = " Low " + text(cost, CostLevel.LOW) + ", high " + text(cost, CostLevel.HIGH) + ".";
        return Key.of(cost.key(), KeyType.DURATION, text(cost, CostLevel.DEFAULT), cost.meaning() + levels)
                .range(cost.least(), 1_000_000_000L);
    }

    private static String text(Cost cost, CostLevel level) {
        return Quantity.text(KeyType.DURATION, cost.at().applyAsLong(level));
    }
}
