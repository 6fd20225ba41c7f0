package org.xenfleet.xen.sched;

import java.util.BitSet;
import org.xenfleet.xen.Fields;

/**
 * The run queue that some pCPUs of one socket share: the vCPUs that belong to it, those that wait in the order of their
 * credit, which of its pCPUs are idle and which were poked. Used by one thread.
 *
 * <p>Source: xen-semantics section 4.2.
 */
final class Credit2RunQueue {
    final int number;
    final BitSet cpus = new BitSet();
    final BitSet idle = new BitSet();
    /** The pCPUs that were poked and have not rescheduled since. */
    final BitSet tickled = new BitSet();

    /** Everybody who belongs here, in the order of coming. */
    final VcpuList members = new VcpuList();

    /** Who waits, highest credit first, first come first of equals. */
    final VcpuList waiting = new VcpuList();

    /** The pCPU on which somebody was placed last. */
    int placed;

    private final Topology topology;
    private final Credit2Vcpus vcpus;
    private int maxWeight = 1;

    /** Members that run or wait. */
    private int load;

    private long averageLoad;
    private long loadSeen;

    Credit2RunQueue(int number, Topology topology, Credit2Vcpus vcpus) {
        this.number = number;
        this.topology = topology;
        this.vcpus = vcpus;
    }

    void addCpu(int cpu) {
        if (cpus.isEmpty()) {
            placed = cpu;
        }
        cpus.set(cpu);
        idle.set(cpu);
    }

    void removeCpu(int cpu) {
        cpus.clear(cpu);
        idle.clear(cpu);
        tickled.clear(cpu);
        if (placed == cpu && !cpus.isEmpty()) {
            placed = cpus.nextSetBit(0);
        }
    }

    void join(int vcpu) {
        vcpus.queue[vcpu] = number;
        members.add(vcpu);
        maxWeight = Math.max(maxWeight, vcpus.weightOf(vcpu));
        averageLoad += vcpus.averageLoad[vcpu];
    }

    void leave(int vcpu) {
        vcpus.queue[vcpu] = Credit2Vcpus.NONE;
        members.remove(vcpu);
        maxWeight = 1;
        for (int i = 0; i < members.size(); i++) {
            maxWeight = Math.max(maxWeight, vcpus.weightOf(members.at(i)));
        }
        averageLoad = Math.max(averageLoad - vcpus.averageLoad[vcpu], 0);
    }

    /** The weight whose vCPUs pay one credit a ns; the others pay more. */
    int maxWeight() {
        return maxWeight;
    }

    void insert(int vcpu) {
        int position = 0;
        while (position < waiting.size() && vcpus.credit[waiting.at(position)] >= vcpus.credit[vcpu]) {
            position++;
        }
        waiting.insert(position, vcpu);
    }

    /** Takes a vCPU out that waits; the load falls by it. Returns whether it waited. */
    boolean dequeue(int vcpu, long now) {
        boolean waited = waiting.remove(vcpu);
        if (waited) {
            vcpus.seeLoad(vcpu, true, now);
            changeLoad(-1, now);
        }
        return waited;
    }

    /** Of the allowed pCPUs the one to wake for a vCPU that was last on {@code cpu}: of a wholly idle core first; or -1. */
    int idler(int cpu, BitSet allowed) {
        BitSet candidates = Masks.and(idle, allowed);
        candidates.andNot(tickled);
        if (candidates.isEmpty()) {
            return -1;
        }
        BitSet ofIdleCores = (BitSet) candidates.clone();
        for (int c = candidates.nextSetBit(0); c >= 0; c = candidates.nextSetBit(c + 1)) {
            ofIdleCores.set(c, isCoreIdle(c));
        }
        return testOrCycle(cpu, ofIdleCores.isEmpty() ? candidates : ofIdleCores);
    }

    private boolean isCoreIdle(int cpu) {
        BitSet siblings = topology.siblingMask(cpu);
        for (int s = siblings.nextSetBit(0); s >= 0; s = siblings.nextSetBit(s + 1)) {
            if (cpus.get(s) && (!idle.get(s) || tickled.get(s))) {
                return false;
            }
        }
        return true;
    }

    private static int testOrCycle(int cpu, BitSet mask) {
        return mask.get(cpu) ? cpu : Masks.cycle(cpu, mask);
    }

    /** The next of the allowed pCPUs in turn. */
    int place(BitSet allowed) {
        placed = Masks.cycle(placed, Masks.and(cpus, allowed));
        return placed;
    }

    /** The load changes by so many vCPUs. */
    void changeLoad(int change, long now) {
        long time = LoadAverage.time(now);
        averageLoad = LoadAverage.at(time, loadSeen, averageLoad, load);
        load += change;
        loadSeen = time;
    }

    int load() {
        return load;
    }

    /** As it was seen last, in {@link LoadAverage#ONE}; what is expected of newcomers is in it. */
    long averageLoad() {
        return averageLoad;
    }

    /** What the average cannot exceed before the load changes. */
    long averageLoadAtMost() {
        return Math.max(averageLoad, load * LoadAverage.ONE);
    }

    long averageLoadAtLeast() {
        return Math.min(averageLoad, load * LoadAverage.ONE);
    }

    void fields(Fields f) {
        members.fields("member", f);
        waiting.fields("waiting-vcpu", f);
        Masks.fields("cpus", cpus, topology.cpus(), f);
        Masks.fields("idle", idle, topology.cpus(), f);
        Masks.fields("tickled", tickled, topology.cpus(), f);
        placed = f.at("placed", placed);
        maxWeight = f.at("max-weight", maxWeight);
        load = f.at("load", load);
        averageLoad = f.at("average-load", averageLoad);
        loadSeen = f.at("load-seen", loadSeen);
    }
}
