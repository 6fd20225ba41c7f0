package org.xenfleet.xen.sched;

import java.util.BitSet;
import org.xenfleet.xen.Fields;

/**
 * How queued vCPUs find another pCPU: who is poked when one is queued, and what a pCPU without urgent work of its own takes
 * from the queues of busy ones. A tied pCPU is busy like any other. Used by one thread.
 *
 * <p>Source: xen-semantics section 4.1, "Wake" and "Load balance".
 */
final class LoadBalancer {
    private static final int IDLE = CreditScheduler.IDLE;

    private final Topology topology;
    private final CreditVcpus vcpus;
    private final RunQueues queues;
    private final BitSet online;
    private final BitSet idlers;
    private final BitSet pokes;
    private final int[] current;
    private final int[] lastTickled;

    /** Shares the masks and {@code current} with its scheduler. */
    LoadBalancer(
            Topology topology,
            CreditVcpus vcpus,
            RunQueues queues,
            BitSet online,
            BitSet idlers,
            BitSet pokes,
            int[] current) {
        this.topology = topology;
        this.vcpus = vcpus;
        this.queues = queues;
        this.online = online;
        this.idlers = idlers;
        this.pokes = pokes;
        this.current = current;
        this.lastTickled = new int[current.length];
    }

    /** Whom to poke for a vCPU newly queued on {@code cpu}: the four cases of "Wake". */
    void tickle(int cpu, int vcpu, int waker) {
        int running = current[cpu];
        int runningPriority = running == IDLE ? Priority.IDLE : vcpus.priority[running];
        boolean higher = vcpus.priority[vcpu] > runningPriority;
        if (running == IDLE || (idlers.isEmpty() && higher)) {
            pokes.set(cpu);
            return;
        }
        if (idlers.isEmpty()) {
            return;
        }
        BitSet suitable = Masks.and(idlers, vcpus.affinity[vcpu]);
        if (!suitable.isEmpty()) {
            lastTickled[waker] = Masks.cycle(lastTickled[waker], suitable);
            pokes.set(lastTickled[waker]);
        } else if (higher) {
            vcpus.migrating[running] = true;
            pokes.set(cpu);
        }
    }

    /** The first queued vCPU of a busy pCPU, own socket first, that beats {@code priority} and may run on {@code cpu}. */
    int steal(int cpu, int priority) {
        int sockets = topology.socketCount();
        for (int i = 0; i < sockets; i++) {
            BitSet socket = topology.socket((topology.socketOf(cpu) + i) % sockets);
            for (int peer = socket.nextSetBit(0); peer >= 0; peer = socket.nextSetBit(peer + 1)) {
                if (peer == cpu || !online.get(peer) || current[peer] == IDLE || idlers.get(peer)) {
                    continue;
                }
                int found = stealFrom(peer, cpu, priority);
                if (found != IDLE) {
                    return found;
                }
            }
        }
        return IDLE;
    }

    private int stealFrom(int peer, int cpu, int priority) {
        for (int i = 0; i < queues.length(peer); i++) {
            int vcpu = queues.at(peer, i);
            if (vcpus.priority[vcpu] <= priority) {
                return IDLE;
            }
            if (!vcpus.onCpu[vcpu] && vcpus.affinity[vcpu].get(cpu)) {
                queues.remove(peer, vcpu);
                vcpus.processor[vcpu] = cpu;
                return vcpu;
            }
        }
        return IDLE;
    }

    void fields(Fields f) {
        f.at("last-tickled", lastTickled);
    }
}
