package org.xenfleet.scenario;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

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
        long unresponsiveAfterNs) {
    public HostSpec {
        cpuPools = Collections.unmodifiableSortedMap(new TreeMap<>(cpuPools));
        domains = List.copyOf(domains);
    }
}
