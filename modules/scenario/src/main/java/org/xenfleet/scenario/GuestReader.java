package org.xenfleet.scenario;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeSet;
import org.xenfleet.xen.ReleaseRange;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.sched.SchedulerKind;
import org.xenfleet.xlcfg.GuestConfig;
import org.xenfleet.xlcfg.GuestType;
import org.xenfleet.xlcfg.XlConfigException;

/** Makes one entry of {@code domains} and its xl file a guest, before {@code count} is applied. One thread. */
final class GuestReader {
    /** Limits of Xen 4.4: {@code HVM_MAX_VCPUS} and {@code MAX_VIRT_CPUS}. */
    private static final int MOST_HVM_VCPUS = 128;

    private static final int MOST_PV_VCPUS = 8192;

    private static final long PAGES_PER_MIB = 256;

    private final int hostCpus;
    private final int nodes;
    private final XenVersion version;
    private final CpuPools pools;
    private final Workloads workloads;
    private final XlFiles xlFiles;

    GuestReader(int hostCpus, int nodes, XenVersion version, CpuPools pools, Workloads workloads, XlFiles xlFiles) {
        this.hostCpus = hostCpus;
        this.nodes = nodes;
        this.version = version;
        this.pools = pools;
        this.workloads = workloads;
        this.xlFiles = xlFiles;
    }

    /** The guest, named as its xl file says; empty after a problem that leaves nothing to go on with. */
    Optional<DomainSpec> read(Section domain) {
        Optional<XlFiles.Xl> xl = xlFiles.read(domain);
        WorkloadSpec workload = workloads.namedOrIdle(domain, "workload");
        Optional<WorkloadSpec> deviceModel = workloads.named(domain, "device-model-workload");
        Optional<String> pins = domain.optionalText("device-model-cpus");
        long tolerance = domain.number("tolerance");
        boolean listener = domain.flag("mem-access-listener");
        OptionalLong maxGfn = domain.orWord("max-gfn");
        SortedMap<String, Long> state = StateNames.read(domain, workloads.operations());
        boolean paused = domain.flag("paused");
        if (xl.isEmpty()) {
            return Optional.empty();
        }
        GuestConfig guest = xl.get().guest();
        DeviceModelSpec placed = DeviceModelKeys.read(domain, xl.get());
        boolean stub = placed.placement().isDomain();
        checkDeviceModel(domain, guest, placed, deviceModel.isPresent());
        if (listener) {
            checkListener(domain, guest);
        }
        maxGfn.ifPresent(gfn -> checkMaxGfn(domain, guest, gfn));
        Workloads.checkMemory(domain, workload, guest.memoryMiB() << 20);
        int most = guest.type() == GuestType.HVM ? MOST_HVM_VCPUS : MOST_PV_VCPUS;
        if (guest.maxVcpus() > most) {
            problem(
                    domain,
                    guest,
                    "maxvcpus",
                    "gives the guest " + guest.maxVcpus() + " vCPUs; a guest of type "
                            + guest.type().label() + " has at most " + most);
            return Optional.empty();
        }
        checkNodesAndMemory(domain, guest);
        String pool = pool(domain, guest);
        checkScheduler(domain, guest, pool);
        return Optional.of(new DomainSpec(
                guest.name(),
                domain.name(),
                guest.type(),
                guest.memoryMiB(),
                guest.maxMemMiB(),
                guest.vcpus(),
                guest.maxVcpus(),
                affinity(domain, guest, pool),
                softAffinity(domain, guest, pool),
                guest.cpuWeight(),
                guest.cap(),
                pool,
                placed,
                xl.get().services(),
                guest.onCrash(),
                workload,
                deviceModel,
                deviceModelCpus(domain, pins, pool, stub),
                listener,
                maxGfn,
                state,
                tolerance,
                paused));
    }

