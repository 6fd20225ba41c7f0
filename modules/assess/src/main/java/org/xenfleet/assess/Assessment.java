package org.xenfleet.assess;

import java.util.List;

/**
 * What is to be said of one guest. Immutable.
 *
 * @param exploitable whether a call of the domain with its device model could tie a physical CPU, by the rules that runs go by
 *     and whatever the advisory says of whom one trusts; of a guest that is exposed by others, whether one of theirs could
 * @param exposedBy other guests of the host by which it is exposed, the first ten of them
 * @param others who else might be feared; none where the hypervisor leaves nothing to fear
 */
public record Assessment(
        GuestFacts guest, Finding finding, boolean exploitable, List<String> exposedBy, List<OtherCaller> others) {
    public Assessment {
        exposedBy = List.copyOf(exposedBy);
        others = List.copyOf(others);
    }

    public Verdict verdict() {
        return finding.verdict();
    }
}
