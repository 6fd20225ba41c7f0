package org.xenfleet.host.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.xenfleet.libxl.DomainBuilder;
import org.xenfleet.observe.HostReport.Role;
import org.xenfleet.scenario.CpuPoolSpec;
import org.xenfleet.scenario.DomainSpec;
import org.xenfleet.scenario.HostSpec;
import org.xenfleet.scenario.WorkingSet;
import org.xenfleet.scenario.WorkloadSpec;
import org.xenfleet.timeline.KeyedRandom;
import org.xenfleet.xen.Costs;
import org.xenfleet.xen.Mechanism;
import org.xenfleet.xen.PageAccounts;
import org.xenfleet.xen.operation.OperationCatalogue;
import org.xenfleet.xen.sched.Affinity;
import org.xenfleet.xen.sched.CreditParameters;
import org.xenfleet.xen.sched.SchedulerKind;
import org.xenfleet.xen.sched.Topology;
import org.xenfleet.xlcfg.GuestType;

/**
 * Lays hosts of a kind out: dom0 first, then the guests in their order, each stub domain after its guest. Immutable once
 * made; may be shared by threads.
 */
public final class HostPlanner {
    private static final long PAGES_PER_MIB = 256;
    /** Of dom0, for which a scenario has no key. */
    private static final long DEFAULT_TOLERANCE = 1_000_000_000L;

    private static final long HOUR = 3_600_000_000_000L;
    private static final WorkloadSpec IDLE = new WorkloadSpec.Idle("idle");

    private final HostSpec spec;
    private final OperationCatalogue catalogue;
    private final Topology topology;
    private final DomainBuilder builder;
    private List<PoolPlan> pools = new ArrayList<>();
    private final Map<String, PoolPlan> poolByName = new HashMap<>();
    private List<DomainPlan> domains = new ArrayList<>();
    private List<VcpuPlan> vcpus = new ArrayList<>();

    private HostPlanner(HostSpec spec) {
        this.spec = spec;
        this.catalogue = spec.operations().in(spec.xen().version(), spec.xen().bits(), spec.xen()::hasFix);
        this.topology = new Topology(spec.cpus(), spec.sockets(), spec.threadsPerCore());
        this.builder = new DomainBuilder(topology);
    }

    /** The planner of all hosts of a kind. */
    public static HostPlanner of(HostSpec spec) {
        HostPlanner planner = new HostPlanner(spec);
        planner.planPools();
        planner.planDomains();
        planner.share();
        return planner;
    }

    /** The kind of its hosts. */
    public HostSpec spec() {
        return spec;
    }

    /** The plan of the host of that name, which meets nobody; as below. */
    public HostPlan plan(String name, Costs costs, long seed) {
        return plan(new HostSeat(name, 0, 1, Optional.empty()), costs, seed);
    }

    /** The plan of the host of that seat, which shares all but what is drawn for it with the others of its kind. */
    public HostPlan plan(HostSeat seat, Costs costs, long seed) {
        String name = seat.name();
        KeyedRandom random = KeyedRandom.of(seed, 0, name, "time-at-start");
        long drawn = random.below(HOUR);
        long phase = random.below(spec.xen().credit().tsliceNs());
        return new HostPlan(
                name,
                spec,
                catalogue,
                costs,
                seed,
                spec.xen().timeAtStartNs().orElse(drawn),
                spec.xen().accountingPhaseNs().orElse(phase),
                1
                        + KeyedRandom.of(seed, 0, name, "platform-counter")
                                .below(spec.xen().clock().source().overflowPeriodNs()),
                spec.xen()
                        .watchdog()
                        .filter(w -> spec.xen().has(Mechanism.M7))
                        .map(w -> WatchdogPlan.draw(
                                w, spec.frequencyHz(), spec.cpus(), KeyedRandom.of(seed, 0, name, "watchdog"))),
                topology,
                pools,
                domainsOf(name, seed),
                vcpus,
                masks(),
                agentOf(seat, seed));
    }

