package org.xenfleet.xen.operation;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xenfleet.xen.CostLevel;
import org.xenfleet.xen.Costs;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.operation.Operation.Cost;
import org.xenfleet.xen.operation.Operation.Iterates;
import org.xenfleet.xen.operation.Operation.On;

/** The operations that are shipped. Immutable; may be shared by threads. */
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

    /**
     * The same operations under the same numbers, as a release has them. Those that it does not have at all are there too, see
     * {@link Operation#releases}.
     *
     * @param bits width of the hypervisor, 32 or 64
     */
    public static OperationCatalogue of(XenVersion version, int bits) {
        return new OperationCatalogue(
                SHIPPED.operations.stream().map(o -> o.in(version, bits)).toList());
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

    /** What one iteration of the call costs, in ns; an entry of a multicall includes the call in it. */
    public long unit(Operation operation, CallRequest request, Costs costs) {
        long own = costs.iteration(operation.cost().key());
        return operation.iterates() == Iterates.CALLS
                ? own + costs.iteration(at((int) request.code()).cost().key())
                : own;
    }
}
