package org.xenfleet.xen.sched;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evens out the load of the run queues of a pool: where two differ too much, a vCPU is pushed, pulled, or exchanged for
 * another, whatever brings them closest. Used by one thread.
 *
 * <p>Source: xen-semantics section 4.2, "load window". Simplified against Xen: a difference of exactly the tolerance is
 * none, a load of exactly the capacity no overload, and the locks of other run queues, which Xen only tries, are free.
 */
final class Credit2Balancer {
    /** A difference of one vCPU is tolerated while nobody need wait, an eighth when somebody must. */
    private static final long UNDERLOAD_TOLERANCE = LoadAverage.ONE;

    private static final long OVERLOAD_TOLERANCE = LoadAverage.ONE >> 3;

    /** Hears who is to go where. */
    interface Mover {
        void move(int vcpu, Credit2RunQueue to, long now);
    }

    private final Credit2Vcpus vcpus;
    private final List<Credit2RunQueue> queues;
    private final Mover mover;

    Credit2Balancer(Credit2Vcpus vcpus, List<Credit2RunQueue> queues, Mover mover) {
        this.vcpus = vcpus;
        this.queues = queues;
        this.mover = mover;
    }

    void balance(Credit2RunQueue here, long now) {
        here.changeLoad(0, now);
        Credit2RunQueue farthest = null;
        long most = 0;
        for (Credit2RunQueue other : queues) {
            if (other != here && !other.cpus.isEmpty()) {
                other.changeLoad(0, now);
                long difference = Math.abs(here.averageLoad() - other.averageLoad());
                if (difference > most) {
                    most = difference;
                    farthest = other;
                }
            }
        }
        if (farthest != null
                && most > tolerance(here, farthest, Math.max(here.averageLoad(), farthest.averageLoad()))) {
            exchange(here, farthest, now);
        }
    }

    private static long tolerance(Credit2RunQueue a, Credit2RunQueue b, long load) {
        int cpus = Math.max(a.cpus.cardinality(), b.cpus.cardinality());
        return load <= cpus * LoadAverage.ONE ? UNDERLOAD_TOLERANCE : OVERLOAD_TOLERANCE;
    }

    /** Whether two run queues may come to differ too much before anybody wakes or goes to sleep. */
    boolean mayMove(Credit2RunQueue here) {
        for (Credit2RunQueue other : queues) {
            if (other != here && !other.cpus.isEmpty()) {
                long high = Math.max(here.averageLoadAtMost(), other.averageLoadAtMost());
                long difference = Math.max(
                        here.averageLoadAtMost() - other.averageLoadAtLeast(),
                        other.averageLoadAtMost() - here.averageLoadAtLeast());
                if (difference > tolerance(here, other, high)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Of all single moves and exchanges the first that leaves the least difference, if that is less than it is. */
    private void exchange(Credit2RunQueue here, Credit2RunQueue there, long now) {
        seeLoads(here, now);
        seeLoads(there, now);
        long difference = here.averageLoad() - there.averageLoad();
        long least = Math.abs(difference);
        int push = Credit2Vcpus.NONE;
        int pull = Credit2Vcpus.NONE;
        for (int i = 0; i <= here.members.size(); i++) {
            int mine = i < here.members.size() ? here.members.at(i) : Credit2Vcpus.NONE;
            if (mine != Credit2Vcpus.NONE && !canMove(mine, there)) {
                continue;
            }
            for (int j = 0; j <= there.members.size(); j++) {
                int theirs = j < there.members.size() ? there.members.at(j) : Credit2Vcpus.NONE;
                if (theirs != Credit2Vcpus.NONE && !canMove(theirs, here)) {
                    continue;
                }
                long left = Math.abs(difference - 2 * loadOf(mine) + 2 * loadOf(theirs));
                if (left < least) {
                    least = left;
                    push = mine;
                    pull = theirs;
                }
            }
        }
        if (push != Credit2Vcpus.NONE) {
            mover.move(push, there, now);
        }
        if (pull != Credit2Vcpus.NONE) {
            mover.move(pull, here, now);
        }
    }

    private void seeLoads(Credit2RunQueue queue, long now) {
        for (int i = 0; i < queue.members.size(); i++) {
            int vcpu = queue.members.at(i);
            vcpus.seeLoad(vcpu, vcpus.runnable(vcpu), now);
        }
    }

    private long loadOf(int vcpu) {
        return vcpu == Credit2Vcpus.NONE ? 0 : vcpus.averageLoad[vcpu];
    }

    private boolean canMove(int vcpu, Credit2RunQueue to) {
        return vcpus.migratesTo[vcpu] == Credit2Vcpus.NONE && vcpus.hard[vcpu].intersects(to.cpus);
    }

    /** The run queue for a vCPU: the least loaded that its preference, or else its affinity, allows; the first of equals. */
    Credit2RunQueue place(int vcpu) {
        Credit2RunQueue preferred = vcpus.soft[vcpu] == null ? null : leastLoaded(vcpu, vcpus.soft[vcpu]);
        Credit2RunQueue best = preferred != null ? preferred : leastLoaded(vcpu, vcpus.hard[vcpu]);
        if (best == null) {
            throw new IllegalArgumentException(
                    "vCPU " + vcpu + " of the pool may run on none of its pCPUs: " + vcpus.hard[vcpu]);
        }
        return best;
    }

    private @Nullable Credit2RunQueue leastLoaded(int vcpu, BitSet allowed) {
        Credit2RunQueue best = null;
        long least = Long.MAX_VALUE;
        for (Credit2RunQueue queue : queues) {
            if (queue.cpus.intersects(allowed)) {
                boolean own = vcpus.queue[vcpu] == queue.number;
                long load = Math.max(queue.averageLoad() - (own ? vcpus.averageLoad[vcpu] : 0), 0);
                if (load < least) {
                    least = load;
                    best = queue;
                }
            }
        }
        return best;
    }
}
