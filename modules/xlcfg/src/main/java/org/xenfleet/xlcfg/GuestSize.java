package org.xenfleet.xlcfg;

import java.util.List;
import java.util.OptionalLong;
import org.xenfleet.xlcfg.device.VirtualNode;

/**
 * Memory and vCPUs of a guest, from their own keys and from {@code vnuma} (xlcfg-grammar sections 2.2, 2.3 and 2.10).
 * Immutable.
 *
 * @param memoryMiB 1 to {@code maxMemMiB}
 * @param vcpus 1 to {@code maxVcpus}
 */
record GuestSize(long memoryMiB, long maxMemMiB, int vcpus, int maxVcpus) {
    static final long MAX_MEMORY_MIB = 1L << 40;
    static final int MAX_VCPUS = 4096;

    private static final long DEFAULT_MEMORY_MIB = 32;

    private record Range(long low, long high) {}

    static GuestSize read(SettingReader settings, List<VirtualNode> nodes) {
        Range memory = memory(settings, nodes);
        Range vcpus = vcpus(settings, nodes);
        return new GuestSize(memory.low(), memory.high(), (int) vcpus.low(), (int) vcpus.high());
    }

    /** One of the two keys stands for both. */
    private static Range memory(SettingReader settings, List<VirtualNode> nodes) {
        OptionalLong memory = settings.number("memory");
        OptionalLong maxmem = settings.number("maxmem");
        boolean usable = settings.requireRange("memory", memory, 1, MAX_MEMORY_MIB, " MiB");
        usable &= settings.requireRange("maxmem", maxmem, 1, MAX_MEMORY_MIB, " MiB");
        OptionalLong ceiling = maxmem;
        if (!nodes.isEmpty() && usable) {
            long sum = nodes.stream().mapToLong(VirtualNode::sizeMiB).sum();
            usable = sumFits(settings, sum, maxmem);
            ceiling = OptionalLong.of(sum);
        }
        long low = memory.orElse(ceiling.orElse(DEFAULT_MEMORY_MIB));
        long high = ceiling.orElse(low);
        if (usable && high < low) {
            String key = maxmem.isPresent() ? "maxmem" : "vnuma";
            settings.refuse(
                    key, "`" + key + "` = " + high + " MiB is below `memory` = " + low + " MiB; xl would take it");
        }
        return new Range(low, high);
    }

    private static boolean sumFits(SettingReader settings, long sum, OptionalLong maxmem) {
        if (maxmem.isPresent() && maxmem.getAsLong() != sum) {
            settings.refuse(
                    "vnuma",
                    "The sizes in `vnuma` come to " + Long.toUnsignedString(sum) + " MiB, but `maxmem` = "
                            + maxmem.getAsLong() + " MiB");
            return false;
        }
        return settings.requireRange("vnuma", OptionalLong.of(sum), 1, MAX_MEMORY_MIB, " MiB");
    }

    /** A ceiling of 0 without {@code vcpus} is one vCPU, as libxl 4.17 has it. */
    private static Range vcpus(SettingReader settings, List<VirtualNode> nodes) {
        OptionalLong vcpus = settings.number("vcpus");
        OptionalLong maxvcpus = settings.number("maxvcpus");
        boolean usable = settings.requireRange("vcpus", vcpus, 1, MAX_VCPUS, "");
        usable &= settings.requireRange("maxvcpus", maxvcpus, 0, MAX_VCPUS, "");
        if (!usable) {
            return new Range(1, MAX_VCPUS);
        }
        OptionalLong ceiling = maxvcpus;
        if (!nodes.isEmpty()) {
            long sum = nodes.stream().mapToLong(VirtualNode::vcpus).sum();
            if (maxvcpus.orElse(0) != 0 && maxvcpus.getAsLong() != sum) {
                settings.refuse("vnuma", "`vnuma` names " + sum + " vCPUs, but `maxvcpus` = " + maxvcpus.getAsLong());
            } else if (!settings.requireRange("vnuma", OptionalLong.of(sum), 0, MAX_VCPUS, " vCPUs")) {
                return new Range(1, MAX_VCPUS);
            }
            ceiling = sum == 0 ? OptionalLong.empty() : OptionalLong.of(sum);
        }
        long low = vcpus.orElse(1);
        if (vcpus.isPresent() && ceiling.isPresent() && ceiling.getAsLong() < low && ceiling.getAsLong() != 0) {
            String key = maxvcpus.isPresent() ? "maxvcpus" : "vnuma";
            settings.refuse(key, "xl: maxvcpus < vcpus, that is " + ceiling.getAsLong() + " < " + low);
        }
        return new Range(low, Math.max(low, ceiling.orElse(low)));
    }
}
