package org.xenfleet.scenario;

import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xenfleet.xlcfg.GuestType;
import org.xenfleet.xlcfg.OnCrash;
import org.xenfleet.xlcfg.ServiceKeys;

/**
 * One guest, as its xl file and its entry in the scenario make it. Immutable; the sets are never changed.
 *
 * @param name unique on the host: the xl file's {@code name}, with {@code -0 …} when the entry's count is above 1
 * @param key of the entry under {@code domains} that it comes from
 * @param vcpus online at start, 1 to {@code maxVcpus}
 * @param hardAffinity for each of the {@code maxVcpus} vCPUs the pCPUs it may run on; empty for all of its pool
 * @param softAffinity for each of them the pCPUs it prefers; empty for no preference
 * @param weight of the credit scheduler, 1 to 65535
 * @param cap in percent of one pCPU; 0 for none
 * @param cpuPool {@code Pool-0} or a key of {@link HostSpec#cpuPools()}
 * @param deviceModel where it runs: in a domain of its own, named {@code name + "-dm"}, in dom0, or nowhere
 * @param services what its xl file says that a run does not depend on
 * @param deviceModelWorkload what the device model does: in the stub domain, or without one on a vCPU of dom0
 * @param deviceModelCpus pCPUs that the stub domain may run on
 * @param memAccessListener whether a ring is set up on which somebody hears of forbidden accesses to its memory
 * @param maxGfn the highest gfn it has ever had mapped, above its memory; empty for the last page of that
 * @param state what it has accumulated when the run begins, by the name that operations count it by
 * @param toleranceNs time without progress that availability forgives, at least 0
 * @param paused built and left paused, as {@code xl create -p} does
 */
public record DomainSpec(
        String name,
        String key,
        GuestType type,
        long memoryMiB,
        long maxMemMiB,
        int vcpus,
        int maxVcpus,
        List<Optional<BitSet>> hardAffinity,
        List<Optional<BitSet>> softAffinity,
        int weight,
        int cap,
        String cpuPool,
        DeviceModelSpec deviceModel,
        ServiceKeys services,
        OnCrash onCrash,
        WorkloadSpec workload,
        Optional<WorkloadSpec> deviceModelWorkload,
        Optional<BitSet> deviceModelCpus,
        boolean memAccessListener,
        OptionalLong maxGfn,
        SortedMap<String, Long> state,
        long toleranceNs,
        boolean paused) {

    /** The pool that dom0 is in and that a guest is in unless its xl file says otherwise. */
    public static final String POOL_0 = "Pool-0";

    /** The highest gfn that the four levels of an EPT have; xen-semantics section 1.8. */
    public static final long MOST_GFN = (1L << 36) - 1;

    /** What a stub domain takes of the host's memory. */
    public static final long STUB_DOMAIN_BYTES = 32L << 20;

    public DomainSpec {
        hardAffinity = List.copyOf(hardAffinity);
        softAffinity = List.copyOf(softAffinity);
        state = Collections.unmodifiableSortedMap(new TreeMap<>(state));
    }

    /** Whether the device model runs in a domain of its own. */
    public boolean stubDomain() {
        return deviceModel.placement().isDomain();
    }

    /** The same guest under another name. */
    DomainSpec named(String other) {
        return new DomainSpec(
                other,
                key,
                type,
                memoryMiB,
                maxMemMiB,
                vcpus,
                maxVcpus,
                hardAffinity,
                softAffinity,
                weight,
                cap,
                cpuPool,
                deviceModel,
                services,
                onCrash,
                workload,
                deviceModelWorkload,
                deviceModelCpus,
                memAccessListener,
                maxGfn,
                state,
                toleranceNs,
                paused);
    }
}
