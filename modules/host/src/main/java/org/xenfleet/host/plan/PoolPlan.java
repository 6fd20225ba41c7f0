package org.xenfleet.host.plan;

import java.util.BitSet;
import org.xenfleet.xen.sched.CreditParameters;
import org.xenfleet.xen.sched.SchedulerKind;

/** A CPU pool and its pCPUs; the first is the master of its accounting. The mask must not be changed. */
public record PoolPlan(int index, String name, BitSet cpus, SchedulerKind scheduler, CreditParameters credit) {
    public int masterCpu() {
        return cpus.nextSetBit(0);
    }
}
