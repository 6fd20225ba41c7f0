package org.xenfleet.xen.sched;

/**
 * How vCPUs pay for their time and when a run queue begins anew: burning by weight, the reset, and how long a vCPU may run
 * on its credit. Used by one thread.
 *
 * <p>Source: xen-semantics section 4.2; the traces of Xen 4.17.7 show each burn and each reset.
 */
final class Credit2Credits {
    private static final int IDLE = PoolScheduler.IDLE;

    private final Credit2Vcpus vcpus;
    private final Credit2Budgets budgets;
    private final int[] current;
    private final long[] runningSince;
    private final long ratelimit;

    /** Shares {@code current} and {@code runningSince}, by pCPU, with its scheduler. */
    Credit2Credits(
            Credit2Vcpus vcpus,
            Credit2Budgets budgets,
            Credit2Parameters parameters,
            int[] current,
            long[] runningSince) {
        this.vcpus = vcpus;
        this.budgets = budgets;
        this.ratelimit = parameters.ratelimitNs();
        this.current = current;
        this.runningSince = runningSince;
    }

    /** A running vCPU pays up to {@code now}: the lighter it is the more, never below the floor. */
    void burn(Credit2RunQueue queue, int vcpu, long now) {
        long elapsed = now - vcpus.chargedTo[vcpu];
        if (elapsed <= 0) {
            return;
        }
        int weight = vcpus.weightOf(vcpu);
        long due = elapsed * queue.maxWeight() + vcpus.residual[vcpu];
        vcpus.residual[vcpu] = due % weight;
        vcpus.credit[vcpu] = Math.max(vcpus.credit[vcpu] - due / weight, Credit2Parameters.CREDIT_MIN);
        vcpus.chargedTo[vcpu] = now;
        budgets.spend(vcpu, elapsed);
    }

    /** Nobody who could run has credit: all members get some, twice as much when {@code next} is at the floor. */
    void reset(Credit2RunQueue queue, int next, long now) {
        boolean atFloor = vcpus.credit[next] == Credit2Parameters.CREDIT_MIN;
        long gift = atFloor ? 2 * Credit2Parameters.CREDIT_INIT : Credit2Parameters.CREDIT_INIT;
        for (int i = 0; i < queue.members.size(); i++) {
            int vcpu = queue.members.at(i);
            if (current[vcpus.processor[vcpu]] == vcpu) {
                burn(queue, vcpu, now);
            }
            vcpus.credit[vcpu] = Math.min(vcpus.credit[vcpu] + gift, Credit2Parameters.CREDIT_MAX);
            vcpus.chargedTo[vcpu] = now;
        }
    }

    /** Whether the rate limit still keeps the vCPU that runs on a pCPU. */
    boolean isKeptByLimit(int cpu, long now) {
        return now - runningSince[cpu] < ratelimit;
    }

    /** Whether a vCPU that wakes may have the one that runs on a pCPU make room. */
    boolean isPreemptable(int cpu, long now) {
        return ratelimit <= Credit2Parameters.RATELIMIT_TOLERANCE
                || now - runningSince[cpu] > ratelimit - Credit2Parameters.RATELIMIT_TOLERANCE;
    }

    /**
     * Until the credit is gone, or as little as that of the first who waits with any, or the budget of a cap is spent; between 500 us, or what is left of the
     * rate limit, and 10 ms. Who has just been sent away does not wait yet.
     */
    long slice(Credit2RunQueue queue, int next, boolean goesOn, int cpu, long now) {
        long least = Credit2Parameters.MIN_TIMER;
        if (ratelimit > 0) {
            least = Math.max(least, goesOn ? runningSince[cpu] + ratelimit - now : ratelimit);
        }
        long credit = vcpus.credit[next];
        if (!queue.waiting.isEmpty()) {
            credit -= Math.max(0, vcpus.credit[queue.waiting.at(0)]);
        }
        long time = credit > 0 ? credit * vcpus.weightOf(next) / queue.maxWeight() : 0;
        if (budgets.isCapped(next)) {
            time = Math.min(time, budgets.left(next));
        }
        return time < least ? least : Math.min(time, Credit2Parameters.MAX_TIMER);
    }

    /** The credit of a vCPU or of the idle vCPU, which anybody beats. */
    long creditOf(int vcpu) {
        return vcpu == IDLE ? Long.MIN_VALUE / 2 : vcpus.credit[vcpu];
    }
}
