package org.xenfleet.xen.sched;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which run queue a credit2 vCPU belongs to and when it waits there: waking, affinity, pCPUs that go out of use, the balance.
 * Used by one thread.
 *
 * <p>Source: xen-semantics section 4.2; that a change of affinity places anew is the behaviour of Xen 4.17.
 */
final class Credit2Moves {
    private final Credit2Vcpus vcpus;
    private final List<Credit2RunQueue> queues;
    private final Credit2Tickler tickler;
    private final Credit2Balancer balancer;
    private final VcpuTimes times;
    private final BitSet pool;
    private final int[] current;

    /** Shares the mask and {@code current} with its scheduler. */
    Credit2Moves(
            Credit2Vcpus vcpus,
            List<Credit2RunQueue> queues,
            Credit2Tickler tickler,
            VcpuTimes times,
            BitSet pool,
            int[] current) {
        this.vcpus = vcpus;
        this.queues = queues;
        this.tickler = tickler;
        this.balancer = new Credit2Balancer(vcpus, queues, this::move);
        this.times = times;
        this.pool = pool;
        this.current = current;
    }

    Credit2Balancer balancer() {
        return balancer;
    }

    Credit2RunQueue queueOf(int vcpu) {
        return queues.get(vcpus.queue[vcpu]);
    }

    boolean isOnCpu(int vcpu) {
        return current[vcpus.processor[vcpu]] == vcpu;
    }

    /** A new vCPU joins the least loaded run queue that it may join. */
    void add(int vcpu) {
        join(vcpu, balancer.place(vcpu));
    }

    /** A preference counts when it leaves out some pCPU of the pool that the vCPU may run on, and not all of them. */
    @Nullable
    BitSet usefulSoft(Affinity affinity) {
        BitSet allowed = Masks.and(affinity.hard(), pool);
        BitSet preferred = Masks.and(allowed, affinity.soft());
        return preferred.isEmpty() || preferred.equals(allowed) ? null : preferred;
    }

    private void join(int vcpu, Credit2RunQueue queue) {
        BitSet soft = vcpus.soft[vcpu];
        boolean preferred = soft != null && soft.intersects(queue.cpus);
        queue.join(vcpu);
        vcpus.processor[vcpu] = queue.place(preferred ? soft : vcpus.hard[vcpu]);
    }

    /** A vCPU that can run waits in its run queue, and has somebody poked for it. */
    void enqueue(int vcpu, long now) {
        Credit2RunQueue queue = queueOf(vcpu);
        if (isOnCpu(vcpu) || queue.waiting.contains(vcpu)) {
            return;
        }
        vcpus.seeLoad(vcpu, false, now);
        queue.changeLoad(1, now);
        queue.insert(vcpu);
        tickler.tickle(queue, vcpu, now);
    }

    /** Those that were parked wait again, if nothing else keeps them from it. */
    void resume(int[] unparked, long now) {
        for (int vcpu : unparked) {
            if (vcpus.runnable(vcpu)) {
                times.runnable(vcpu, now, -1);
                enqueue(vcpu, now);
            }
        }
    }

    void setAffinity(int vcpu, BitSet hard, long now) {
        if (!hard.intersects(pool)) {
            throw new IllegalArgumentException("a hard affinity names a pCPU of the pool, which has " + pool + "; "
                    + hard + " of vCPU " + vcpu + " names none");
        }
        vcpus.hard[vcpu] = hard;
        BitSet soft = vcpus.soft[vcpu];
        vcpus.soft[vcpu] = soft == null ? null : usefulSoft(new Affinity(hard, soft));
        if (isOnCpu(vcpu)) {
            vcpus.migrating[vcpu] = true;
            tickler.poke(queueOf(vcpu), vcpus.processor[vcpu]);
        } else {
            queueOf(vcpu).dequeue(vcpu, now);
            relocate(vcpu, now);
        }
    }

    /** Who may run nowhere else may run anywhere from then on. */
    void offline(int cpu, Credit2RunQueue queue, long now) {
        pool.clear(cpu);
        queue.removeCpu(cpu);
        for (int vcpu = 0; vcpu < vcpus.size; vcpu++) {
            if (!vcpus.hard[vcpu].intersects(pool)) {
                vcpus.hard[vcpu] = (BitSet) pool.clone();
                vcpus.soft[vcpu] = null;
            }
            if (vcpus.processor[vcpu] == cpu) {
                queueOf(vcpu).dequeue(vcpu, now);
                relocate(vcpu, now);
            }
        }
    }

    /** The one that is left to the pCPU is left to anybody; those that may run nowhere else may run anywhere else, if there is. */
    void evacuate(int cpu, Credit2RunQueue queue, boolean free, boolean pinned, long now) {
        BitSet elsewhere = (BitSet) pool.clone();
        elsewhere.clear(cpu);
        if (elsewhere.isEmpty()) {
            return;
        }
        for (int vcpu : queue.waiting.toArray()) {
            boolean onlyHere = !vcpus.hard[vcpu].intersects(elsewhere);
            if (onlyHere ? pinned : free && earmark(vcpu) == cpu) {
                vcpus.earmark[vcpu] = Credit2Vcpus.NONE;
                vcpus.hard[vcpu] = onlyHere ? (BitSet) elsewhere.clone() : vcpus.hard[vcpu];
                queueOf(vcpu).dequeue(vcpu, now);
                relocate(vcpu, now);
            }
        }
    }

    /** The pCPU that was poked for a waiting vCPU and has not rescheduled since, or -1: others leave the vCPU to it. */
    int earmark(int vcpu) {
        int cpu = vcpus.earmark[vcpu];
        return cpu >= 0
                        && queueOf(vcpu).waiting.contains(vcpu)
                        && queueOf(vcpu).tickled.get(cpu)
                ? cpu
                : -1;
    }

    /** Finds a place for a vCPU that neither runs nor waits, and lets it wait there if it wants to run. */
    void relocate(int vcpu, long now) {
        int target = vcpus.migratesTo[vcpu];
        vcpus.migratesTo[vcpu] = Credit2Vcpus.NONE;
        Credit2RunQueue to = target != Credit2Vcpus.NONE && vcpus.hard[vcpu].intersects(queues.get(target).cpus)
                ? queues.get(target)
                : balancer.place(vcpu);
        queueOf(vcpu).leave(vcpu);
        join(vcpu, to);
        vcpus.migrating[vcpu] = false;
        if (vcpus.runnable(vcpu)) {
            times.runnable(vcpu, now, -1);
            enqueue(vcpu, now);
        }
    }

    /** As the balance wants it: at once, or, if the vCPU runs, when its pCPU reschedules. */
    private void move(int vcpu, Credit2RunQueue to, long now) {
        Credit2RunQueue from = queueOf(vcpu);
        boolean waits = from.waiting.contains(vcpu);
        if (!waits && vcpus.runnable(vcpu)) {
            vcpus.migrating[vcpu] = true;
            vcpus.migratesTo[vcpu] = to.number;
            tickler.poke(from, vcpus.processor[vcpu]);
            return;
        }
        if (waits) {
            from.waiting.remove(vcpu);
            from.changeLoad(-1, now);
        }
        from.leave(vcpu);
        to.join(vcpu);
        vcpus.processor[vcpu] = to.place(vcpus.hard[vcpu]);
        if (waits) {
            to.changeLoad(1, now);
            to.insert(vcpu);
            tickler.tickle(to, vcpu, now);
        }
    }
}
