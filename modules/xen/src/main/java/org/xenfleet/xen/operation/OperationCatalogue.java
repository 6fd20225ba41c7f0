package org.xenfleet.xen.operation;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xenfleet.xen.CostLevel;
import org.xenfleet.xen.Costs;
import org.xenfleet.xen.operation.Operation.Iterates;
import org.xenfleet.xen.operation.Operation.On;

/** The operations that are shipped. Immutable. */
public final class OperationCatalogue {
    private static final OperationCatalogue SHIPPED = new OperationCatalogue(OperationReader.shipped());

    private final List<Operation> operations;

    private OperationCatalogue(List<Operation> operations) {
        this.operations = operations;
    }

    public static OperationCatalogue shipped() {
        return SHIPPED;
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
