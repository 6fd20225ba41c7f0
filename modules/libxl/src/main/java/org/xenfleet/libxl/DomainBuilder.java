package org.xenfleet.libxl;

import java.util.Arrays;
import java.util.BitSet;
import org.xenfleet.xen.sched.Topology;

/**
 * What libxl and the domain controller decide while a domain is built. Used by one thread.
 *
 * <p>Source: xen-semantics sections 1.8 (paging pool), 7.1 (stub domain, first pCPU).
 */
public final class DomainBuilder {
    /** A stub device model of the traditional kind: one PV vCPU, 32 MiB. */
    public static final int STUB_VCPUS = 1;

    public static final long STUB_MEMORY_MIB = 32;
    /** The least that Xen itself gives a HAP guest. */
    public static final long MIN_POOL_PAGES = 256;

    /** What a domain may have above its {@code memory}: libxl sets its limit 1 MiB higher. */
    public static final long MAXMEM_SLACK_PAGES = 256;

    private static final long POOL_PAGES_PER_VCPU = 256;
    private static final long POOL_PAGES_PER_MIB = 2;

    private final Topology topology;
    private final int[] placed;

    public DomainBuilder(Topology topology) {
        this.topology = topology;
        this.placed = new int[topology.cpus()];
    }

    /** The name libxl gives the stub device model of a guest. */
    public static String stubName(String guest) {
        return guest + "-dm";
    }

    /** Size of the paging pool in pages. */
    public static long pagingPoolPages(int maxVcpus, long maxMemMiB) {
        return POOL_PAGES_PER_VCPU * maxVcpus + POOL_PAGES_PER_MIB * maxMemMiB;
    }

    /** pCPUs of a new domain's vCPUs, before affinity: the first on the emptiest pCPU, each further one on the next. */
    public int[] placeVcpus(int vcpus, BitSet poolCpus) {
        int[] processors = new int[vcpus];
        processors[0] = emptiest(poolCpus);
        for (int i = 1; i < vcpus; i++) {
            int next = poolCpus.nextSetBit(processors[i - 1] + 1);
            processors[i] = next >= 0 ? next : poolCpus.nextSetBit(0);
        }
        Arrays.stream(processors).forEach(cpu -> placed[cpu]++);
        return processors;
    }

    /** dom0's vCPU n starts on the n-th pCPU of its pool, going round. */
    public int[] placeDom0(int vcpus, BitSet poolCpus) {
        int[] cpus = poolCpus.stream().toArray();
        int[] processors = new int[vcpus];
        for (int i = 0; i < vcpus; i++) {
            processors[i] = cpus[i % cpus.length];
            placed[processors[i]]++;
        }
        return processors;
    }

    /** Fewest vCPUs placed; of a core with threads only the second counts; ties go to the highest number. */
    private int emptiest(BitSet poolCpus) {
        int best = -1;
        BitSet coreSeen = new BitSet();
        for (int cpu = poolCpus.nextSetBit(0); cpu >= 0; cpu = poolCpus.nextSetBit(cpu + 1)) {
            boolean primaryThread = topology.threadsPerCore() > 1
                    && cpu == topology.siblingMask(cpu).nextSetBit(0);
            if (primaryThread || coreSeen.get(cpu)) {
                continue;
            }
            coreSeen.or(topology.siblingMask(cpu));
            if (best < 0 || placed[cpu] <= placed[best]) {
                best = cpu;
            }
        }
        return best >= 0 ? best : poolCpus.nextSetBit(0);
    }
}
