package org.xenfleet.host.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xenfleet.scenario.HostSpec;
import org.xenfleet.xen.Costs;
import org.xenfleet.xen.PageAccounts;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.operation.Operation;
import org.xenfleet.xen.operation.Operation.Cadence;
import org.xenfleet.xen.operation.OperationCatalogue;
import org.xenfleet.xen.sched.Topology;

/**
 * Everything that is fixed before a host runs, and the addresses of its actors: hypervisor, toolstack, CPU pools, pCPUs,
 * domains. Immutable; nothing in it may be changed.
 *
 * @param name pool/index; also the key of its random draws
 * @param catalogue the operations as its Xen has them
 * @param watchdog empty when Xen runs without one
 */
public record HostPlan(
        String name,
        HostSpec spec,
        OperationCatalogue catalogue,
        Costs costs,
        long seed,
        long timeAtStart,
        long accountingPhase,
        Optional<WatchdogPlan> watchdog,
        Topology topology,
        List<PoolPlan> pools,
        List<DomainPlan> domains,
        List<VcpuPlan> vcpus) {

    public static final int HYPERVISOR = 0;
    public static final int TOOLSTACK = 1;
    private static final int FIRST_POOL = 2;
    private static final long PAGE = 4096;

    /** How long after it is due a Xen timer's handler runs at the earliest, in ns. */
    public long timerDelay() {
        return version().timerSlopNs() + costs.timerLatency();
    }

    public int poolAddress(int pool) {
        return FIRST_POOL + pool;
    }

    public int cpuAddress(int cpu) {
        return FIRST_POOL + pools.size() + cpu;
    }

    public int domainAddress(int domid) {
        return FIRST_POOL + pools.size() + topology.cpus() + domid;
    }

    public DomainPlan domainOf(int vcpu) {
        return domains.get(vcpus.get(vcpu).domid());
    }

    /** The pool of a pCPU. */
    public PoolPlan poolOf(int cpu) {
        return pools.stream().filter(p -> p.cpus().get(cpu)).findFirst().orElseThrow();
    }

    /** When this Xen tests for preemption in an operation. */
    public Cadence cadence(Operation operation) {
        return operation.cadence(version(), this::isFixed);
    }

    public XenVersion version() {
        return spec.xen().version();
    }

    /** Whether the flushes of an operation come once at the end of a slice. */
    public boolean flushesAtEnd(Operation operation) {
        return operation.flushesAtEnd(version());
    }

    /** Whose the host's memory is once all domains are built. */
    public PageAccounts pages() {
        long[] allocated = domains.stream().mapToLong(DomainPlan::ramPages).toArray();
        long[] most = domains.stream().mapToLong(DomainPlan::mostPages).toArray();
        return new PageAccounts(
                spec.memoryBytes() / PAGE - Arrays.stream(allocated).sum(), allocated, most);
    }

    /** Whether this Xen has the fix of an advisory. */
    public boolean isFixed(String advisory) {
        return switch (advisory) {
            case "xsa-89" -> spec.xen().xsa89Fixed();
            default -> spec.xen().fixes().contains(advisory);
        };
    }
}
