package org.xenfleet.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.xenfleet.xen.operation.Amount;
import org.xenfleet.xen.operation.Operation;
import org.xenfleet.xen.operation.Operation.On;
import org.xenfleet.xen.operation.OperationCatalogue;

/** What guests have accumulated when a run begins: the block {@code state} of a domain, and whether everybody has one who needs it. */
final class StateNames {
    private static final String KEY = "state";
    private static final long MOST = 1L << 40;

    private final Section host;
    private final Map<String, DomainSpec> guests = new TreeMap<>();
    private final OperationCatalogue operations;

    private StateNames(Section host, List<DomainSpec> domains, OperationCatalogue operations) {
        this.host = host;
        this.operations = operations;
        domains.forEach(d -> guests.put(d.name(), d));
    }

    /** The keys of the block where there are these operations, by name. */
    static Map<String, Key> keys(OperationCatalogue operations) {
        Map<String, Key> keys = new LinkedHashMap<>();
        for (String state : operations.states()) {
            String counting = operations.all().stream()
                    .filter(o -> o.amounts().contains(Amount.STATE + state))
                    .map(Operation::name)
                    .collect(Collectors.joining(", "));
            keys.put(
                    state,
                    Key.optional(state, KeyType.INTEGER, "How many of them it has; counted by " + counting + ".")
                            .range(0, MOST));
        }
        return keys;
    }

    /** What the block says; nothing where there is none. */
    static SortedMap<String, Long> read(Section domain, OperationCatalogue operations) {
        SortedMap<String, Long> state = new TreeMap<>();
        if (domain.has(KEY)) {
            Section block = Blocks.child(domain, KEY, keys(operations));
            for (String name : operations.states()) {
                block.orWord(name).ifPresent(n -> state.put(name, n));
            }
        }
        return state;
    }

    /** Reports calls on domains that do not say what they have of what the call counts. */
    static void check(Section host, List<DomainSpec> domains, Dom0Spec dom0, OperationCatalogue operations) {
        StateNames names = new StateNames(host, domains, operations);
        dom0.workloads().forEach(w -> names.check(w, "dom0", "Domain-0", "Domain-0"));
        for (DomainSpec domain : domains) {
            String owner = "domains." + domain.key();
            String deviceModel = domain.stubDomain() ? domain.name() + "-dm" : "Domain-0";
            names.check(domain.workload(), owner, domain.name(), domain.name());
            domain.deviceModelWorkload().ifPresent(w -> names.check(w, owner, deviceModel, domain.name()));
        }
    }

    /** {@code other} is who is worked on where an operation needs another domain and the workload names none. */
    private void check(WorkloadSpec workload, String owner, String caller, String other) {
        if (!(workload instanceof WorkloadSpec.Hypercalls calls)) {
            return;
        }
        List<String> named = calls.aim().names();
        for (String name : calls.operations()) {
            Operation operation = operations.find(name).orElseThrow();
            boolean onOther = operation.on() == On.OTHER || operation.on() == On.ANY && !named.isEmpty();
            List<String> targets = !onOther ? List.of(caller) : named.isEmpty() ? List.of(other) : named;
            for (String amount : operation.amounts()) {
                if (amount.startsWith(Amount.STATE)) {
                    String state = amount.substring(Amount.STATE.length());
                    targets.forEach(t -> check(calls, owner, operation, t, state));
                }
            }
        }
    }

    private void check(WorkloadSpec.Hypercalls calls, String owner, Operation operation, String target, String state) {
        Optional<DomainSpec> guest = Optional.ofNullable(guests.get(target));
        if (guest.isEmpty() || !guest.get().state().containsKey(state)) {
            host.problem(
                    owner,
                    "has the workload " + calls.name() + ", which makes " + operation.name() + " on " + target
                            + (guest.isEmpty()
                                    ? "; it counts " + state + ", which only guests have"
                                    : ", of which nobody says how many " + state + " it has; give domains."
                                            + guest.get().key() + " state { " + state + " = 0 }, or more"));
        }
    }
}
