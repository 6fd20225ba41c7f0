package org.xenfleet.xen.sched;

import java.util.BitSet;

/**
 * Who runs next on a pCPU under credit2, and whether the end of a slice could matter there. Used by one thread.
 *
 * <p>Source: xen-semantics section 4.2, "migrate resist" and "Wake" (who is left to whom); the traces of Xen 4.17.7 show each
 * candidate.
 */
final class Credit2Chooser {
    private static final int IDLE = PoolScheduler.IDLE;

    private final Credit2Vcpus vcpus;
    private final Credit2Budgets budgets;
    private final Credit2Credits credits;
    private final Credit2Balancer balancer;
    private final VcpuTimes times;
    private final int[] current;

    /** Shares {@code current} with its scheduler. */
    Credit2Chooser(
            Credit2Vcpus vcpus,
            Credit2Budgets budgets,
            Credit2Credits credits,
            Credit2Balancer balancer,
            VcpuTimes times,
            int[] current) {
        this.vcpus = vcpus;
        this.budgets = budgets;
        this.credits = credits;
        this.balancer = balancer;
        this.times = times;
        this.current = current;
    }

    /**
     * Who goes on or comes next: the first who waits, may run here, is not left to another pCPU, and is worth being pulled
     * from its own; but only if it has more credit than the vCPU that runs here, or that one yields.
     */
    int candidate(Credit2RunQueue queue, int cpu, int running, long now) {
        boolean yields = running != IDLE && vcpus.yielding[running];
        boolean goesOn = running != IDLE && vcpus.runnable(running);
        if (goesOn && !yields && credits.isKeptByLimit(cpu, now)) {
            return running;
        }
        int best = goesOn && !isBetterElsewhere(queue, running, cpu) ? running : IDLE;
        for (int i = 0; i < queue.waiting.size(); i++) {
            int vcpu = queue.waiting.at(i);
            long lead = vcpus.credit[vcpu] - credits.creditOf(best);
            boolean stays = vcpus.processor[vcpu] != cpu && lead < Credit2Parameters.MIGRATE_RESIST;
            if (vcpus.hard[vcpu].get(cpu) && !isLeftToAnother(queue, vcpu, cpu) && !stays) {
                return (yields || lead > 0) && hasBudget(queue, vcpu, now) ? vcpu : best;
            }
        }
        return best;
    }

    /** Whether a waiting vCPU could run; one that has no budget is parked and waits no more. */
    private boolean hasBudget(Credit2RunQueue queue, int vcpu, long now) {
        if (budgets.grab(vcpu, now)) {
            return true;
        }
        queue.dequeue(vcpu, now);
        times.offline(vcpu, vcpus.processor[vcpu], now);
        return false;
    }

    /** Whether a running vCPU does not prefer its pCPU and finds an idle one of its run queue that it prefers. */
    private boolean isBetterElsewhere(Credit2RunQueue queue, int vcpu, int cpu) {
        BitSet soft = vcpus.soft[vcpu];
        return soft != null && !soft.get(cpu) && queue.idler(cpu, soft) >= 0;
    }

    /** Whether the end of the running vCPU's slice could do more than give it another. */
    boolean sliceMatters(Credit2RunQueue queue, int cpu) {
        int vcpu = current[cpu];
        return vcpu != IDLE
                && (isAnybodyForIt(queue, cpu)
                        || !vcpus.runnable(vcpu)
                        || isAnyCapped(queue)
                        || (vcpus.soft[vcpu] != null && !vcpus.soft[vcpu].get(cpu))
                        || balancer.mayMove(queue));
    }

    /** Whether a capped vCPU runs: any reset may find that its budget is spent. */
    private boolean isAnyCapped(Credit2RunQueue queue) {
        for (int cpu = queue.cpus.nextSetBit(0); cpu >= 0; cpu = queue.cpus.nextSetBit(cpu + 1)) {
            if (current[cpu] != IDLE && budgets.isCapped(current[cpu])) {
                return true;
            }
        }
        return false;
    }

    /** Whether somebody waits who may run on a pCPU and is not left to another. */
    private boolean isAnybodyForIt(Credit2RunQueue queue, int cpu) {
        for (int i = 0; i < queue.waiting.size(); i++) {
            int vcpu = queue.waiting.at(i);
            if (vcpus.hard[vcpu].get(cpu) && !isLeftToAnother(queue, vcpu, cpu)) {
                return true;
            }
        }
        return false;
    }

    private boolean isLeftToAnother(Credit2RunQueue queue, int vcpu, int cpu) {
        int earmark = vcpus.earmark[vcpu];
        return earmark >= 0 && earmark != cpu && queue.tickled.get(earmark);
    }
}
