package org.xenfleet.xen.sched;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which pCPUs share a run queue: those of a socket, unless they are more than fit; then they are spread over as few queues
 * as hold all pCPUs of the host, and the threads of a core stay together.
 *
 * <p>Source: xen-semantics section 4.2, "run queues"; the largest size as {@link
 * Credit2Parameters#MAX_CPUS_OF_A_RUN_QUEUE}.
 */
final class Credit2RunQueues {
    private Credit2RunQueues() {}

    /** Fills {@code queues} for the pCPUs of the pool. Returns the queue of each pCPU; none for those of other pools. */
    static Credit2RunQueue[] build(Topology topology, BitSet pool, Credit2Vcpus vcpus, List<Credit2RunQueue> queues) {
        int atLeast = (topology.cpus() - 1) / Credit2Parameters.MAX_CPUS_OF_A_RUN_QUEUE + 1;
        int size = topology.cpus() / atLeast;
        Credit2RunQueue[] queueOf = new Credit2RunQueue[topology.cpus()];
        for (int cpu = pool.nextSetBit(0); cpu >= 0; cpu = pool.nextSetBit(cpu + 1)) {
            Credit2RunQueue queue = roomFor(cpu, topology, queues, size);
            if (queue == null) {
                queue = new Credit2RunQueue(queues.size(), topology, vcpus);
                queues.add(queue);
            }
            queue.addCpu(cpu);
            queueOf[cpu] = queue;
        }
        return queueOf;
    }

    private static @Nullable Credit2RunQueue roomFor(
            int cpu, Topology topology, List<Credit2RunQueue> queues, int size) {
        Credit2RunQueue best = null;
        for (Credit2RunQueue queue : queues) {
            if (topology.coreMask(cpu).intersects(queue.cpus)) {
                if (topology.siblingMask(cpu).intersects(queue.cpus)) {
                    return queue;
                }
                boolean emptier = best == null || queue.cpus.cardinality() < best.cpus.cardinality();
                if (emptier && threadsOf(queue, topology) + topology.threadsPerCore() <= size) {
                    best = queue;
                }
            }
        }
        return best;
    }

    /** All threads of its cores, whatever pool they are in. */
    private static int threadsOf(Credit2RunQueue queue, Topology topology) {
        BitSet cores = new BitSet();
        queue.cpus.stream().forEach(cpu -> cores.or(topology.siblingMask(cpu)));
        return cores.cardinality();
    }
}