    /** The heartbeat agent of a host that meets others: it runs on the last vCPU of dom0. */
    private Optional<AgentPlan> agentOf(HostSeat seat, long seed) {
        if (seat.size() < 2) {
            return Optional.empty();
        }
        String pool = seat.name().substring(0, Math.max(0, seat.name().lastIndexOf('/')));
        return seat.channel()
                .flatMap(channel -> channel.heartbeat()
                        .map(heartbeat -> new AgentPlan(
                                pool,
                                seat.index(),
                                seat.size(),
                                channel,
                                heartbeat,
                                heartbeat
                                        .phaseNs()
                                        .orElseGet(() -> KeyedRandom.of(seed, 0, seat.name(), "heartbeat")
                                                .below(heartbeat.periodNs())),
                                spec.dom0().vcpus() - 1)));
    }

    /** The domains, with what is drawn for the back-end of dom0 if it has one. */
    private List<DomainPlan> domainsOf(String name, long seed) {
        Optional<WorkloadSpec.Backend> backend = spec.dom0().workloads().stream()
                .filter(WorkloadSpec.Backend.class::isInstance)
                .map(WorkloadSpec.Backend.class::cast)
                .findFirst();
        if (backend.isEmpty()) {
            return domains;
        }
        List<Integer> served = domains.stream()
                .filter(d -> d.role() == Role.GUEST && !d.paused())
                .filter(d -> backend.get().guests().isEmpty()
                        || backend.get().guests().contains(d.name()))
                .map(DomainPlan::domid)
                .toList();
        KeyedRandom random = KeyedRandom.of(seed, 0, name, "backend");
        List<Long> phases =
                served.stream().map(d -> random.below(backend.get().periodNs())).toList();
        List<DomainPlan> with = new ArrayList<>(domains);
        with.set(0, domains.get(0).withBackend(new BackendPlan(backend.get(), served, phases)));
        return List.copyOf(with);
    }

    /** The sets of pCPUs to which calls pin domains. */
    private List<BitSet> masks() {
        return vcpus.stream()
                .map(VcpuPlan::workload)
                .filter(WorkloadSpec.Hypercalls.class::isInstance)
                .flatMap(w -> ((WorkloadSpec.Hypercalls) w).aim().cpus().stream())
                .distinct()
                .toList();
    }

    private void share() {
        pools = List.copyOf(pools);
        domains = List.copyOf(domains);
        vcpus = List.copyOf(vcpus);
    }

    private void planPools() {
        BitSet rest = new BitSet();
        rest.set(0, spec.cpus());
        for (CpuPoolSpec pool : spec.cpuPools().values()) {
            rest.andNot(pool.cpus());
        }
        addPool(DomainSpec.POOL_0, rest, spec.xen().scheduler(), spec.xen().credit());
        for (CpuPoolSpec pool : spec.cpuPools().values()) {
            addPool(pool.name(), pool.cpus(), pool.scheduler(), pool.credit());
        }
    }

    private void addPool(String name, BitSet cpus, SchedulerKind scheduler, CreditParameters credit) {
        PoolPlan pool = new PoolPlan(pools.size(), name, cpus, scheduler, credit);
        pools.add(pool);
        poolByName.put(name, pool);
    }

    private void planDomains() {
        Map<Integer, Integer> guestOfDom0Vcpu = new HashMap<>();
        int nextDomid = 1;
        List<WorkloadSpec> dom0Workloads = new ArrayList<>();
        for (int i = 0; i < spec.dom0().vcpus(); i++) {
            dom0Workloads.add(ofDom0(i));
        }
        int dom0Vcpu = 0;
        for (DomainSpec guest : spec.domains()) {
            if (guest.deviceModelWorkload().isPresent() && !guest.stubDomain()) {
                if (dom0Vcpu == dom0Workloads.size()) {
                    throw new IllegalArgumentException(
                            "more device models run in dom0 than it has vCPUs (" + dom0Vcpu + ")");
                }
                dom0Workloads.set(dom0Vcpu, guest.deviceModelWorkload().get());
                guestOfDom0Vcpu.put(dom0Vcpu++, nextDomid);
            }
            nextDomid += guest.stubDomain() ? 2 : 1;
        }
        addDom0(dom0Workloads, guestOfDom0Vcpu);
        for (DomainSpec guest : spec.domains()) {
            addGuest(guest);
            if (guest.stubDomain()) {
                addStub(guest, domains.size() - 1);
            }
        }
    }

