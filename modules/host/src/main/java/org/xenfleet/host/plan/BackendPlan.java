package org.xenfleet.host.plan;

import java.util.List;
import org.xenfleet.scenario.WorkloadSpec;

/**
 * A back-end before the host runs. Immutable.
 *
 * @param domids of the guests it serves, in their order
 * @param phases of each, when its first request comes, in ns
 */
public record BackendPlan(WorkloadSpec.Backend spec, List<Integer> domids, List<Long> phases) {
    public BackendPlan {
        domids = List.copyOf(domids);
        phases = List.copyOf(phases);
    }

    /** How many guests it serves. */
    public int guests() {
        return domids.size();
    }

    public int domid(int guest) {
        return domids.get(guest);
    }

    public long phase(int guest) {
        return phases.get(guest);
    }
}