    private static void checkDeviceModel(Section domain, GuestConfig guest, DeviceModelSpec placed, boolean attacked) {
        if (guest.type() != GuestType.HVM) {
            if (attacked) {
                domain.problem(
                        "device-model-workload",
                        "needs an HVM guest, but " + guest.fileName() + " describes a guest of type "
                                + guest.type().label() + ", which has no device model");
            }
            if (guest.deviceModelStubdomain()) {
                notice(
                        domain,
                        guest,
                        "device_model_stubdomain_override",
                        "means nothing to a guest of type " + guest.type().label() + ", which has no device model");
            }
        } else if (placed.placement() == DevicePlacement.STUBDOM
                && guest.deviceModelVersion().map("qemu-xen"::equals).orElse(false)) {
            problem(
                    domain,
                    guest,
                    "device_model_version",
                    "= qemu-xen in a stub domain is not possible on Xen 4.4; leave"
                            + " the key out or set it to \"qemu-xen-traditional\"");
        }
    }

    private void checkListener(Section domain, GuestConfig guest) {
        if (guest.type() != GuestType.HVM) {
            domain.problem(
                    "mem-access-listener",
                    "= true needs an HVM guest, but " + guest.fileName() + " describes a guest of type "
                            + guest.type().label());
        } else if (!HypercallKeys.anyAsksForListener(version, workloads.operations())) {
            domain.notice(
                    "mem-access-listener",
                    "= true changes nothing: no call of Xen " + version.release() + " asks for a listener");
        }
    }

    private static void checkMaxGfn(Section domain, GuestConfig guest, long gfn) {
        long pages = guest.memoryMiB() * PAGES_PER_MIB;
        if (guest.type() != GuestType.HVM) {
            domain.problem(
                    "max-gfn",
                    "= " + gfn + " needs an HVM guest, but " + guest.fileName() + " describes a guest of type "
                            + guest.type().label());
        } else if (gfn < pages && domain.sound("max-gfn")) {
            domain.problem(
                    "max-gfn",
                    "= " + gfn + " is not above the memory of the guest, whose last page is " + (pages - 1)
                            + "; it must be an integer from " + pages + " to " + DomainSpec.MOST_GFN);
        }
    }

    private void checkNodesAndMemory(Section domain, GuestConfig guest) {
        if (guest.nodesNeeded() > nodes) {
            problem(
                    domain,
                    guest,
                    "vnuma",
                    "names NUMA node " + (guest.nodesNeeded() - 1) + "; the nodes of the host " + host(domain)
                            + " are 0 to " + (nodes - 1));
        }
        if (guest.type() != GuestType.PV && guest.memoryMiB() < guest.maxMemMiB()) {
            notice(
                    domain,
                    guest,
                    "memory",
                    "= " + guest.memoryMiB() + " is below maxmem = " + guest.maxMemMiB()
                            + ": populating the rest on demand is not modelled, the guest has its memory and no more");
        }
    }

    private String pool(Section domain, GuestConfig guest) {
        String pool = guest.pool().orElse(DomainSpec.POOL_0);
        if (pool.equals("0")) {
            return DomainSpec.POOL_0;
        }
        if (pools.cpus(pool).isEmpty()) {
            List<String> known = new ArrayList<>(new TreeSet<>(pools.extra().keySet()));
            known.add(DomainSpec.POOL_0);
            problem(
                    domain,
                    guest,
                    "pool",
                    "= " + pool + " names no CPU pool of the host " + host(domain) + "; known are " + pools.names()
                            + Suggest.word(pool, known));
            return DomainSpec.POOL_0;
        }
        return pool;
    }

    private int line() {
        return ReleaseRange.line(version.release());
    }

    private void checkScheduler(Section domain, GuestConfig guest, String pool) {
        if (!pools.scheduler(pool).isWhole(line()) && guest.cap() > 0) {
            problem(
                    domain,
                    guest,
                    "cap",
                    "= " + guest.cap() + " is not possible under credit2 before 4.10; leave it out or give the pool "
                            + pool + " scheduler = credit");
        }
        if (pools.scheduler(pool) == SchedulerKind.NULL) {
            for (String key : List.of("cpu_weight", "cap")) {
                if (guest.lines().containsKey(key)) {
                    notice(domain, guest, key, "has no effect: the null scheduler of its pool " + pool + " has none");
                }
            }
        }
    }

