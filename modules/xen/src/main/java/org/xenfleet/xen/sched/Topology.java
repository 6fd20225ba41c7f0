package org.xenfleet.xen.sched;

import java.util.BitSet;
import java.util.List;

/**
 * pCPUs numbered socket by socket, in a socket core by core, threads of a core next to each other; a socket is a NUMA
 * node. Immutable; the masks given out must not be changed.
 */
public final class Topology {
    private final int cpus;
    private final int cpusPerSocket;
    private final int threadsPerCore;
    private final List<BitSet> sockets;
    private final List<BitSet> cores;

    /** {@code sockets} divides {@code cpus}; {@code threadsPerCore} divides what is in a socket. */
    public Topology(int cpus, int sockets, int threadsPerCore) {
        if (cpus < 1
                || sockets < 1
                || threadsPerCore < 1
                || cpus % sockets != 0
                || cpus / sockets % threadsPerCore != 0) {
            throw new IllegalArgumentException(
                    cpus + " pCPUs cannot be " + sockets + " sockets of " + threadsPerCore + "-thread cores");
        }
        this.cpus = cpus;
        this.cpusPerSocket = cpus / sockets;
        this.threadsPerCore = threadsPerCore;
        this.sockets = blocks(cpus, cpusPerSocket);
        this.cores = blocks(cpus, threadsPerCore);
    }

    private static List<BitSet> blocks(int cpus, int size) {
        BitSet[] blocks = new BitSet[cpus / size];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = new BitSet(cpus);
            blocks[i].set(i * size, (i + 1) * size);
        }
        return List.of(blocks);
    }

    public int cpus() {
        return cpus;
    }

    public int socketCount() {
        return sockets.size();
    }

    public int threadsPerCore() {
        return threadsPerCore;
    }

    public int socketOf(int cpu) {
        return cpu / cpusPerSocket;
    }

    public BitSet socket(int number) {
        return sockets.get(number);
    }

    /** The pCPUs of {@code cpu}'s socket, itself included (Xen's cpu_core_mask). */
    public BitSet coreMask(int cpu) {
        return sockets.get(cpu / cpusPerSocket);
    }

    /** The threads of {@code cpu}'s core, itself included (Xen's cpu_sibling_mask). */
    public BitSet siblingMask(int cpu) {
        return cores.get(cpu / threadsPerCore);
    }

    List<BitSet> sockets() {
        return sockets;
    }

    List<BitSet> cores() {
        return cores;
    }

    /** Whether moving a running vCPU between two idle places could ever pay: some pCPUs are closer than others. */
    public boolean hasNeighbourhoods() {
        return sockets.size() > 1 || threadsPerCore > 1;
    }
}
