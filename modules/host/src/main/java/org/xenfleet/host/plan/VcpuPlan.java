package org.xenfleet.host.plan;

import java.util.BitSet;
import org.xenfleet.scenario.WorkloadSpec;

/**
 * A vCPU before the host runs.
 *
 * @param number on the host, in the order of domids
 * @param index in its domain
 * @param processor where it is placed first, before affinity
 * @param affinity pCPUs it may run on; must not be changed
 * @param targetDomid the domain that a hypercalls workload works on, or -1
 */
public record VcpuPlan(
        int number, int domid, int index, int processor, BitSet affinity, WorkloadSpec workload, int targetDomid) {}
