package org.xenfleet.xen.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.xenfleet.xen.CostLevel;
import org.xenfleet.xen.Costs;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.operation.Operation.Cost;
import org.xenfleet.xen.operation.Operation.Iterates;
import org.xenfleet.xen.operation.Operation.On;

/** Operations under their numbers: those that are shipped, and behind them those of a user. Immutable; may be shared by threads. */
public final class OperationCatalogue {
    private static final OperationCatalogue SHIPPED = new OperationCatalogue(OperationReader.shipped());

    private final List<Operation> operations;

    private OperationCatalogue(List<Operation> operations) {
        this.operations = operations;
        SortedMap<String, Cost> costs = new TreeMap<>();
        for (Operation operation : operations) {
            Cost before = costs.putIfAbsent(operation.cost().key(), operation.cost());
            if (before != null && !before.equals(operation.cost())) {
                throw new IllegalArgumentException(
                        operation.name() + ": another operation has a cost " + before.key() + ", but not the same");
            }
        }
    }

    /** What the files say without the differences of releases: for all that does not depend on them. */
    public static OperationCatalogue shipped() {
        return SHIPPED;
    }

    /** What is shipped, as a release without any fix that would be added to it has it, see {@link #in}. */
    public static OperationCatalogue of(XenVersion version, int bits) {
        return SHIPPED.in(version, bits, fix -> false);
    }

    /**
     * The same operations under the same numbers, as a release has them. Those that it does not have at all are there too, see
     * {@link Operation#releases}.
     *
     * @param bits width of the hypervisor, 32 or 64
     * @param hasFix whether the hypervisor has the fix of an advisory
     */
    public OperationCatalogue in(XenVersion version, int bits, Predicate<String> hasFix) {
        return new OperationCatalogue(
                operations.stream().map(o -> o.in(version, bits, hasFix)).toList());
    }

    /**
     * These operations with others behind them. Names must be new, and the work of every stage must be in the catalogue and
     * have no stages itself; {@link #misfit} says whether that is so.
     */
    public OperationCatalogue with(List<Operation> others) {
        List<Operation> all = new ArrayList<>(operations);
        all.addAll(others);
        return new OperationCatalogue(all);
    }

    /**
     * Why an operation cannot stand behind others.
     *
     * @param path the keys from the top of its file to what is wrong
     * @param message without a full stop
     */
    public record Misfit(List<String> path, String message) {
        public Misfit {
            path = List.copyOf(path);
        }
    }

    /** Why an operation cannot stand behind these; empty if it can. */
    public Optional<Misfit> misfit(Operation added) {
        if (find(added.name()).isPresent()) {
            return Optional.of(new Misfit(
                    List.of("name"), "name = " + added.name() + " is the name of an operation that is there already"));
        }
        Optional<Cost> cost = operations.stream()
                .map(Operation::cost)
                .filter(c -> c.key().equals(added.cost().key()) && !c.equals(added.cost()))
                .findFirst();
        if (cost.isPresent()) {
            return Optional.of(new Misfit(
                    List.of("cost", "key"),
                    "the cost " + cost.get().key() + " is there already, and means another thing: "
                            + cost.get().meaning()));
        }
        return added.works().stream()
                .filter(w -> find(w).map(o -> o.isStaged()).orElse(true))
                .findFirst()
                .map(w -> new Misfit(
                        List.of("stages"), "the stage work " + w + " names no operation that does one thing only"));
    }

    /** The names of the locks of the host that operations take, without that of domctls; sorted. */
    public List<String> locks() {
        SortedSet<String> locks = new TreeSet<>();
        operations.forEach(o -> locks.addAll(o.locks()));
        return List.copyOf(locks);
    }

    /** The names of what domains accumulate and operations count, without {@link Amount#STATE}; sorted. */
    public SortedSet<String> states() {
        SortedSet<String> states = new TreeSet<>();
        for (Operation operation : operations) {
            operation.amounts().stream()
                    .filter(n -> n.startsWith(Amount.STATE))
                    .forEach(n -> states.add(n.substring(Amount.STATE.length())));
        }
        return states;
    }

    public Optional<Operation> find(String name) {
        return operations.stream().filter(o -> o.name().equals(name)).findFirst();
    }

    /** The number by which messages name an operation. */
    public int indexOf(String name) {
        for (int i = 0; i < operations.size(); i++) {
            if (operations.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no operation is named " + name + "; there are " + names());
    }

    public Operation at(int index) {
        return operations.get(index);
    }

    public List<Operation> all() {
        return operations;
    }

    public List<String> names() {
        return operations.stream().map(Operation::name).toList();
    }

    /** What one iteration of something costs; operations may share it. */
    public List<Cost> costs() {
        return operations.stream().map(Operation::cost).distinct().toList();
    }

    /** The least that a cost can be, in ns: an iteration of a call without end takes some time. */
    public long leastOf(Cost cost) {
        boolean endless = operations.stream().anyMatch(o -> o.cost().equals(cost) && o.isEverEndless());
        return endless ? 1 : 0;
    }

    /** Whether any of these operations works on another domain than its caller. */
    public boolean anyOnAnother(List<String> ofNames) {
        return operations.stream().anyMatch(o -> o.on() == On.OTHER && ofNames.contains(o.name()));
    }

    /** What one iteration of each operation costs at that level, in ns, by the key of the scenario. */
    public SortedMap<String, Long> costs(CostLevel level) {
        SortedMap<String, Long> costs = new TreeMap<>();
        operations.forEach(o -> costs.put(o.cost().key(), o.cost().at(level)));
        return costs;
    }

    /** What one iteration of the call costs, in ns, that does {@code within} times what the operation's cost is for. */
    public long unit(Operation operation, CallRequest request, long within, Costs costs) {
        return Amount.times(within, unit(operation, request, costs));
    }

    /** What one iteration of the call costs, in ns; an entry of a multicall includes the call in it. */
    public long unit(Operation operation, CallRequest request, Costs costs) {
        long own = costs.iteration(operation.cost().key());
        return operation.iterates() == Iterates.CALLS
                ? own + costs.iteration(at((int) request.code()).cost().key())
                : own;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OperationCatalogue catalogue && operations.equals(catalogue.operations);
    }

    @Override
    public int hashCode() {
        return operations.hashCode();
    }
}
