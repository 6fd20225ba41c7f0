package org.xenfleet.scenario;

/**
 * When the kernel of dom0, or of a guest, notices that something stands still. Immutable; ns, each 0 for never.
 *
 * @param softLockupNs a vCPU did not run
 * @param rcuStallNs a vCPU did not pass through the scheduler
 * @param hungTaskNs a request of a back-end was not served
 * @param ioTimeoutNs a guest's I/O was not answered
 */
public record KernelSpec(long softLockupNs, long rcuStallNs, long hungTaskNs, long ioTimeoutNs) {}
