package org.xenfleet.host;

import java.util.BitSet;
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

    Graveyard(HostContext host, DomainTable table) {
        this.host = host;
        this.table = table;
    }

    /** {@code cpus}, the pCPUs in use, is shared and must not be changed. */
    void watch(BitSet cpus) {
        online = cpus;
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
    }

    /** A pCPU serves its softirqs. */
    void quiescent(int cpu) {
        if (rcu.passed(cpu)) {
            rcu.takeDone().forEach(this::free);
            if (rcu.hasQueued()) {
                begin();
            }
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
