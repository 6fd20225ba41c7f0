package org.xenfleet.host.plan;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.xenfleet.observe.HostReport.Role;
import org.xenfleet.scenario.WorkingSet;
import org.xenfleet.xlcfg.GuestType;

/**
 * A domain before the host runs.
 *
 * @param target the domain it has privilege over, or -1
 * @param listener somebody hears of forbidden accesses to its memory
 * @param attacked a hypercalls workload of another domain works on it
 * @param ramPages its RAM in 4 KiB pages
 * @param mostPages what it may have at most, or {@link org.xenfleet.xen.PageAccounts#NO_LIMIT}
 * @param poolPages its paging pool
 * @param maxGfn the highest gfn that it has had mapped when the run begins
 * @param deviceModelVcpu the vCPU, by its number on the host, that answers for its emulated devices; -1 for none
 * @param state what it has accumulated when the run begins, by name; empty if nobody says
 * @param backend the paravirtual devices of others behind which it stands
 */
public record DomainPlan(
        int domid,
        String name,
        Role role,
        GuestType type,
        boolean privileged,
        int target,
        boolean listener,
        boolean attacked,
        int pool,
        int weight,
        int cap,
        long ramPages,
        long mostPages,
        long poolPages,
        long maxGfn,
        List<VcpuPlan> vcpus,
        Optional<WorkingSet> workingSet,
        long toleranceNs,
        boolean paused,
        int deviceModelVcpu,
        SortedMap<String, Long> state,
        Optional<BackendPlan> backend) {

    /** The same domain with a back-end. */
    DomainPlan withBackend(BackendPlan with) {
        return new DomainPlan(
                domid,
                name,
                role,
                type,
                privileged,
                target,
                listener,
                attacked,
                pool,
                weight,
                cap,
                ramPages,
                mostPages,
                poolPages,
                maxGfn,
                vcpus,
                workingSet,
                toleranceNs,
                paused,
                deviceModelVcpu,
                state,
                Optional.of(with));
    }

    /** Whether Xen translates its addresses, and so has a p2m of it; a PV guest does that itself. */
    public boolean isTranslated() {
        return type != GuestType.PV;
    }

    public boolean isHvm() {
        return type == GuestType.HVM;
    }
}
