package org.xenfleet.xen.sched;

import java.util.BitSet;

/**
 * Where a vCPU may run and where it would rather run. The masks must not be changed.
 *
 * @param hard pCPUs it may run on, at least one of its pool
 * @param soft pCPUs it prefers among them; all that are hard for no preference
 */
public record Affinity(BitSet hard, BitSet soft) {
    /** No preference among the pCPUs it may run on. */
    public static Affinity hard(BitSet cpus) {
        return new Affinity(cpus, cpus);
    }
}
