package org.xenfleet.scenario;

/**
 * The control domain of a host. Immutable.
 *
 * @param vcpus at least 1
 * @param memoryBytes at least 1 MiB, a multiple of 4096
 * @param pin whether vCPU n runs on pCPU n only
 */
public record Dom0Spec(int vcpus, long memoryBytes, boolean pin, WorkloadSpec workload) {}
