package org.xenfleet.scenario;

import java.util.List;

/**
 * The control domain of a host. Immutable.
 *
 * @param vcpus at least 1
 * @param memoryBytes at least 1 MiB, a multiple of 4096
 * @param workloads what its vCPUs do, at least one
 * @param kernel what its kernel notices
 * @param pin whether vCPU n runs on pCPU n only
 */
public record Dom0Spec(int vcpus, long memoryBytes, boolean pin, List<WorkloadSpec> workloads, KernelSpec kernel) {
    public Dom0Spec {
        workloads = List.copyOf(workloads);
    }
}
