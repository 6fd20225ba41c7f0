package org.xenfleet.scenario;

import java.util.BitSet;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.sched.SchedulerKind;

/**
 * The pCPUs of a host, dealt to its CPU pools.
 *
 * @param extra the pools beside Pool-0
 * @param pool0 what is left for Pool-0, never empty
 * @param scheduler0 the scheduler of Pool-0
 */
record CpuPools(SortedMap<String, CpuPoolSpec> extra, BitSet pool0, SchedulerKind scheduler0) {

    static CpuPools read(Section host, int cpus, XenSpec xen, Optional<XenVersion> version) {
        SortedMap<String, CpuPoolSpec> pools = new TreeMap<>();
        BitSet free = new BitSet();
        free.set(0, cpus);
        Blocks.children(host, "cpu-pools", KeyTable.CPU_POOL).forEach((name, pool) -> {
            SchedulerKind scheduler = SchedulerKeys.read(pool, version, xen.scheduler());
            String text = pool.text("cpus");
            CpuList.Result result = text.isEmpty() ? new CpuList.Result(new BitSet(), "") : CpuList.parse(text, cpus);
            if (!result.problem().isEmpty()) {
                pool.problem("cpus", "= " + text + " " + result.problem());
            }
            if (name.equals(DomainSpec.POOL_0)) {
                pool.findings().problem(pool.place(), "Pool-0 is not defined: it has the pCPUs that no other pool has");
                return;
            }
            pools.forEach((other, spec) -> {
                BitSet both = spec.cpus();
                both.and(result.cpus());
                if (!both.isEmpty()) {
                    pool.problem(
                            "cpus",
                            "= " + text + " overlaps the pool " + other + " at pCPU " + CpuList.text(both)
                                    + "; a pCPU is in one pool only");
                }
            });
            free.andNot(result.cpus());
            pools.put(
                    name,
                    new CpuPoolSpec(
                            name, result.cpus(), scheduler, CreditKeys.read(pool, scheduler, xen.bootCredit())));
        });
        if (free.isEmpty()) {
            host.problem("cpu-pools", "takes all " + CpuList.count(cpus) + "; Pool-0 needs at least one for dom0");
            free.set(0, cpus);
        }
        return new CpuPools(Collections.unmodifiableSortedMap(pools), free, xen.scheduler());
    }

    /** The pCPUs of a pool; the empty set when there is no such pool. */
    BitSet cpus(String pool) {
        if (pool.equals(DomainSpec.POOL_0)) {
            return (BitSet) pool0.clone();
        }
        CpuPoolSpec spec = extra.get(pool);
        return spec == null ? new BitSet() : spec.cpus();
    }

    /** The scheduler of a pool that there is. */
    SchedulerKind scheduler(String pool) {
        CpuPoolSpec spec = extra.get(pool);
        return spec == null ? scheduler0 : spec.scheduler();
    }

    /** {@code Pool-0, a, b}, for messages. */
    String names() {
        StringBuilder names = new StringBuilder(DomainSpec.POOL_0);
        for (Map.Entry<String, CpuPoolSpec> pool : extra.entrySet()) {
            names.append(", ").append(pool.getKey());
        }
        return names.toString();
    }
}