    private List<Optional<BitSet>> affinity(Section domain, GuestConfig guest, String pool) {
        List<Optional<BitSet>> affinity = new ArrayList<>();
        BitSet members = pools.cpus(pool);
        try {
            for (int vcpu = 0; vcpu < guest.maxVcpus(); vcpu++) {
                Optional<BitSet> cpus =
                        guest.cpus().resolve(vcpu, hostCpus, nodes).filter(c -> c.cardinality() < hostCpus);
                if (cpus.isPresent() && !CpuList.within(cpus.get(), members)) {
                    BitSet outside = cpus.get();
                    outside.andNot(members);
                    problem(
                            domain,
                            guest,
                            "cpus",
                            "pins vCPU " + vcpu + " to pCPU " + CpuList.text(outside)
                                    + ", which is not in its pool " + pool + " (pCPUs " + CpuList.text(members)
                                    + ") of the host "
                                    + host(domain));
                    return List.of();
                }
                affinity.add(cpus);
            }
        } catch (XlConfigException e) {
            XlFiles.report(domain.findings(), e);
        }
        return affinity;
    }

    /** What lies outside of the pool or of the hard affinity is no error: a preference that cannot be met has no effect. */
    private List<Optional<BitSet>> softAffinity(Section domain, GuestConfig guest, String pool) {
        List<Optional<BitSet>> affinity = new ArrayList<>();
        if (!guest.lines().containsKey("cpus_soft")) {
            return affinity;
        }
        SchedulerKind scheduler = pools.scheduler(pool);
        if (scheduler == SchedulerKind.CREDIT ? !version.creditRules().softAffinity() : !scheduler.isWhole(line())) {
            String why = version.hasOlderCreditRules()
                    ? " runs credit by the rules of 4.4 here, which have no soft affinity"
                    : " has no soft affinity";
            notice(domain, guest, "cpus_soft", "has no effect: Xen " + version.release() + why);
            return affinity;
        }
        for (int vcpu = 0; vcpu < guest.maxVcpus(); vcpu++) {
            affinity.add(guest.cpusSoft().preference(vcpu, hostCpus, nodes));
        }
        return affinity;
    }

    private Optional<BitSet> deviceModelCpus(Section domain, Optional<String> text, String pool, boolean stub) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        CpuList.Result result = CpuList.parse(text.get(), hostCpus);
        if (!result.problem().isEmpty()) {
            domain.problem("device-model-cpus", "= " + text.get() + " " + result.problem());
            return Optional.empty();
        }
        if (!CpuList.within(result.cpus(), pools.cpus(pool))) {
            domain.problem(
                    "device-model-cpus",
                    "= " + text.get() + " is not within the guest's pool " + pool + " (pCPUs "
                            + CpuList.text(pools.cpus(pool)) + ")");
        }
        if (!stub) {
            domain.notice(
                    "device-model-cpus", "has no effect: the device model is not in a stub domain, it runs in dom0");
        }
        return Optional.of(result.cpus());
    }

    /** A problem of an xl file, at the line of its key, with the entry that names the file. */
    private static void problem(Section domain, GuestConfig guest, String key, String message) {
        Place by = domain.place("xl");
        domain.findings().problem(xlPlace(guest, key), key + " " + message + " (named at " + by.where() + ")");
    }

    private static void notice(Section domain, GuestConfig guest, String key, String message) {
        domain.findings().notice(xlPlace(guest, key).where(), key + " " + message);
    }

    private static Place xlPlace(GuestConfig guest, String key) {
        return new Place(guest.fileName(), guest.lines().getOrDefault(key, 0), 0);
    }

    private static String host(Section domain) {
        return domain.path().get(1);
    }
}
