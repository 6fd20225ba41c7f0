package org.xenfleet.scenario;

import java.util.BitSet;
import org.xenfleet.xen.sched.CreditParameters;

/**
 * A CPU pool beside Pool-0, under the credit scheduler. Immutable: the set is copied in and out.
 *
 * @param cpus its pCPUs, at least one, in no other pool
 */
public record CpuPoolSpec(String name, BitSet cpus, CreditParameters credit) {
    public CpuPoolSpec {
        cpus = (BitSet) cpus.clone();
    }

    @Override
    public BitSet cpus() {
        return (BitSet) cpus.clone();
    }
}
