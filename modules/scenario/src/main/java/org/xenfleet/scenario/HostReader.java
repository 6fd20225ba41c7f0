package org.xenfleet.scenario;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.xenfleet.xen.XenVersion;

/** Reads one entry of {@code hosts}. One thread. */
final class HostReader {
    private static final long PAGE = 4096;

    /** Domids end at {@code DOMID_FIRST_RESERVED}, 0x7FF0; dom0 has one. */
    private static final int MOST_DOMAINS = 0x7FF0 - 1;

    private static final int MOST_CPUS = 4096;
    private static final int MOST_DOM0_VCPUS_BY_DEFAULT = 4;

    private final Section host;
    private final Workloads workloads;
    private final XlFiles xlFiles;

    private HostReader(Section host, Workloads workloads, XlFiles xlFiles) {
        this.host = host;
        this.workloads = workloads;
        this.xlFiles = xlFiles;
    }

    static HostSpec read(Section host, Workloads workloads, XlFiles xlFiles) {
        return new HostReader(host, workloads, xlFiles).read();
    }

    private HostSpec read() {
        int before = host.findings().count();
        int cpus = host.integer("cpus");
        int sockets = host.integer("sockets");
        int threads = host.integer("threads-per-core");
        boolean sound = host.sound("cpus", "sockets");
        if (sound && cpus % sockets != 0) {
            host.problem("sockets", "= " + sockets + " does not divide cpus = " + cpus);
        } else if (sound && cpus / sockets % threads != 0) {
            host.problem(
                    "threads-per-core",
                    "= " + threads + " does not divide the " + CpuList.count(cpus / sockets) + " of a socket");
        }
        long frequency = host.number("frequency");
        long memory = pages(host);
        long unresponsive = host.number("unresponsive-after");
        Section xenBlock = Blocks.child(host, "xen", KeyTable.XEN);
        XenSpec xen = XenReader.read(xenBlock);
        Optional<XenVersion> known = xenBlock.sound("version") ? Optional.of(xen.version()) : Optional.empty();
        CpuPools pools = CpuPools.read(host, sound ? cpus : MOST_CPUS, xen, known);
        Dom0Spec dom0 = dom0(Blocks.child(host, "dom0", KeyTable.DOM0), pools, known);
        GuestReader guests = new GuestReader(cpus, sockets, xen.version(), pools, workloads, xlFiles);
        List<DomainSpec> domains = sound ? domains(guests, memory, dom0, known) : List.of();
        checkDeviceModels(domains, dom0);
        if (host.findings().count() == before) {
            TargetNames.check(host, domains, dom0, cpus, workloads.operations());
            StateNames.check(host, domains, dom0, workloads.operations());
        }
        return new HostSpec(
                host.name(),
                cpus,
                sockets,
                threads,
                frequency,
                memory,
                xen,
                dom0,
                pools.extra(),
                domains,
                workloads.operations(),
                unresponsive);
    }

    private Dom0Spec dom0(Section dom0, CpuPools pools, Optional<XenVersion> version) {
        int here = pools.pool0().cardinality();
        OptionalLong given = dom0.orWord("vcpus");
        int vcpus = Math.toIntExact(given.orElse(Math.min(here, MOST_DOM0_VCPUS_BY_DEFAULT)));
        dom0.rewrite("vcpus", (long) vcpus);
        long memory = pages(dom0);
        boolean pin = dom0.flag("pin");
        if (pin && host.sound("cpus", "cpu-pools") && pools.pool0().nextClearBit(0) < vcpus) {
            dom0.problem(
                    "pin",
                    "= true would pin dom0's vCPUs 0 to " + (vcpus - 1) + " to the pCPUs of the same numbers,"
                            + " but Pool-0 has only the pCPUs " + CpuList.text(pools.pool0()));
        }
        List<WorkloadSpec> named = workloads.several(dom0, "workload");
        for (WorkloadSpec workload : named) {
            version.ifPresent(v -> HypercallKeys.checkRelease(dom0, "workload", workload, v, workloads.operations()));
        }
        Dom0Workloads.check(dom0, named, vcpus);
        return new Dom0Spec(vcpus, memory, pin, named, kernel(Blocks.child(dom0, "detectors", KeyTable.DETECTORS)));
    }

    private static KernelSpec kernel(Section detectors) {
        return new KernelSpec(
                detectors.number("soft-lockup"),
                detectors.number("rcu-stall"),
                detectors.number("hung-task"),
                detectors.number("io-timeout"));
    }

