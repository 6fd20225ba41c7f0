package org.xenfleet.host.plan;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.xenfleet.scenario.ClockSpec;
import org.xenfleet.scenario.HostSpec;
import org.xenfleet.scenario.KernelSpec;
import org.xenfleet.xen.Costs;
import org.xenfleet.xen.Mechanism;
import org.xenfleet.xen.PageAccounts;
import org.xenfleet.xen.XenTimers.Kind;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.operation.Operation;
import org.xenfleet.xen.operation.Operation.Cadence;
import org.xenfleet.xen.operation.OperationCatalogue;
import org.xenfleet.xen.operation.Progress;
import org.xenfleet.xen.p2m.P2mLockKind;
import org.xenfleet.xen.sched.Topology;
import org.xenfleet.xen.time.SystemTime;

/**
 * Everything that is fixed before a host runs, and the addresses of its actors: hypervisor, toolstack, CPU pools, pCPUs,
 * domains. Immutable; nothing in it may be changed.
 *
 * @param name pool/index; also the key of its random draws
 * @param firstOverflow when the timer that watches the platform counter is first due, in ns
 * @param catalogue the operations as its Xen has them
 * @param watchdog empty when Xen runs without one
 * @param cpuMasks sets of pCPUs that calls name by number; must not be changed
 * @param agent of its heartbeat; empty if it meets nobody
 */
public record HostPlan(
        String name,
        HostSpec spec,
        OperationCatalogue catalogue,
        Costs costs,
        long seed,
        long timeAtStart,
        long accountingPhase,
        long firstOverflow,
        Optional<WatchdogPlan> watchdog,
        Topology topology,
        List<PoolPlan> pools,
        List<DomainPlan> domains,
        List<VcpuPlan> vcpus,
        List<BitSet> cpuMasks,
        Optional<AgentPlan> agent) {

    public static final int HYPERVISOR = 0;
    public static final int TOOLSTACK = 1;
    private static final int FIRST_POOL = 2;
    private static final long PAGE = 4096;
    private static final long MOST_HOLDS_KEPT = 100_000_000L;

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
        Cadence cadence = operation.cadence(version(), this::isFixed);
        if (cadence.isPreemptible() || has(Mechanism.M1)) {
            return cadence;
        }
        Progress progress = switch (operation.iterates()) {
            case P2M_RANGE -> Progress.CALLER_STRUCT;
            case AMOUNT -> operation.extent().takesFrom().isPresent() ? Progress.TARGET : Progress.OBJECT;
            default -> Progress.TARGET;
        };
        return new Cadence(1, false, progress);
    }

    /** Whether a fault is handled while a call walks over the p2m: no lock is held over the walk, or faults need none. */
    public boolean faultsPass() {
        return p2mLockKind() == P2mLockKind.PER_PAGE || !has(Mechanism.M8);
    }

    public boolean has(Mechanism mechanism) {
        return spec.xen().has(mechanism);
    }

    /** Xen's system time, right when the run starts. */
    public SystemTime systemTime() {
        ClockSpec clock = spec.xen().clock();
        long second = SystemTime.EPOCH_NS;
        return new SystemTime(clock.source(), clock.invariantTsc(), 0, second - timeAtStart % second, firstOverflow);
    }

    /** The number of the call by which a back-end copies pages of a guest. */
    public int grantCopy() {
        return catalogue.indexOf("grant_copy");
    }

    /** Who gets the lock of a p2m before whom. */
    public P2mLockKind p2mLockKind() {
        return version().p2mLockKind(spec.xen()::hasFix);
    }

    /** The timers that are served also on a tied pCPU, because a mechanism is left out. */
    public Set<Kind> interruptTimers() {
        return spec.xen().off().isEmpty()
                ? Collections.emptySet()
                : timersOf(spec.xen().off());
    }

    private static Set<Kind> timersOf(Set<Mechanism> off) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (Mechanism mechanism : off) {
            switch (mechanism) {
                case M4 -> kinds.add(Kind.VCPU);
                case M5 -> kinds.add(Kind.ACCOUNTING);
                case M6 -> kinds.addAll(List.of(Kind.CALIBRATION, Kind.OVERFLOW));
                case M17 -> kinds.add(Kind.DOMAIN_WATCHDOG);
                default -> {}
            }
        }
        return kinds;
    }

    /** Whether vCPUs are taken off the queue of a tied pCPU, because a mechanism is left out. */
    public boolean evacuates() {
        return !has(Mechanism.M2) || !has(Mechanism.M3);
    }

    /** A standstill that is no longer is nothing to anybody, in ns: to no tolerance, no fate, no detector of a kernel. */
    public long standstillsForgottenNs() {
        LongStream tolerances = domains.stream().mapToLong(DomainPlan::toleranceNs);
        LongStream noticed = has(Mechanism.M19) ? thresholds(spec.dom0().kernel()) : LongStream.empty();
        return LongStream.concat(tolerances, noticed).reduce(spec.unresponsiveAfterNs(), Math::min);
    }

    private static LongStream thresholds(KernelSpec kernel) {
        return LongStream.of(kernel.softLockupNs(), kernel.rcuStallNs(), kernel.hungTaskNs(), kernel.ioTimeoutNs())
                .filter(t -> t > 0);
    }

    /** From how long on it is remembered what held a pCPU, in ns: less than any interval that counts as an incident. */
    public long holdsKeptNs() {
        return Math.max(1, Math.min(MOST_HOLDS_KEPT, standstillsForgottenNs()) / 2);
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
        return spec.xen().hasFix(advisory);
    }
}