    private void addDom0(List<WorkloadSpec> workloads, Map<Integer, Integer> guests) {
        PoolPlan pool = pools.get(0);
        int[] processors = builder.placeDom0(workloads.size(), pool.cpus());
        IntFunction<BitSet> affinity = i -> spec.dom0().pin() ? single(processors[i]) : pool.cpus();
        List<VcpuPlan> planned = new ArrayList<>();
        for (int i = 0; i < workloads.size(); i++) {
            planned.add(addVcpu(
                    0,
                    i,
                    processors[i],
                    Affinity.hard(affinity.apply(i)),
                    workloads.get(i),
                    guests.getOrDefault(i, -1)));
        }
        long pages = spec.dom0().memoryBytes() / 4096;
        domains.add(new DomainPlan(
                0,
                "Domain-0",
                Role.CONTROL,
                GuestType.PV,
                true,
                -1,
                false,
                false,
                0,
                CreditParameters.DEFAULT_WEIGHT,
                0,
                pages,
                PageAccounts.NO_LIMIT,
                pagingPool(workloads.size(), pages),
                pages - 1,
                planned,
                workingSetOfDom0(),
                DEFAULT_TOLERANCE,
                false,
                -1,
                Collections.emptySortedMap(),
                Optional.empty()));
    }

    /** What a vCPU of dom0 does: calls if they are for it, else what the others do. */
    private WorkloadSpec ofDom0(int index) {
        List<WorkloadSpec> workloads = spec.dom0().workloads();
        for (WorkloadSpec workload : workloads) {
            if (workload instanceof WorkloadSpec.Hypercalls calls && calls.vcpu() == index) {
                return workload;
            }
        }
        return workloads.stream()
                .filter(w -> !(w instanceof WorkloadSpec.Hypercalls) && !(w instanceof WorkloadSpec.Backend))
                .findFirst()
                .orElse(IDLE);
    }

    /** Of the workloads of dom0, the memory that one of them touches. */
    private Optional<WorkingSet> workingSetOfDom0() {
        return spec.dom0().workloads().stream()
                .flatMap(w -> workingSetOf(w).stream())
                .findFirst();
    }

    private void addGuest(DomainSpec guest) {
        int domid = domains.size();
        PoolPlan pool = poolNamed(guest.cpuPool());
        int[] processors = builder.placeVcpus(guest.vcpus(), pool.cpus());
        List<VcpuPlan> planned = new ArrayList<>();
        for (int i = 0; i < guest.vcpus(); i++) {
            planned.add(addVcpu(domid, i, processors[i], affinity(guest, i, pool), onVcpu(i, guest.workload()), domid));
        }
        long pages = guest.memoryMiB() * PAGES_PER_MIB;
        boolean attacked = guest.deviceModelWorkload().map(this::worksOnAnother).orElse(false);
        domains.add(new DomainPlan(
                domid,
                guest.name(),
                Role.GUEST,
                guest.type(),
                false,
                -1,
                guest.memAccessListener(),
                attacked,
                pool.index(),
                guest.weight(),
                guest.cap(),
                pages,
                pages + DomainBuilder.MAXMEM_SLACK_PAGES,
                Math.max(
                        DomainBuilder.pagingPoolPages(guest.maxVcpus(), guest.maxMemMiB()),
                        DomainBuilder.MIN_POOL_PAGES),
                guest.maxGfn().orElse(pages - 1),
                planned,
                workingSetOf(guest.workload()),
                guest.toleranceNs(),
                guest.paused(),
                deviceModelVcpu(guest, domid),
                guest.state(),
                Optional.empty()));
    }

