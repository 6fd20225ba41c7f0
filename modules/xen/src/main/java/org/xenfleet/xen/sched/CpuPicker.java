package org.xenfleet.xen.sched;

import java.util.BitSet;

/**
 * Where a vCPU should run: on its processor unless an idle pCPU is better placed, the one with the most idle neighbours
 * first. Used by one thread.
 *
 * <p>Source: xen-semantics section 4.1, "Placement". Every domain has automatic node affinity, so that there is one
 * pass, over the hard affinity.
 */
final class CpuPicker {
    private final Topology topology;
    private final CreditVcpus vcpus;
    private final BitSet online;
    private final BitSet idlers;
    private final int[] idleBias;

    CpuPicker(Topology topology, CreditVcpus vcpus, BitSet online, BitSet idlers, int[] idleBias) {
        this.topology = topology;
        this.vcpus = vcpus;
        this.online = online;
        this.idlers = idlers;
        this.idleBias = idleBias;
    }

    /**
     * @param loneOnItsCpu nothing but this vCPU would run on its processor, which then counts as idle
     * @param commit the choice is going to be used: it moves the bias that spreads later ones
     */
    int pick(int vcpu, boolean loneOnItsCpu, boolean commit) {
        int processor = vcpus.processor[vcpu];
        BitSet allowed = Masks.and(vcpus.affinity[vcpu], online);
        int cpu = allowed.get(processor) ? processor : Masks.cycle(processor, allowed);
        BitSet idle = (BitSet) idlers.clone();
        if (cpu == processor && loneOnItsCpu) {
            idle.set(cpu);
        }
        BitSet candidates = Masks.and(allowed, idle);
        if (!candidates.get(cpu) && !candidates.isEmpty()) {
            cpu = Masks.cycle(cpu, candidates);
        }
        candidates.clear(cpu);
        int biased = -1;
        while (!candidates.isEmpty()) {
            int next = Masks.cycle(cpu, candidates);
            boolean sameSocket = topology.coreMask(next).get(cpu);
            BitSet here = sameSocket ? topology.siblingMask(cpu) : topology.coreMask(cpu);
            BitSet there = sameSocket ? topology.siblingMask(next) : topology.coreMask(next);
            int factor = sameSocket ? 1 : 2;
            BitSet idleThere = Masks.and(idle, there);
            if (Masks.commonWeight(idle, here) * factor < idleThere.cardinality()) {
                idleThere.and(candidates);
                biased = next;
                cpu = Masks.cycle(idleBias[next], idleThere);
                candidates.andNot(topology.siblingMask(cpu));
            } else {
                candidates.andNot(idleThere);
            }
        }
        if (commit && biased >= 0) {
            idleBias[biased] = cpu;
        }
        return cpu;
    }
}
