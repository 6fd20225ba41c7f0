package org.xenfleet.assess;

import java.util.List;

/**
 * What is to be said of a host and of each of its guests. Immutable.
 *
 * @param advisory by its name in lower case, such as {@code xsa-89}
 * @param verdict the worst of its guests; of its hypervisor alone if it has none
 * @param fix what takes the flaw away; empty where there is none
 */
public record HostAssessment(String advisory, HostFacts host, Verdict verdict, String fix, List<Assessment> guests) {
    public HostAssessment {
        guests = List.copyOf(guests);
    }
}
