package org.xenfleet.assess;

import org.xenfleet.scenario.DevicePlacement;
import org.xenfleet.xen.Arch;
import org.xenfleet.xen.advisory.Need;
import org.xenfleet.xlcfg.GuestType;
import org.xenfleet.xlcfg.ServiceKeys;

/**
 * Whether what a flaw needs is true of a guest, as far as its file and the host tell. Stateless.
 *
 * <p>Sources: advisories.yaml, conditions of each advisory; of XSA-150 also who can make entries that are populated on demand; of
 * XSA-380 the default of 1024 frames, of XSA-344 the 1023 channels that libxl allows.
 */
final class NeedRule {
    private static final long DEFAULT_MAPTRACK_FRAMES = 1024;
    private static final long DEFAULT_EVENT_CHANNELS = 1023;

    private NeedRule() {}

    static Answer ask(Need need, GuestFacts guest, HostFacts host) {
        GuestTraits traits = guest.traits();
        ServiceKeys keys = traits.keys();
        String type = "the guest is " + guest.type();
        return switch (need) {
            case PV -> Answer.yesIf(guest.type() == GuestType.PV, type);
            case HVM -> Answer.yesIf(guest.isHvm(), type);
            case TRANSLATED ->
                Answer.yesIf(guest.type() != GuestType.PV || host.xen().arch() == Arch.ARM, type);
            case KERNEL_OF_32_BITS ->
                Answer.upToTheGuest("Whether its kernel has 32 bits is not known; unless the host boots it, the guest"
                        + " chooses it.");
            case SEVERAL_VCPUS -> Answer.yesIf(traits.maxVcpus() > 1, "the guest has one");
            case PASSTHROUGH -> Answer.yesIf(keys.pciDevices() > 0, "the guest's file names none");
            case EPT -> Answer.yesIf(!keys.shadowPaging(), "the guest's file turns it off with hap = 0");
            case POPULATE_ON_DEMAND ->
                traits.populateOnDemand()
                        ? Answer.yes("Its file has memory below maxmem.")
                        : Answer.upToTheGuest("It does not start that way, but XSA-150 says that such a guest can make"
                                + " pages that are populated on demand all the same.");
            case EVENT_CHANNELS ->
                Answer.yes("It may have " + keys.eventChannels().orElse(DEFAULT_EVENT_CHANNELS) + " at once.");
            case RAISED_MAPTRACK ->
                Answer.yesIf(
                        keys.maptrackFrames().orElse(0) > DEFAULT_MAPTRACK_FRAMES,
                        "the guest's file allows no more, and nothing is known of another limit on Xen's command line");
            case HVM_STUB_DOMAIN -> ownDomain(guest);
            case SHARED_MANAGEMENT ->
                host.guests().stream().anyMatch(g -> g.placement() == DevicePlacement.SERVICE_DOMAIN)
                        ? Answer.unknown(
                                "Service domains work for guests of this host; whether one of them has a part of"
                                        + " its management too is not known.")
                        : Answer.no("nothing says that this one does");
        };
    }

    private static Answer ownDomain(GuestFacts guest) {
        return guest.placement().isDomain()
                ? Answer.unknown("Whether the domain of its device model is HVM itself, or PV, is not known.")
                : Answer.no("the guest has no stub domain");
    }
}
