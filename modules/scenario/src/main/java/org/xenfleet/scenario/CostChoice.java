package org.xenfleet.scenario;

import java.util.List;
import org.xenfleet.xen.CostLevel;
import org.xenfleet.xen.Costs;

/**
 * The costs of a scenario and where they come from. Immutable.
 *
 * @param changed keys whose value is another than that of the level, in the order of the documentation
 */
public record CostChoice(CostLevel level, List<String> changed, Costs costs) {
    public CostChoice {
        changed = List.copyOf(changed);
    }
}
