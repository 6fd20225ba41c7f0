package org.xenfleet.host;

import java.util.BitSet;
import java.util.function.IntConsumer;
import org.xenfleet.host.protocol.Rendezvous.WantQuiescence;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.Mechanism;
import org.xenfleet.xen.control.DomainTable;
import org.xenfleet.xen.control.RcuBatches;

/**
 * Frees what is left of domains that are unlisted, once every pCPU has served its softirqs. Used by one thread.
 *
 * <p>Source: xen-semantics section 5, M12.
 */
final class Graveyard {
    private final HostContext host;
    private final DomainTable table;
    private final RcuBatches rcu = new RcuBatches();
    private BitSet online = new BitSet();
    /** Hears of a pCPU whose call has waited for a grace period that it is over. */
    private IntConsumer passed = cpu -> {};

    Graveyard(HostContext host, DomainTable table) {
        this.host = host;
        this.table = table;
    }

    /** {@code cpus}, the pCPUs in use, is shared and must not be changed. */
    void watch(BitSet cpus) {
        online = cpus;
    }

    /** From now on {@code barrier} hears when a call of {@link #barrier} can go on, by its pCPU. */
    void tell(IntConsumer barrier) {
        passed = barrier;
    }

    /** A call on a pCPU waits for a grace period, and serves its own softirqs meanwhile; false when there is nothing to wait for. */
    boolean barrier(int cpu) {
        if (!host.plan().has(Mechanism.M12)) {
            return false;
        }
        if (rcu.queue(-1 - cpu)) {
            begin();
        }
        return true;
    }

    /** A pCPU on which grace periods wait, or -1. */
    int waitsFor() {
        return rcu.waitsFor();
    }

    /** A call on a pCPU has taken a read lock that it will never drop. */
    void leak(int cpu) {
        rcu.leak(cpu);
    }

    /** Nobody can name a domain any more. */
    void unlisted(int domid) {
        if (!host.plan().has(Mechanism.M12)) {
            free(domid);
        } else if (rcu.queue(domid)) {
            begin();
        }
    }

    private void begin() {
        rcu.begin(online);
        online.stream().forEach(cpu -> host.tellCpu(cpu, new WantQuiescence()));
        for (int callback : rcu.current()) {
            if (callback < 0) {
                quiescent(-1 - callback);
            }
        }
    }

    /** A pCPU serves its softirqs. */
    void quiescent(int cpu) {
        if (rcu.passed(cpu)) {
            rcu.takeDone().forEach(this::done);
            if (rcu.hasQueued()) {
                begin();
            }
        }
    }

    private void done(int callback) {
        if (callback < 0) {
            passed.accept(-1 - callback);
        } else {
            free(callback);
        }
    }

    private void free(int domid) {
        int target = table.free(domid, host.now());
        if (target >= 0) {
            unlisted(target);
        }
    }

    void fields(Fields f) {
        rcu.fields(f, host.plan().topology().cpus());
    }
}
