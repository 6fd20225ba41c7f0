package org.xenfleet.host.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.xenfleet.scenario.DomainSpec;
import org.xenfleet.scenario.HostSpec;
import org.xenfleet.scenario.WorkloadSpec;
import org.xenfleet.xen.operation.Operation;

/**
 * What a branch changes of the domains of a kind of host that cannot change: who they are and how they are built. What they do
 * can change, except where calls or requests under way refer to it. Used once.
 */
final class BranchOfDomains {
    private static final String BUILT = "a domain stays as it was built";

    private final List<String> refusals = new ArrayList<>();

    private BranchOfDomains() {}

    /** Of two kinds that are alike in what a {@link BranchCheck} compares first. */
    static List<String> refusals(HostPlan planBefore, HostPlan planAfter) {
        HostSpec before = planBefore.spec();
        HostSpec after = planAfter.spec();
        BranchOfDomains check = new BranchOfDomains();
        String key = "hosts." + before.name() + ".domains";
        List<String> were = names(before);
        List<String> are = names(after);
        if (were.equals(are)) {
            for (int i = 0; i < were.size(); i++) {
                check.domain(key, before.domains().get(i), after.domains().get(i));
            }
        } else {
            check.add(key + ": " + were + " in the run, " + are
                    + " here; a branch cannot create domains, take them away, or change their order");
        }
        if (check.refusals.isEmpty()) {
            check.underWay("hosts." + before.name(), planBefore, planAfter);
        }
        return check.refusals;
    }

    private static List<String> names(HostSpec spec) {
        return spec.domains().stream().map(DomainSpec::name).toList();
    }

    private void domain(String of, DomainSpec was, DomainSpec is) {
        String key = of + "." + was.key();
        same(key + " type", was.type().label(), is.type().label());
        same(key + " memory", was.memoryMiB() + "MiB", is.memoryMiB() + "MiB");
        same(key + " maxmem", was.maxMemMiB() + "MiB", is.maxMemMiB() + "MiB");
        same(key + " vcpus", was.vcpus(), is.vcpus());
        same(key + " maxvcpus", was.maxVcpus(), is.maxVcpus());
        same(key + " cpus", was.hardAffinity(), is.hardAffinity());
        same(key + " cpus_soft", was.softAffinity(), is.softAffinity());
        same(key + " cpu_weight", was.weight(), is.weight());
        same(key + " cap", was.cap(), is.cap());
        same(key + " pool", was.cpuPool(), is.cpuPool());
        same(key + " device_model_stubdomain_override", was.stubDomain(), is.stubDomain());
        same(key + " on_crash", was.onCrash(), is.onCrash());
        same(key + ".device-model-cpus", was.deviceModelCpus(), is.deviceModelCpus());
        same(key + ".mem-access-listener", was.memAccessListener(), is.memAccessListener());
        same(key + ".max-gfn", was.maxGfn(), is.maxGfn());
        same(key + ".state", was.state(), is.state());
        same(key + ".paused", was.paused(), is.paused());
    }

    private void same(String key, Object before, Object after) {
        if (!before.equals(after)) {
            add(key + ": " + show(before) + " in the run, " + show(after) + " here; " + BUILT);
        }
    }

    private static String show(Object value) {
        return value.toString()
                .replaceAll("Optional(?:Long)?\\[([^]]*)]", "$1")
                .replaceAll("Optional(?:Long)?\\.empty", "any");
    }

    /** Domains of a count share a key and a sentence. */
    private void add(String refusal) {
        if (!refusals.contains(refusal)) {
            refusals.add(refusal);
        }
    }

    /** Calls under way hold the numbers of masks, requests under way those of guests. */
    private void underWay(String key, HostPlan before, HostPlan after) {
        List<BitSet> were = before.cpuMasks();
        List<BitSet> are = after.cpuMasks();
        if (are.size() < were.size() || !are.subList(0, were.size()).equals(were)) {
            add(key + ": setvcpuaffinity pins to " + were + " in the run, to " + are
                    + " here; such calls may be under way, so that others can only be added behind them");
        }
        operations(key + ".xen.fixes", before, after);
        List<Integer> served = served(before);
        if (!served.equals(served(after))) {
            add(key + ".dom0.workload: its back-end serves " + names(before, served) + " in the run, "
                    + names(after, served(after)) + " here; devices are not moved while a host runs");
        }
    }

    /** A call under way goes on as it is, and may hold locks and have done stages that it has no more with the fix. */
    private void operations(String key, HostPlan before, HostPlan after) {
        if (!before.catalogue().locks().equals(after.catalogue().locks())) {
            add("operations: take the locks " + before.catalogue().locks() + " in the run, "
                    + after.catalogue().locks() + " here; who holds one cannot be told from the past");
        }
        List<Operation> were = before.catalogue().all();
        List<Operation> are = after.catalogue().all();
        for (int i = 0; i < were.size(); i++) {
            if (i >= are.size() || !were.get(i).name().equals(are.get(i).name())) {
                add("operations: others in the run than here; calls under way go by their numbers");
                return;
            }
            Operation was = were.get(i);
            if (!was.doesTheSameAs(are.get(i)) && (isMade(was, before) || isMade(was, after))) {
                add(key + ": with " + after.spec().xen().fixes() + " " + was.name()
                        + " is another call, not only one that gives way; such calls may be under way, so that a branch"
                        + " cannot add the fix");
            }
        }
    }

    /** Whether a workload makes a call, or one that it is a stage of. */
    private static boolean isMade(Operation operation, HostPlan plan) {
        return plan.vcpus().stream()
                .map(VcpuPlan::workload)
                .filter(WorkloadSpec.Hypercalls.class::isInstance)
                .flatMap(w -> ((WorkloadSpec.Hypercalls) w).operations().stream())
                .map(name -> plan.catalogue().find(name).orElseThrow())
                .anyMatch(o -> o.name().equals(operation.name()) || o.works().contains(operation.name()));
    }

    private static List<Integer> served(HostPlan plan) {
        Optional<BackendPlan> backend = plan.domains().get(0).backend();
        return backend.map(BackendPlan::domids).orElse(List.of());
    }

    private static String names(HostPlan plan, List<Integer> domids) {
        return domids.isEmpty()
                ? "nobody"
                : domids.stream()
                        .map(d -> plan.domains().get(d).name())
                        .toList()
                        .toString();
    }
}
