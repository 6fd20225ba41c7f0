package org.xenfleet.xen.sched;

import java.util.BitSet;

/** What administrators and the hypervisor itself ask of the scheduler of a pool, besides scheduling. Used by one thread. */
public interface PoolControl extends PoolScheduler {
    /**
     * Puts one more pause on; a vCPU that is queued leaves its queue, and the pCPU of one that runs is poked.
     *
     * @return whether it is on a pCPU, which gives it up as soon as it schedules
     */
    boolean pause(int vcpu, long now);

    /**
     * From now on a vCPU may run on these pCPUs only, at least one of them in the pool. It is placed anew; a running one when
     * its pCPU reschedules, which is poked.
     */
    void setAffinity(int vcpu, BitSet hard, long now);

    /** Whether a pCPU runs it, or has not given it up yet. */
    boolean isOnCpu(int vcpu);

    /** pCPUs that still hold state of a domain of which nothing runs give it up. */
    void sync(int domain);

    /** A pCPU that runs its idle vCPU goes out of use. It is not the last of the pool. */
    void offline(int cpu, long now);

    /** The pCPUs in use; must not be changed. */
    BitSet online();

    /**
     * Frees those that only a tied pCPU could run, which no Xen does: for runs in which that mechanism is left out.
     *
     * @param free also those that may run elsewhere
     * @param pinned also those that may not
     */
    void evacuate(int cpu, boolean free, boolean pinned, long now);

    /**
     * As {@link #schedule(int, long, long, long)}.
     *
     * @param tasklet a tasklet waits for the idle vCPU, which is chosen whatever else could run
     */
    int schedule(int cpu, long now, long pass, long contextSwitch, boolean tasklet);

    @Override
    default int schedule(int cpu, long now, long pass, long contextSwitch) {
        return schedule(cpu, now, pass, contextSwitch, false);
    }
}
