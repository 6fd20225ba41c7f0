package org.xenfleet.xen.sched;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.xenfleet.xen.Fields;

/**
 * What a pCPU without urgent work of its own takes from the queues of busy ones: first work that prefers this pCPU, then
 * any that may run on it; own socket first. A tied pCPU is busy like any other. Used by one thread.
 *
 * <p>Source: xen-semantics section 4.1, "Load balance".
 */
final class LoadBalancer {
    private static final int IDLE = CreditScheduler.IDLE;

    private final Topology topology;
    private final CreditVcpus vcpus;
    private final RunQueues queues;
    private final CreditRules rules;
    private final long migrationDelay;
    private final BitSet online;
    private final Idlers idlers;
    private final int[] current;
    /** By socket, the pCPU from which was stolen last. */
    private final int[] bias;

    /** Shares the masks and {@code current} with its scheduler. */
    LoadBalancer(
            Topology topology,
            CreditVcpus vcpus,
            RunQueues queues,
            CreditRules rules,
            CreditParameters parameters,
            BitSet online,
            Idlers idlers,
            int[] current) {
        this.topology = topology;
        this.vcpus = vcpus;
        this.queues = queues;
        this.rules = rules;
        this.migrationDelay = parameters.migrationDelayNs();
        this.online = online;
        this.idlers = idlers;
        this.current = current;
        this.bias = new int[topology.socketCount()];
    }

    /** The first queued vCPU of a busy pCPU that beats {@code priority}, now placed on {@code cpu}; or IDLE. */
    int steal(int cpu, int priority, long now) {
        if (queues.total() == queues.length(cpu)) {
            return IDLE;
        }
        if (rules.softAffinity() && vcpus.anySoft) {
            int preferring = steal(cpu, priority, now, true);
            if (preferring != IDLE) {
                return preferring;
            }
        }
        return steal(cpu, priority, now, false);
    }

    private int steal(int cpu, int priority, long now, boolean preferring) {
        int sockets = topology.socketCount();
        for (int i = 0; i < sockets; i++) {
            int socket = (topology.socketOf(cpu) + i) % sockets;
            BitSet peers = topology.socket(socket);
            int first = rules.balanceInTurn() ? Masks.cycle(bias[socket], peers) : peers.nextSetBit(0);
            int peer = first;
            do {
                if (peer != cpu
                        && queues.length(peer) > 0
                        && online.get(peer)
                        && !idlers.get(peer)
                        && current[peer] != IDLE) {
                    int found = stealFrom(peer, cpu, priority, now, preferring);
                    if (found != IDLE) {
                        bias[socket] = peer;
                        return found;
                    }
                }
                peer = Masks.cycle(peer, peers);
            } while (peer != first);
        }
        return IDLE;
    }

    private int stealFrom(int peer, int cpu, int priority, long now, boolean preferring) {
        for (int i = 0; i < queues.length(peer); i++) {
            int vcpu = queues.at(peer, i);
            if (vcpus.priority[vcpu] <= priority) {
                return IDLE;
            }
            @Nullable BitSet allowed = preferring ? vcpus.soft[vcpu] : vcpus.hard[vcpu];
            boolean hot = migrationDelay > 0 && now - vcpus.lastRan[vcpu] < migrationDelay;
            if (!vcpus.onCpu[vcpu] && !hot && allowed != null && allowed.get(cpu)) {
                queues.remove(peer, vcpu);
                vcpus.processor[vcpu] = cpu;
                return vcpu;
            }
        }
        return IDLE;
    }

    void fields(Fields f) {
        f.at("steal-bias", bias);
    }
}
