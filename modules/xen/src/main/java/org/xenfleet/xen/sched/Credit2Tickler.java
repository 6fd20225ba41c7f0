package org.xenfleet.xen.sched;

import java.util.BitSet;

/**
 * Whom to poke for a vCPU that is newly queued: an idle pCPU of its run queue, else the busy one whose vCPU has least credit
 * against it. A pCPU that was poked and has not rescheduled since is left alone, and the vCPU for which it was poked is
 * left to it. Used by one thread.
 *
 * <p>Source: xen-semantics section 4.2, "Wake"; the rate limit's part in it as in the traces of Xen 4.17.7.
 */
final class Credit2Tickler {
    private static final int NOBODY = -1;

    private final Credit2Vcpus vcpus;
    private final Credit2Credits credits;
    private final int[] current;
    private final BitSet pokes;

    /** Shares {@code pokes} and {@code current} with its scheduler. */
    Credit2Tickler(Credit2Vcpus vcpus, Credit2Credits credits, int[] current, BitSet pokes) {
        this.vcpus = vcpus;
        this.credits = credits;
        this.current = current;
        this.pokes = pokes;
    }

    /** Pokes a pCPU, which others leave alone until it reschedules. */
    void poke(Credit2RunQueue queue, int cpu) {
        queue.tickled.set(cpu);
        pokes.set(cpu);
    }

    void tickle(Credit2RunQueue queue, int vcpu, long now) {
        int cpu = idler(queue, vcpu);
        if (cpu == NOBODY) {
            cpu = victim(queue, vcpu, now);
        }
        if (cpu != NOBODY) {
            poke(queue, cpu);
            vcpus.earmark[vcpu] = cpu;
        }
    }

    private int idler(Credit2RunQueue queue, int vcpu) {
        BitSet soft = vcpus.soft[vcpu];
        int preferred = soft == null ? NOBODY : queue.idler(vcpus.processor[vcpu], soft);
        return preferred != NOBODY ? preferred : queue.idler(vcpus.processor[vcpu], vcpus.hard[vcpu]);
    }

    /** Its own pCPU if it beats who runs there and prefers it, else the one where it wins most. */
    private int victim(Credit2RunQueue queue, int vcpu, long now) {
        BitSet busy = Masks.and(queue.cpus, vcpus.hard[vcpu]);
        busy.andNot(queue.idle);
        busy.andNot(queue.tickled);
        int own = vcpus.processor[vcpu];
        int best = NOBODY;
        long most = 0;
        if (busy.get(own)) {
            most = Math.max(0, score(queue, vcpu, own, now));
            best = most > 0 ? own : NOBODY;
            if (best == own && prefers(vcpu, own)) {
                return own;
            }
            busy.clear(own);
        }
        for (int cpu = busy.nextSetBit(0); cpu >= 0; cpu = busy.nextSetBit(cpu + 1)) {
            long score = score(queue, vcpu, cpu, now);
            if (score > most) {
                most = score;
                best = cpu;
            }
        }
        return best;
    }

    /** By how much credit the vCPU beats who runs on a pCPU, with 10 ms more for each whom the exchange suits. */
    private long score(Credit2RunQueue queue, int vcpu, int cpu, long now) {
        int running = current[cpu];
        if (running == NOBODY || !credits.isPreemptable(cpu, now)) {
            return -1;
        }
        credits.burn(queue, running, now);
        long score = vcpus.credit[vcpu] - vcpus.credit[running];
        if (vcpus.processor[vcpu] != cpu) {
            score -= Credit2Parameters.MIGRATE_RESIST;
        }
        if (score > 0) {
            score += prefers(vcpu, cpu) ? Credit2Parameters.CREDIT_INIT : 0;
            score += prefers(running, cpu) ? 0 : Credit2Parameters.CREDIT_INIT;
        }
        return score;
    }

    private boolean prefers(int vcpu, int cpu) {
        BitSet soft = vcpus.soft[vcpu];
        return soft == null || soft.get(cpu);
    }
}
