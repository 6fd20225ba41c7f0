package org.xenfleet.xen.sched;

import java.util.Arrays;
import org.xenfleet.xen.Fields;

/**
 * Whose vCPU's state each pCPU of a pool has loaded. The switch to idle is lazy, so that a pCPU keeps the state of its last
 * vCPU until it loads another or that vCPU is loaded elsewhere. Used by one thread.
 *
 * <p>Source: as for {@link PoolScheduler#dirtyCpus}.
 */
final class LoadedState {
    private static final int NOBODY = -1;
    private static final int NOWHERE = -1;

    private final int[] loaded;
    private int[] loadedOn = new int[0];
    private int[] domainOf = new int[0];
    /** By domain, how many pCPUs hold state of it. */
    private int[] dirty = new int[0];

    LoadedState(int cpus) {
        loaded = new int[cpus];
        Arrays.fill(loaded, NOBODY);
    }

    /** A vCPU more of a domain, whose state is nowhere yet. */
    void add(int domain) {
        int vcpu = loadedOn.length;
        loadedOn = Arrays.copyOf(loadedOn, vcpu + 1);
        loadedOn[vcpu] = NOWHERE;
        domainOf = Arrays.copyOf(domainOf, vcpu + 1);
        domainOf[vcpu] = domain;
        if (domain >= dirty.length) {
            dirty = Arrays.copyOf(dirty, domain + 1);
        }
    }

    /** Returns whether the pCPU had to load the vCPU's state. */
    boolean load(int cpu, int vcpu) {
        if (loaded[cpu] == vcpu) {
            return false;
        }
        int before = loadedOn[vcpu];
        if (before != NOWHERE && loaded[before] == vcpu) {
            hold(before, NOBODY);
        }
        hold(cpu, vcpu);
        loadedOn[vcpu] = cpu;
        return true;
    }

    private void hold(int cpu, int vcpu) {
        int before = loaded[cpu];
        if (before != NOBODY) {
            dirty[domainOf[before]]--;
        }
        loaded[cpu] = vcpu;
        if (vcpu != NOBODY) {
            dirty[domainOf[vcpu]]++;
        }
    }

    /** How many pCPUs hold state of a domain: at most one for each of its vCPUs. */
    int count(int domain) {
        return domain < dirty.length ? dirty[domain] : 0;
    }

    /** pCPUs that hold state of a domain and run nothing of it, as {@code current} says by pCPU, give it up. */
    void sync(int domain, int[] current) {
        for (int cpu = 0; cpu < loaded.length; cpu++) {
            int vcpu = loaded[cpu];
            if (vcpu != NOBODY && domainOf[vcpu] == domain && current[cpu] != vcpu) {
                hold(cpu, NOBODY);
            }
        }
    }

    /** Both parts of the state; a scheduler visits them here or one by one. */
    void fields(Fields f) {
        fieldsByCpu(f);
        fieldsByVcpu(f);
    }

    void fieldsByCpu(Fields f) {
        f.at("loaded", loaded);
        if (f.reading()) {
            Arrays.fill(dirty, 0);
            for (int vcpu : loaded) {
                if (vcpu != NOBODY) {
                    dirty[domainOf[vcpu]]++;
                }
            }
        }
    }

    void fieldsByVcpu(Fields f) {
        f.at("loaded-on", loadedOn);
    }
}
