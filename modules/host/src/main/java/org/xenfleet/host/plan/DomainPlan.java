package org.xenfleet.host.plan;

import java.util.List;
import java.util.Optional;
import org.xenfleet.observe.HostReport.Role;
import org.xenfleet.scenario.WorkingSet;
import org.xenfleet.xlcfg.GuestType;

/**
 * A domain before the host runs.
 *
 * @param target the domain it has privilege over, or -1
 * @param attacked a hypercalls workload works on it
 * @param ramPages its RAM in 4 KiB pages
 * @param poolPages its paging pool
 */
public record DomainPlan(
        int domid,
        String name,
        Role role,
        GuestType type,
        boolean privileged,
        int target,
        boolean attacked,
        int pool,
        int weight,
        int cap,
        long ramPages,
        long poolPages,
        List<VcpuPlan> vcpus,
        Optional<WorkingSet> workingSet,
        long toleranceNs,
        boolean paused) {

    public boolean isHvm() {
        return type == GuestType.HVM;
    }
}
