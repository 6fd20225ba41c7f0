package org.xenfleet.scenario;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xenfleet.xen.operation.OperationCatalogue;

/**
 * One kind of host. Immutable.
 *
 * @param cpus pCPUs, 1 to 4096
 * @param sockets divides {@code cpus}
 * @param threadsPerCore divides the pCPUs of a socket
 * @param frequencyHz of every pCPU
 * @param memoryBytes what dom0, guests and stub domains share
 * @param cpuPools by name, without Pool-0, which has the remaining pCPUs and dom0
 * @param domains the guests in the order of their creation, {@code count} applied; stub domains are not listed, each
 *     comes right after its guest
 * @param operations the calls that its domains know: those that are shipped, and those of the scenario
 * @param unresponsiveAfterNs how long dom0 is without progress until the host counts as unresponsive, at least 1
 */
public record HostSpec(
        String name,
        int cpus,
        int sockets,
        int threadsPerCore,
        long frequencyHz,
        long memoryBytes,
        XenSpec xen,
        Dom0Spec dom0,
        SortedMap<String, CpuPoolSpec> cpuPools,
        List<DomainSpec> domains,
        OperationCatalogue operations,
        long unresponsiveAfterNs) {
    public HostSpec {
        cpuPools = Collections.unmodifiableSortedMap(new TreeMap<>(cpuPools));
        domains = List.copyOf(domains);
    }

    /** The names of what its dom0 does as a reaction to an outage, see {@link WorkloadSpec.Hypercalls#reaction}. */
    public List<String> reactions() {
        return dom0.workloads().stream()
                .filter(HostSpec::isReaction)
                .map(WorkloadSpec::name)
                .toList();
    }

    /** The same kind of host on which nobody reacts. */
    public HostSpec withoutReactions() {
        List<WorkloadSpec> others =
                dom0.workloads().stream().filter(w -> !isReaction(w)).toList();
        Dom0Spec calm = new Dom0Spec(
                dom0.vcpus(),
                dom0.memoryBytes(),
                dom0.pin(),
                others.isEmpty() ? List.of(new WorkloadSpec.Idle("idle")) : others,
                dom0.kernel());
        return new HostSpec(
                name,
                cpus,
                sockets,
                threadsPerCore,
                frequencyHz,
                memoryBytes,
                xen,
                calm,
                cpuPools,
                domains,
                operations,
                unresponsiveAfterNs);
    }

    private static boolean isReaction(WorkloadSpec workload) {
        return workload instanceof WorkloadSpec.Hypercalls calls && calls.reaction();
    }
}
