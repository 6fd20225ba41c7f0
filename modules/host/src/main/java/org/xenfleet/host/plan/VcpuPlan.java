package org.xenfleet.host.plan;

import org.xenfleet.scenario.WorkloadSpec;
import org.xenfleet.xen.sched.Affinity;

/**
 * A vCPU before the host runs.
 *
 * @param number on the host, in the order of domids
 * @param index in its domain
 * @param processor where it is placed first, before affinity
 * @param affinity pCPUs it may run on and prefers
 * @param targetDomid the domain that a hypercalls workload works on, or -1
 */
public record VcpuPlan(
        int number, int domid, int index, int processor, Affinity affinity, WorkloadSpec workload, int targetDomid) {}
