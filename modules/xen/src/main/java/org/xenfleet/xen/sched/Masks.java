package org.xenfleet.xen.sched;

import java.util.BitSet;

/** Set operations of Xen's cpumask that {@link BitSet} does not have by name. */
final class Masks {
    private Masks() {}

    /** The next pCPU of the mask after {@code cpu}, going round; {@code cpu} itself last. -1 for an empty mask. */
    static int cycle(int cpu, BitSet mask) {
        int next = mask.nextSetBit(cpu + 1);
        return next >= 0 ? next : mask.nextSetBit(0);
    }

    static BitSet and(BitSet a, BitSet b) {
        BitSet result = (BitSet) a.clone();
        result.and(b);
        return result;
    }

    static int commonWeight(BitSet a, BitSet b) {
        int weight = 0;
        for (int i = a.nextSetBit(0); i >= 0; i = a.nextSetBit(i + 1)) {
            if (b.get(i)) {
                weight++;
            }
        }
        return weight;
    }
}
