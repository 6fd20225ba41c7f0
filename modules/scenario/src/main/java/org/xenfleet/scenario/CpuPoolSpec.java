package org.xenfleet.scenario;

import java.util.BitSet;
import org.xenfleet.xen.sched.CreditParameters;
import org.xenfleet.xen.sched.SchedulerKind;

/**
 * A CPU pool beside Pool-0. Immutable: the set is copied in and out.
 *
 * @param cpus its pCPUs, at least one, in no other pool
 * @param credit under another scheduler the rate limit alone
 */
public record CpuPoolSpec(String name, BitSet cpus, SchedulerKind scheduler, CreditParameters credit) {
    public CpuPoolSpec {
        cpus = (BitSet) cpus.clone();
    }

    @Override
    public BitSet cpus() {
        return (BitSet) cpus.clone();
    }
}
