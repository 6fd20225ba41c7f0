package org.xenfleet.xen.sched;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.xenfleet.xen.Fields;

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

    /** Visits masks of {@code cpus} pCPUs in words of 64; none and an empty one are the same. */
    static void fields(String field, @Nullable BitSet[] masks, int cpus, Fields f) {
        for (int i = 0; i < masks.length; i++) {
            BitSet mask = masks[i];
            BitSet visited = mask == null ? new BitSet() : (BitSet) mask.clone();
            fields(field, visited, cpus, f);
            if (f.reading()) {
                masks[i] = visited.isEmpty() ? null : visited;
            }
        }
    }

    static void fields(String field, BitSet mask, int cpus, Fields f) {
        long[] words = Arrays.copyOf(mask.toLongArray(), (cpus + Long.SIZE - 1) / Long.SIZE);
        f.at(field, words);
        if (f.reading()) {
            mask.clear();
            mask.or(BitSet.valueOf(words));
        }
    }
}
