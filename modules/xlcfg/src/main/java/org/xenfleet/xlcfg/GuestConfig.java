package org.xenfleet.xlcfg;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A guest as an xl file describes it, with the defaults of xl and libxl 4.17 filled in (xlcfg-grammar part 2).
 * Immutable.
 *
 * @param memoryMiB what the guest starts with, 1 to {@code maxMemMiB}
 * @param maxMemMiB 1 to 2^40
 * @param vcpus online at the start, 1 to {@code maxVcpus}
 * @param maxVcpus 1 to 4096
 * @param cpus the hard affinity of the vCPUs
 * @param cpusSoft the soft affinity of the vCPUs
 * @param cpuWeight 1 to 65535, 256 when not given
 * @param cap percent of one pCPU, 0 for none, at most 100 for each of {@code maxVcpus}
 * @param pool a cpupool's name, or its number as text; not resolved
 * @param deviceModelVersion {@code qemu-xen} or {@code qemu-xen-traditional}; empty leaves it to libxl
 * @param nodesNeeded how many NUMA nodes the host must have at least, for those that {@code vnuma} names; 0 for none
 * @param warnings what xl warns of, treats as not given or passes over in silence, by line
 * @param notModelled the keys of xl that the file sets and the simulator does not act on, sorted, once each
 * @param lines where each modelled key, and vnuma, got its live value if the file sets it, sorted by key
 */
public record GuestConfig(
        String fileName,
        String name,
        GuestType type,
        long memoryMiB,
        long maxMemMiB,
        int vcpus,
        int maxVcpus,
        CpuAffinity cpus,
        CpuAffinity cpusSoft,
        int cpuWeight,
        int cap,
        Optional<String> pool,
        boolean deviceModelStubdomain,
        Optional<String> deviceModelVersion,
        OnCrash onCrash,
        int nodesNeeded,
        List<XlNotice> warnings,
        List<String> notModelled,
        Map<String, Integer> lines) {

    public GuestConfig {
        warnings = List.copyOf(warnings);
        notModelled = List.copyOf(notModelled);
        lines = Collections.unmodifiableMap(new TreeMap<>(lines));
    }

    /**
     * Reads all keys as xl 4.17 does, and keeps what the simulator models. Whatever makes xl refuse the file is a
     * problem, and whatever makes it crash or never end. Stricter than xl, which leaves some of it to libxl and some to
     * chance: sizes of memory, numbers of vCPUs, weights and caps outside the ranges above, a {@code maxmem} below
     * {@code memory}, and one above it for an HVM or PVH guest with {@code pci} or {@code vnuma}, are problems too. What
     * depends on the host is left to {@link CpuAffinity#resolve} and to the reader of {@link #nodesNeeded}. Linear in
     * the file.
     *
     * @throws XlConfigException with every problem of the file
     */
    public static GuestConfig read(XlFile file) throws XlConfigException {
        return new GuestReader(file).read();
    }
}
