package org.xenfleet.host;

import java.util.ArrayList;
import java.util.List;
import org.xenfleet.host.protocol.HypercallPath.DomctlBusy;
import org.xenfleet.host.protocol.HypercallPath.DomctlFree;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.Mechanism;
import org.xenfleet.xen.control.DomctlLock;

/**
 * Lets one call into Xen at a time, a domctl or one of those that share another lock of the host, tells the pCPUs of the
 * others, and remembers who held the domctl lock for so long that the host was unresponsive. Times are ns. Used by one thread.
 */
final class DomctlGate {
    /** The domctl lock was held by the call on a pCPU. */
    record DomctlHold(int cpu, long start, long end) {}

    private final HostContext host;
    private final boolean ofDomctls;
    private final DomctlLock lock;
    private final List<DomctlHold> longHolds = new ArrayList<>(0);

    /** {@code ofDomctls} is false for another lock, without which the host is not unresponsive. */
    DomctlGate(HostContext host, boolean ofDomctls) {
        this.host = host;
        this.ofDomctls = ofDomctls;
        this.lock = new DomctlLock(host.plan().has(Mechanism.M11));
    }

    /** Whether the call on a pCPU has the lock now; if not, its pCPU is told to try again and again. */
    boolean enter(int cpu) {
        boolean entered = lock.tryLock(cpu, host.now());
        if (!entered) {
            host.tellCpu(cpu, new DomctlBusy(lock.holder()));
        }
        return entered;
    }

    void leave(int cpu) {
        held(cpu, host.now());
        letTry(lock.unlock());
    }

    /** A pCPU does not try any more. */
    void stopsTrying(int cpu) {
        lock.stopTrying(cpu);
        letTry(lock.next());
    }

    private void letTry(int cpu) {
        if (cpu >= 0) {
            host.tellCpu(cpu, new DomctlFree());
        }
    }

    private void held(int cpu, long until) {
        if (ofDomctls && until - lock.heldSince() >= host.plan().spec().unresponsiveAfterNs()) {
            longHolds.add(new DomctlHold(cpu, lock.heldSince(), until));
        }
    }

    /** The run, or the host, is over at {@code end}. */
    void finish(long end) {
        if (lock.holder() >= 0) {
            held(lock.holder(), end);
        }
        if (ofDomctls) {
            host.report().domctlHeld(longHolds);
        }
    }

    void fields(Fields f) {
        lock.fields(f);
        int n = f.at("domctl-holds", longHolds.size());
        List<DomctlHold> old = List.copyOf(longHolds);
        longHolds.clear();
        for (int i = 0; i < n; i++) {
            DomctlHold h = i < old.size() ? old.get(i) : new DomctlHold(0, 0, 0);
            longHolds.add(new DomctlHold(
                    f.at("domctl-cpu", h.cpu()), f.at("domctl-start", h.start()), f.at("domctl-end", h.end())));
        }
    }
}
