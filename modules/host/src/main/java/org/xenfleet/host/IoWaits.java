package org.xenfleet.host;

import java.util.Arrays;
import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.host.protocol.InputOutput.IoDone;
import org.xenfleet.host.protocol.Scheduling.WaitedForIo;
import org.xenfleet.xen.Fields;

/** Since when the vCPUs of a guest wait for its device model. Tells the pool of long waits. Used by their {@link Domain} only. */
final class IoWaits {
    private static final long NO_IO = -1;
    private static final int NO_CPU = -1;

    private final HostContext host;
    private final DomainPlan plan;
    private final int firstVcpu;
    private final long[] since;

    IoWaits(HostContext host, DomainPlan plan) {
        this.host = host;
        this.plan = plan;
        this.firstVcpu = plan.vcpus().get(0).number();
        this.since = new long[plan.vcpus().size()];
        Arrays.fill(since, NO_IO);
    }

    void begins(int vcpu) {
        since[vcpu - firstVcpu] = host.now();
    }

    void ends(IoDone message) {
        int index = message.vcpu() - firstVcpu;
        long begun = since[index];
        since[index] = NO_IO;
        if (host.now() - begun >= host.notableNs()) {
            host.tellPool(plan.pool(), new WaitedForIo(message.vcpu(), message.cpu(), begun, host.now()));
        }
    }

    /** Those who still wait at the end of the run have waited until then. */
    void finish(long at) {
        for (int index = 0; index < since.length; index++) {
            if (since[index] >= 0) {
                host.tellPool(plan.pool(), new WaitedForIo(firstVcpu + index, NO_CPU, since[index], at));
            }
        }
    }

    void fields(Fields f) {
        f.at("io-since", since);
    }
}
