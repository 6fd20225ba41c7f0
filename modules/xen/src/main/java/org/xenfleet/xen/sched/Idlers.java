package org.xenfleet.xen.sched;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The idle pCPUs of a pool, with how many each core and each socket has, so that it costs next to nothing to say whether they
 * are unevenly spread. Used by one thread.
 */
final class Idlers {
    /** Cores, or sockets, all of one size. */
    private static final class Blocks {
        private final int size;
        private final int[] idle;
        /** By number of idle pCPUs, how many blocks have so many. */
        private final int[] blocksWith;

        Blocks(List<BitSet> blocks) {
            this.size = blocks.get(0).cardinality();
            this.idle = new int[blocks.size()];
            this.blocksWith = new int[size + 1];
            blocksWith[0] = blocks.size();
        }

        void add(int cpu, int change) {
            int block = cpu / size;
            blocksWith[idle[block]]--;
            idle[block] += change;
            blocksWith[idle[block]]++;
        }

        /** Whether the idlest block has more than {@code factor} times what one with a busy pCPU would have if that were idle. */
        boolean isUneven(int factor) {
            int most = size;
            while (most > 0 && blocksWith[most] == 0) {
                most--;
            }
            for (int least = 0; (least + 1) * factor < most; least++) {
                if (blocksWith[least] > 0) {
                    return true;
                }
            }
            return false;
        }
    }

    private static final int OTHER_SOCKET = 2;

    private final BitSet cpus;
    /** Where a core has several threads. */
    private final @Nullable Blocks cores;

    private final Blocks sockets;

    Idlers(Topology topology, BitSet idle) {
        this.cpus = new BitSet(topology.cpus());
        this.cores = topology.threadsPerCore() == 1 ? null : new Blocks(topology.cores());
        this.sockets = new Blocks(topology.sockets());
        for (int cpu = idle.nextSetBit(0); cpu >= 0; cpu = idle.nextSetBit(cpu + 1)) {
            set(cpu, true);
        }
    }

    /** As they are; must not be changed. */
    BitSet cpus() {
        return cpus;
    }

    boolean get(int cpu) {
        return cpus.get(cpu);
    }

    boolean isEmpty() {
        return cpus.isEmpty();
    }

    void set(int cpu, boolean idle) {
        if (cpus.get(cpu) != idle) {
            cpus.set(cpu, idle);
            int change = idle ? 1 : -1;
            if (cores != null) {
                cores.add(cpu, change);
            }
            sockets.add(cpu, change);
        }
    }

    void clear(int cpu) {
        set(cpu, false);
    }

    /**
     * Whether some idle pCPU has more idle neighbours than a busy one would have if it were idle, as {@link CpuPicker} counts:
     * half of those in another socket.
     */
    boolean areUneven() {
        return (cores != null && cores.isUneven(1)) || sockets.isUneven(OTHER_SOCKET);
    }
}
