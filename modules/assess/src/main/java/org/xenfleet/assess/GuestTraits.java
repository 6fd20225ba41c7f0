package org.xenfleet.assess;

import org.xenfleet.scenario.DomainSpec;
import org.xenfleet.xlcfg.GuestConfig;
import org.xenfleet.xlcfg.ServiceKeys;

/**
 * What of a guest's configuration makes a flaw of use, beside its type and its device model. Immutable.
 *
 * @param maxVcpus that can ever be online, at least 1
 * @param populateOnDemand whether it starts with less memory than it may have
 * @param keys what its xl file says
 */
public record GuestTraits(int maxVcpus, boolean populateOnDemand, ServiceKeys keys) {
    /** One vCPU, and nothing special. */
    public static final GuestTraits PLAIN = new GuestTraits(1, false, ServiceKeys.NONE);

    static GuestTraits of(GuestConfig guest, ServiceKeys keys) {
        return new GuestTraits(guest.maxVcpus(), guest.memoryMiB() < guest.maxMemMiB(), keys);
    }

    static GuestTraits of(DomainSpec guest) {
        return new GuestTraits(guest.maxVcpus(), guest.memoryMiB() < guest.maxMemMiB(), guest.services());
    }
}
