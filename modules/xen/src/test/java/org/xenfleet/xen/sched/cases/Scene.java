package org.xenfleet.xen.sched.cases;

import java.util.BitSet;
import java.util.List;
import org.xenfleet.xen.sched.CreditParameters;
import org.xenfleet.xen.sched.Topology;

/**
 * What the first line of a case draws. Times are ns from the start; the window is what the second line speaks of.
 *
 * @param pool the pCPUs of the pool
 * @param accounting when the pool's first accounting comes
 * @param latency from a poke to the pCPU's SCHEDULE softirq
 */
record Scene(
        Policy policy,
        Topology topology,
        BitSet pool,
        CreditParameters parameters,
        List<Domain> domains,
        long accounting,
        long latency,
        long from,
        long to) {
    /** {@code weight} and {@code cap} as {@code xl sched-credit} has them. */
    record Domain(int weight, int cap, List<Vcpu> vcpus) {}

    /** Born on {@code processor}, wakes first at {@code first}; the masks are as the case says, empty for everywhere. */
    record Vcpu(String name, Demand demand, BitSet hard, BitSet soft, int processor, long first) {}

    List<Vcpu> vcpus() {
        return domains.stream().flatMap(d -> d.vcpus().stream()).toList();
    }
}