    private void addStub(DomainSpec guest, int guestDomid) {
        int domid = domains.size();
        PoolPlan pool = poolNamed(guest.cpuPool());
        int[] processors = builder.placeVcpus(DomainBuilder.STUB_VCPUS, pool.cpus());
        BitSet affinity = guest.deviceModelCpus().orElse(pool.cpus());
        WorkloadSpec workload = guest.deviceModelWorkload().orElse(IDLE);
        VcpuPlan vcpu = addVcpu(domid, 0, processors[0], Affinity.hard(affinity), workload, guestDomid);
        long pages = DomainBuilder.STUB_MEMORY_MIB * PAGES_PER_MIB;
        domains.add(new DomainPlan(
                domid,
                DomainBuilder.stubName(guest.name()),
                Role.STUB,
                GuestType.PV,
                false,
                guestDomid,
                false,
                false,
                pool.index(),
                CreditParameters.DEFAULT_WEIGHT,
                0,
                pages,
                pages + DomainBuilder.MAXMEM_SLACK_PAGES,
                pagingPool(1, pages),
                pages - 1,
                List.of(vcpu),
                workingSetOf(workload),
                guest.toleranceNs(),
                false,
                -1,
                Collections.emptySortedMap(),
                Optional.empty()));
    }

    /** The stub's, which comes right after its guest's; or that of dom0 that runs the guest's device model. */
    private int deviceModelVcpu(DomainSpec guest, int domid) {
        if (guest.type() != GuestType.HVM) {
            return -1;
        }
        if (guest.stubDomain()) {
            return vcpus.size();
        }
        for (VcpuPlan vcpu : domains.get(0).vcpus()) {
            if (vcpu.targetDomid() == domid) {
                return vcpu.number();
            }
        }
        return domid % domains.get(0).vcpus().size();
    }

    private static Affinity affinity(DomainSpec guest, int vcpu, PoolPlan pool) {
        BitSet hard = ofVcpu(guest.hardAffinity(), vcpu).orElse(pool.cpus());
        return new Affinity(hard, ofVcpu(guest.softAffinity(), vcpu).orElse(hard));
    }

    private static Optional<BitSet> ofVcpu(List<Optional<BitSet>> sets, int vcpu) {
        return vcpu < sets.size() ? sets.get(vcpu) : Optional.empty();
    }

    /** Calls are made by one vCPU only. */
    private static WorkloadSpec onVcpu(int index, WorkloadSpec workload) {
        if (!(workload instanceof WorkloadSpec.Hypercalls calls) || index == calls.vcpu()) {
            return workload;
        }
        return calls.busySiblings() ? new WorkloadSpec.Cpu(calls.name(), Optional.empty()) : IDLE;
    }

    private boolean worksOnAnother(WorkloadSpec workload) {
        return workload instanceof WorkloadSpec.Hypercalls calls && catalogue.anyOnAnother(calls.operations());
    }

    private static long pagingPool(int vcpus, long pages) {
        return DomainBuilder.pagingPoolPages(vcpus, pages / PAGES_PER_MIB) + DomainBuilder.MIN_POOL_PAGES;
    }

    private VcpuPlan addVcpu(
            int domid, int index, int processor, Affinity affinity, WorkloadSpec workload, int target) {
        VcpuPlan vcpu = new VcpuPlan(vcpus.size(), domid, index, processor, affinity, workload, target);
        vcpus.add(vcpu);
        return vcpu;
    }

    private PoolPlan poolNamed(String name) {
        PoolPlan pool = poolByName.get(name);
        if (pool == null) {
            throw new IllegalArgumentException("no CPU pool is named " + name);
        }
        return pool;
    }

    private static BitSet single(int cpu) {
        BitSet mask = new BitSet();
        mask.set(cpu);
        return mask;
    }

    private static Optional<WorkingSet> workingSetOf(WorkloadSpec workload) {
        if (workload instanceof WorkloadSpec.Cpu cpu) {
            return cpu.workingSet();
        }
        if (workload instanceof WorkloadSpec.Periodic periodic) {
            return periodic.workingSet();
        }
        return workload instanceof WorkloadSpec.Poisson poisson ? poisson.workingSet() : Optional.empty();
    }
}
