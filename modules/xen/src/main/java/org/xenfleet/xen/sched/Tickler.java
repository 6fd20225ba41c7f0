package org.xenfleet.xen.sched;

import java.util.BitSet;
import org.xenfleet.xen.Fields;

/**
 * Whom to poke for a vCPU that is newly queued: an idle pCPU that may run it, else its own if it is more urgent than what
 * runs there. Used by one thread.
 *
 * <p>Source: xen-semantics section 4.1, "Wake".
 */
final class Tickler {
    private static final int IDLE = CreditScheduler.IDLE;

    private final CreditVcpus vcpus;
    private final CreditRules rules;
    private final boolean oneIdle;
    private final Idlers idlers;
    private final BitSet pokes;
    private final int[] current;
    private final int[] lastTickled;

    /** Shares the masks and {@code current} with its scheduler. */
    Tickler(
            CreditVcpus vcpus,
            CreditRules rules,
            CreditParameters parameters,
            Idlers idlers,
            BitSet pokes,
            int[] current) {
        this.vcpus = vcpus;
        this.rules = rules;
        this.oneIdle = parameters.tickleOneIdle();
        this.idlers = idlers;
        this.pokes = pokes;
        this.current = current;
        this.lastTickled = new int[current.length];
    }

    /** @param waker the pCPU on which the waking runs; each takes the idlers in turn */
    void tickle(int cpu, int vcpu, int waker) {
        int running = current[cpu];
        boolean higher = running == IDLE || vcpus.priority[vcpu] > vcpus.priority[running];
        if (running == IDLE || (idlers.isEmpty() && higher)) {
            poke(cpu);
        } else if (!idlers.isEmpty()) {
            BitSet suitable = suitableIdlers(vcpu);
            if (!suitable.isEmpty()) {
                pokeIdlers(suitable, waker);
            } else if (higher) {
                if (!rules.kickOnlyIfItCanGo() || vcpus.hard[running].intersects(idlers.cpus())) {
                    vcpus.migrating[running] = true;
                }
                poke(cpu);
            }
        }
    }

    /** Of the preferred ones if there are any, else of all it may run on. */
    private BitSet suitableIdlers(int vcpu) {
        BitSet soft = vcpus.soft[vcpu];
        if (soft != null && soft.intersects(idlers.cpus())) {
            return Masks.and(idlers.cpus(), soft);
        }
        return Masks.and(idlers.cpus(), vcpus.hard[vcpu]);
    }

    private void pokeIdlers(BitSet suitable, int waker) {
        if (oneIdle) {
            lastTickled[waker] = Masks.cycle(lastTickled[waker], suitable);
            poke(lastTickled[waker]);
        } else {
            for (int cpu = suitable.nextSetBit(0); cpu >= 0; cpu = suitable.nextSetBit(cpu + 1)) {
                poke(cpu);
            }
        }
    }

    private void poke(int cpu) {
        pokes.set(cpu);
        if (rules.tickledIsBusy()) {
            idlers.clear(cpu);
        }
    }

    void fields(Fields f) {
        f.at("last-tickled", lastTickled);
    }
}
