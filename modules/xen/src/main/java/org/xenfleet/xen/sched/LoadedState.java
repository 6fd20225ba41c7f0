package org.xenfleet.xen.sched;

import java.util.Arrays;
import org.xenfleet.xen.Fields;

/**
 * Whose vCPU's state each pCPU of a pool has loaded. The switch to idle is lazy, so that a pCPU keeps the state of its last
 * vCPU until it loads another or that vCPU is loaded elsewhere. Used by one thread.
 *
 * <p>Source: as for {@link CreditScheduler#dirtyCpus}.
 */
final class LoadedState {
    private static final int NOBODY = -1;
    private static final int NOWHERE = -1;

    private final int[] loaded;
    private int[] loadedOn = new int[0];

    LoadedState(int cpus) {
        loaded = new int[cpus];
        Arrays.fill(loaded, NOBODY);
    }

    /** A vCPU more, whose state is nowhere yet. */
    void add() {
        loadedOn = Arrays.copyOf(loadedOn, loadedOn.length + 1);
        loadedOn[loadedOn.length - 1] = NOWHERE;
    }

    /** Returns whether the pCPU had to load the vCPU's state. */
    boolean load(int cpu, int vcpu) {
        if (loaded[cpu] == vcpu) {
            return false;
        }
        int before = loadedOn[vcpu];
        if (before != NOWHERE && loaded[before] == vcpu) {
            loaded[before] = NOBODY;
        }
        loaded[cpu] = vcpu;
        loadedOn[vcpu] = cpu;
        return true;
    }

    /** How many pCPUs hold state of a domain. */
    int count(int domain, int[] domainOf) {
        int count = 0;
        for (int vcpu : loaded) {
            if (vcpu != NOBODY && domainOf[vcpu] == domain) {
                count++;
            }
        }
        return count;
    }

    /** pCPUs that hold state of a domain and run nothing of it, as {@code current} says by pCPU, give it up. */
    void sync(int domain, int[] domainOf, int[] current) {
        for (int cpu = 0; cpu < loaded.length; cpu++) {
            int vcpu = loaded[cpu];
            if (vcpu != NOBODY && domainOf[vcpu] == domain && current[cpu] != vcpu) {
                loaded[cpu] = NOBODY;
            }
        }
    }

    void fields(Fields f) {
        f.at("loaded", loaded);
        f.at("loaded-on", loadedOn);
    }
}