    /** Device models without a stub domain run on dom0's vCPUs, one each, in the order of their guests. */
    private void checkDeviceModels(List<DomainSpec> domains, Dom0Spec dom0) {
        long inDom0 = domains.stream()
                .filter(d -> d.deviceModelWorkload().isPresent() && !d.stubDomain())
                .count();
        if (inDom0 > dom0.vcpus()) {
            host.problem(
                    "domains",
                    "have " + inDom0 + " device models with a workload and no stub domain, which run on a vCPU of dom0"
                            + " each, but dom0.vcpus = " + dom0.vcpus());
        } else if (inDom0 > 0
                && dom0.workloads().stream()
                        .anyMatch(w -> !(w instanceof WorkloadSpec.Idle) && !(w instanceof WorkloadSpec.Backend))) {
            host.notice(
                    "domains",
                    "have " + inDom0 + " device models that run in dom0; the first " + inDom0
                            + " vCPUs of dom0 run them instead of "
                            + dom0.workloads().stream()
                                    .filter(w -> !(w instanceof WorkloadSpec.Backend))
                                    .map(WorkloadSpec::name)
                                    .collect(Collectors.joining(", ")));
        }
    }

    private List<DomainSpec> domains(GuestReader reader, long memory, Dom0Spec dom0, Optional<XenVersion> version) {
        List<Entry> entries = new ArrayList<>();
        Blocks.children(host, "domains", KeyTable.DOMAIN).forEach((key, section) -> {
            int count = section.integer("count");
            OptionalLong order = section.orWord("order");
            Optional<DomainSpec> guest = reader.read(section);
            guest.ifPresent(g -> {
                entries.add(new Entry(section, g, count, order.orElse(Long.MAX_VALUE)));
                version.ifPresent(v -> checkReleases(section, g, v));
            });
        });
        entries.sort(Comparator.comparingLong(Entry::order)
                .thenComparing(e -> e.guest().key()));
        if (!fits(entries, memory, dom0)) {
            return List.of();
        }
        List<DomainSpec> domains = new ArrayList<>();
        Map<String, String> owners = new HashMap<>();
        owners.put("Domain-0", "dom0");
        for (Entry entry : entries) {
            for (int i = 0; i < entry.count(); i++) {
                DomainSpec guest = entry.count() == 1
                        ? entry.guest()
                        : entry.guest().named(entry.guest().name() + "-" + i);
                claim(owners, entry, guest.name());
                if (guest.stubDomain()) {
                    claim(owners, entry, guest.name() + "-dm");
                }
                domains.add(guest);
            }
        }
        return domains;
    }

    private void checkReleases(Section domain, DomainSpec guest, XenVersion version) {
        HypercallKeys.checkRelease(domain, "workload", guest.workload(), version, workloads.operations());
        guest.deviceModelWorkload()
                .ifPresent(w -> HypercallKeys.checkRelease(
                        domain, "device-model-workload", w, version, workloads.operations()));
    }

    private static void claim(Map<String, String> owners, Entry entry, String name) {
        String before = owners.putIfAbsent(name, entry.guest().key());
        if (before != null) {
            Section section = entry.section();
            section.problem(
                    "xl",
                    "makes a domain named '" + name + "', but "
                            + (before.equals("dom0") ? "that is dom0's name" : "the entry " + before + " makes one too")
                            + "; give the xl files different names");
        }
    }

    /** Whether memory and domids suffice; otherwise a problem that names the sums. */
    private boolean fits(List<Entry> entries, long memory, Dom0Spec dom0) {
        BigInteger guestMiB = BigInteger.ZERO;
        long guests = 0;
        long stubs = 0;
        for (Entry entry : entries) {
            BigInteger count = BigInteger.valueOf(entry.count());
            guestMiB =
                    guestMiB.add(BigInteger.valueOf(entry.guest().memoryMiB()).multiply(count));
            guests += entry.count();
            stubs += entry.guest().stubDomain() ? entry.count() : 0;
        }
        if (guests + stubs > MOST_DOMAINS) {
            host.problem(
                    "domains",
                    "makes " + guests + " guests and " + stubs + " stub domains; a host has at most " + MOST_DOMAINS
                            + " domains beside dom0");
            return false;
        }
        long stubBytes = stubs * DomainSpec.STUB_DOMAIN_BYTES;
        BigInteger need = guestMiB.shiftLeft(20).add(BigInteger.valueOf(dom0.memoryBytes() + stubBytes));
        if (host.sound("memory") && need.compareTo(BigInteger.valueOf(memory)) > 0) {
            host.problem(
                    "memory",
                    "= " + size(memory) + " is over-committed: dom0 " + size(dom0.memoryBytes()) + " + "
                            + guests + " guests " + guestMiB + "MiB + " + stubs + " stub domains " + size(stubBytes)
                            + " = "
                            + need.shiftRight(20) + "MiB");
            return false;
        }
        return true;
    }

    private static long pages(Section section) {
        long bytes = section.number("memory");
        if (bytes % PAGE != 0) {
            section.problem("memory", "= " + size(bytes) + " is not a whole number of pages of 4KiB");
        }
        return bytes;
    }

    private static String size(long bytes) {
        return Quantity.text(KeyType.SIZE, bytes);
    }

    private record Entry(Section section, DomainSpec guest, int count, long order) {}
}
