package org.xenfleet.xen.sched;

import java.util.BitSet;
import org.xenfleet.xen.Fields;

/**
 * Moves vCPUs where somebody other than the scheduler wants them: to another affinity, off a pCPU that goes out of use, off
 * a pCPU that is tied. Used by one thread.
 *
 * <p>Source: xen-semantics section 4.1 (an affinity change is a sleep that nobody waits for, then a migration) and section 5,
 * M2 and M3, for what happens where those are left out.
 */
final class CreditMoves {
    /** Puts a vCPU that can run into the queue of its processor. */
    interface Queueing {
        void enqueue(int vcpu, int waker);
    }

    private final CreditVcpus vcpus;
    private final RunQueues queues;
    private final CpuPicker picker;
    private final BitSet online;
    private final Idlers idlers;
    private final BitSet pokes;
    private final int[] current;
    private final Queueing queueing;
    /** Whether affinities or the pCPUs in use are no longer those of the beginning. */
    private boolean changed;

    /** Shares the masks and {@code current} with its scheduler. */
    CreditMoves(
            CreditVcpus vcpus,
            RunQueues queues,
            CpuPicker picker,
            BitSet online,
            Idlers idlers,
            BitSet pokes,
            int[] current,
            Queueing queueing) {
        this.vcpus = vcpus;
        this.queues = queues;
        this.picker = picker;
        this.online = online;
        this.idlers = idlers;
        this.pokes = pokes;
        this.current = current;
        this.queueing = queueing;
    }

    void setAffinity(int vcpu, BitSet mask) {
        vcpus.hard[vcpu] = (BitSet) mask.clone();
        vcpus.soft[vcpu] = null;
        changed = true;
        int cpu = vcpus.processor[vcpu];
        if (!mask.get(cpu)) {
            leave(vcpu, cpu);
        }
    }

    /** A pCPU that runs its idle vCPU goes out of use; who may run nowhere else may run anywhere from then on. */
    void offline(int cpu) {
        online.clear(cpu);
        idlers.clear(cpu);
        changed = true;
        for (int vcpu = 0; vcpu < vcpus.size; vcpu++) {
            if (!vcpus.hard[vcpu].intersects(online)) {
                vcpus.hard[vcpu] = (BitSet) online.clone();
                vcpus.soft[vcpu] = null;
            }
            if (vcpus.processor[vcpu] == cpu) {
                leave(vcpu, cpu);
            }
        }
    }

    private void leave(int vcpu, int cpu) {
        if (current[cpu] == vcpu) {
            vcpus.migrating[vcpu] = true;
            pokes.set(cpu);
            return;
        }
        boolean queued = queues.remove(cpu, vcpu);
        vcpus.processor[vcpu] = picker.pick(vcpu, true);
        if (queued) {
            queueing.enqueue(vcpu, cpu);
        }
    }

    /**
     * Takes vCPUs off the queue of a pCPU that is tied and gives each to the pCPU with the shortest queue.
     *
     * @param free those that may run elsewhere
     * @param pinned those that may not
     */
    void evacuate(int cpu, boolean free, boolean pinned) {
        for (int i = queues.length(cpu) - 1; i >= 0; i--) {
            int vcpu = queues.at(cpu, i);
            BitSet elsewhere = Masks.and(vcpus.hard[vcpu], online);
            elsewhere.clear(cpu);
            if (elsewhere.isEmpty() ? pinned : free) {
                if (elsewhere.isEmpty()) {
                    elsewhere.or(online);
                    elsewhere.clear(cpu);
                }
                move(vcpu, cpu, elsewhere);
            }
        }
    }

    private void move(int vcpu, int from, BitSet to) {
        int best = -1;
        for (int cpu = to.nextSetBit(0); cpu >= 0; cpu = to.nextSetBit(cpu + 1)) {
            if (best < 0 || length(cpu) < length(best)) {
                best = cpu;
            }
        }
        if (best >= 0) {
            queues.remove(from, vcpu);
            vcpus.processor[vcpu] = best;
            queueing.enqueue(vcpu, from);
        }
    }

    private int length(int cpu) {
        return queues.length(cpu) + (current[cpu] == CreditScheduler.IDLE ? 0 : 1);
    }

    void fields(Fields f) {
        changed = f.at("affinity-changed", changed);
        if (!changed) {
            return;
        }
        for (int vcpu = 0; vcpu < vcpus.size; vcpu++) {
            BitSet visited = new BitSet(current.length);
            for (int cpu = 0; cpu < current.length; cpu++) {
                visited.set(cpu, f.at("hard", vcpus.hard[vcpu].get(cpu)));
            }
            vcpus.hard[vcpu] = visited;
            if (f.at("no-preference", vcpus.soft[vcpu] == null)) {
                vcpus.soft[vcpu] = null;
            }
        }
        for (int cpu = 0; cpu < current.length; cpu++) {
            online.set(cpu, f.at("online", online.get(cpu)));
        }
    }
}
