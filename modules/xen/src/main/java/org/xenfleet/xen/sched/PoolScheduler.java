package org.xenfleet.xen.sched;

import java.util.BitSet;
import org.xenfleet.xen.Fields;

/**
 * The scheduler of one CPU pool, as whoever owns the pCPUs sees it. pCPUs go by their number on the host, vCPUs and domains
 * by the number that adding them gave. Time is Xen's system time in ns. Used by one thread.
 *
 * <p>A pCPU is asked to reschedule by a poke (its SCHEDULE softirq); pokes pile up until {@link #takePokes}. Nothing happens
 * on a pCPU before it calls {@link #schedule} itself: one that is tied by a hypercall keeps its current vCPU.
 */
public interface PoolScheduler {
    /** The idle vCPU of a pCPU. */
    int IDLE = -1;

    /** Adds a domain; its weight is at least 1, its cap in per cent of one pCPU, 0 for none. Returns its number here. */
    int addDomain(int weight, int cap);

    /**
     * Adds a vCPU, blocked and paused by its controller, created on {@code processor}; the scheduler may place it elsewhere
     * at once. Returns its number here.
     */
    int addVcpu(int domain, int processor, Affinity affinity);

    /** The pCPU on which a vCPU runs, ran last, or is to run. */
    int processor(int vcpu);

    /** The pCPU that is to run a waiting vCPU next, as things stand. */
    default int waitsFor(int vcpu) {
        return processor(vcpu);
    }

    /** The vCPU that a pCPU runs, or {@link #IDLE}. */
    int current(int cpu);

    /** How many pCPUs hold state of a domain, and so are in its dirty mask: at most one for each of its vCPUs. */
    int dirtyCpus(int domain);

    /**
     * A vCPU has something to do.
     *
     * @param waker the pCPU on which the waking runs
     * @param dueSince when the timer or event behind it was due, or -1
     */
    void wake(int vcpu, long now, int waker, long dueSince);

    /** The current vCPU of a pCPU has gone to sleep in its guest; {@link #schedule} follows. */
    void block(int vcpu);

    /** The current vCPU of a pCPU offers it to somebody else; {@link #schedule} follows. */
    void yield(int vcpu);

    /** Takes one pause off; the vCPU wakes when it was the last and it has something to do. */
    void unpause(int vcpu, long now, int waker);

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
     * What a pCPU does in its SCHEDULE softirq. Returns the vCPU that runs now, or {@link #IDLE}; {@link #slice} then says
     * for how long, {@link #firstInstruction} from when on.
     *
     * @param pass what the pass over the softirqs takes, in ns
     * @param contextSwitch what is added when another vCPU's state must be loaded; the switch to idle is lazy
     * @param tasklet a tasklet waits for the idle vCPU, which is chosen whatever else could run
     */
    int schedule(int cpu, long now, long pass, long contextSwitch, boolean tasklet);

    /** As {@link #schedule(int, long, long, long, boolean)} where no tasklet waits. */
    default int schedule(int cpu, long now, long pass, long contextSwitch) {
        return schedule(cpu, now, pass, contextSwitch, false);
    }

    /** How long the vCPU that {@link #schedule} chose last may run, in ns; means nothing for the idle vCPU. */
    long slice();

    /** When the vCPU that {@link #schedule} chose last executes its first instruction. */
    long firstInstruction();

    /** The pCPUs to poke since the last call, in the order of their numbers. */
    BitSet takePokes();

    boolean hasPokes();

    /** Visits the whole state; for snapshots and digests. */
    void fields(Fields f);
}
