package org.xenfleet.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xenfleet.xen.Costs;
import org.xenfleet.xen.operation.OperationCatalogue;

/** The section {@code costs}: its keys, whose defaults are those of the model, and how it is read. */
final class CostKeys {
    private static final Costs DEFAULT = Costs.DEFAULT;

    private CostKeys() {}

    static void put(Map<String, Map<String, Key>> all) {
        List<Key> keys = new ArrayList<>();
        OperationCatalogue.shipped()
                .all()
                .forEach(o -> keys.add(
                        key(o.cost().key(), o.cost().defaultNs(), 0, o.cost().meaning())));
        keys.addAll(List.of(
                key(
                        "p2m-table",
                        DEFAULT.p2mTable(),
                        0,
                        "Extra once per 512 entries: a table page allocated and cleared, or a superpage split."),
                key(
                        "flush-idle",
                        DEFAULT.flushIdle(),
                        0,
                        "Flush of a present entry when no pCPU is in the target's dirty mask."),
                key(
                        "flush-base",
                        DEFAULT.flushBase(),
                        0,
                        "Flush of a present entry when at least one pCPU is in the mask."),
                key("flush-per-cpu", DEFAULT.flushPerCpu(), 0, "Added to `flush-base` for every pCPU in the mask."),
                key("hypercall-pv", DEFAULT.hypercallPv(), 1, "Round trip of a hypercall by a PV vCPU."),
                key("hypercall-hvm", DEFAULT.hypercallHvm(), 1, "Round trip of a hypercall by an HVM or PVH vCPU."),
                key(
                        "softirq-pass",
                        DEFAULT.softirqPass(),
                        0,
                        "One pass over the pending softirqs that switches nothing."),
                key("context-switch", DEFAULT.contextSwitch(), 0, "Added when a pass ends in another vCPU."),
                key(
                        "ept-violation",
                        DEFAULT.eptViolation(),
                        0,
                        "One nested page fault handled in Xen, without waiting for locks."),
                key(
                        "wake-idle-cpu",
                        DEFAULT.wakeIdleCpu(),
                        0,
                        "From a remote poke of an idle pCPU to its first softirq."),
                key(
                        "timer-latency",
                        DEFAULT.timerLatency(),
                        0,
                        "From when a Xen timer is due to its handler, on a pCPU that takes the interrupt at once."),
                key(
                        "credit-tick",
                        DEFAULT.creditTick(),
                        0,
                        "From the beginning of credit's tick to when it sets its timer again."),
                key(
                        "credit-accounting",
                        DEFAULT.creditAccounting(),
                        0,
                        "From the beginning of credit's accounting to when it sets its timer again.")));
        KeyTable.put(all, KeyTable.COSTS, keys.toArray(new Key[0]));
    }

    static Costs read(Section costs) {
        SortedMap<String, Long> iterations = new TreeMap<>();
        OperationCatalogue.shipped().defaultCosts().keySet().forEach(key -> iterations.put(key, costs.number(key)));
        return new Costs(
                costs.number("p2m-table"),
                costs.number("flush-idle"),
                costs.number("flush-base"),
                costs.number("flush-per-cpu"),
                costs.number("hypercall-pv"),
                costs.number("hypercall-hvm"),
                costs.number("softirq-pass"),
                costs.number("context-switch"),
                costs.number("ept-violation"),
                costs.number("wake-idle-cpu"),
                costs.number("timer-latency"),
                costs.number("credit-tick"),
                costs.number("credit-accounting"),
                iterations);
    }

    /** A cost is at most a second: the engine adds many of them. */
    private static Key key(String name, long fallback, long least, String meaning) {
        return Key.of(name, KeyType.DURATION, Quantity.text(KeyType.DURATION, fallback), meaning)
                .range(least, 1_000_000_000L);
    }
}
