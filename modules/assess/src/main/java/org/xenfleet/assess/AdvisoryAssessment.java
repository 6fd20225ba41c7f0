package org.xenfleet.assess;

import java.util.List;

/**
 * What an advisory of the catalogue says of a host and of each of its guests. Immutable.
 *
 * @param advisory by its name in lower case, such as {@code xsa-89}
 * @param title without a full stop
 * @param verdict the worst of its guests; of its hypervisor alone if it has none
 * @param fix what takes the flaw away, as a sentence; empty where there is none
 */
public record AdvisoryAssessment(
        String advisory, String title, Verdict verdict, String fix, List<GuestFinding> guests) {
    public AdvisoryAssessment {
        guests = List.copyOf(guests);
    }
}
