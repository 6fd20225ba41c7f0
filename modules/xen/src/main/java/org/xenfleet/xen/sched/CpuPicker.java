package org.xenfleet.xen.sched;

import java.util.BitSet;
import org.xenfleet.xen.Fields;

/**
 * Where a vCPU should run: on its processor unless an idle pCPU is better placed, the one with the most idle neighbours
 * first; among those it prefers, and then among all it may run on. Used by one thread.
 *
 * <p>Source: xen-semantics section 4.1, "Placement". In 4.4 every domain has automatic node affinity, so that there is one
 * pass, over the hard affinity.
 */
final class CpuPicker {
    private final Topology topology;
    private final CreditVcpus vcpus;
    private final RunQueues queues;
    private final BitSet online;
    private final Idlers idlers;
    private final int[] idleBias;

    /** Shares the masks with its scheduler. */
    CpuPicker(Topology topology, CreditVcpus vcpus, RunQueues queues, BitSet online, Idlers idlers) {
        this.topology = topology;
        this.vcpus = vcpus;
        this.queues = queues;
        this.online = online;
        this.idlers = idlers;
        this.idleBias = new int[topology.cpus()];
    }

    /**
     * Its processor counts as idle when nobody else is queued there.
     *
     * @param commit the choice is going to be used: it moves the bias that spreads later ones
     */
    int pick(int vcpu, boolean commit) {
        int cpu = vcpus.processor[vcpu];
        int lone = queues.length(cpu) == 0 ? cpu : -1;
        BitSet soft = vcpus.soft[vcpu];
        if (soft != null && soft.intersects(online)) {
            cpu = pickIn(soft, cpu, lone, commit);
            if (cpu == lone || idlers.get(cpu)) {
                return cpu;
            }
        }
        return pickIn(vcpus.hard[vcpu], cpu, lone, commit);
    }

    private int pickIn(BitSet mask, int from, int lone, boolean commit) {
        BitSet allowed = Masks.and(mask, online);
        int cpu = allowed.get(from) ? from : Masks.cycle(from, allowed);
        BitSet idle = (BitSet) idlers.cpus().clone();
        if (cpu == lone) {
            idle.set(cpu);
        }
        allowed.and(idle);
        if (!allowed.get(cpu) && !allowed.isEmpty()) {
            cpu = Masks.cycle(cpu, allowed);
        }
        allowed.clear(cpu);
        int biased = -1;
        while (!allowed.isEmpty()) {
            int next = Masks.cycle(cpu, allowed);
            boolean sameSocket = topology.coreMask(next).get(cpu);
            BitSet here = sameSocket ? topology.siblingMask(cpu) : topology.coreMask(cpu);
            BitSet there = sameSocket ? topology.siblingMask(next) : topology.coreMask(next);
            int factor = sameSocket ? 1 : 2;
            BitSet idleThere = Masks.and(idle, there);
            if (Masks.commonWeight(idle, here) * factor < idleThere.cardinality()) {
                idleThere.and(allowed);
                biased = next;
                cpu = Masks.cycle(idleBias[next], idleThere);
                allowed.andNot(topology.siblingMask(cpu));
            } else {
                allowed.andNot(idleThere);
            }
        }
        if (commit && biased >= 0) {
            idleBias[biased] = cpu;
        }
        return cpu;
    }

    /** Whether the next tick would move a vCPU that runs on {@code cpu}, as things stand. */
    boolean wouldMove(int vcpu, int cpu) {
        boolean settled = vcpus.hard[vcpu].get(cpu) && vcpus.soft[vcpu] == null;
        if (settled && (idlers.isEmpty() || (queues.length(cpu) == 0 && !isUneven()))) {
            return false;
        }
        return pick(vcpu, false) != cpu;
    }

    /** Whether a tick could move anybody at all while the idle pCPUs are these; may say so in vain. */
    boolean couldMoveSomebody() {
        return vcpus.prefer || (!idlers.isEmpty() && (queues.total() > 0 || isUneven()));
    }

    /** Whether a pCPU that wakes or falls idle may make the next tick move somebody: places differ in worth now. */
    boolean mayMoveSoon() {
        return !idlers.isEmpty() && isUneven();
    }

    /** Whether some idle pCPU is worth more than a busy one would be if it were idle, as {@link #pickIn} counts. */
    private boolean isUneven() {
        return topology.hasNeighbourhoods() && idlers.areUneven();
    }

    void fields(Fields f) {
        f.at("idle-bias", idleBias);
    }
}
