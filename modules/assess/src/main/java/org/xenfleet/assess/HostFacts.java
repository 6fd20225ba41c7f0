package org.xenfleet.assess;

import java.util.List;

/**
 * A host with its guests, in the order in which they are to be told. Immutable.
 *
 * @param file of the scenario that it is in; empty if it is in none
 * @param complete whether these are all of them, as far as anybody knows
 */
public record HostFacts(String name, String file, XenFacts xen, List<GuestFacts> guests, boolean complete) {
    public HostFacts {
        guests = List.copyOf(guests);
    }
}
