package org.xenfleet.assess;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.xenfleet.scenario.DeviceModelSpec;
import org.xenfleet.scenario.DevicePlacement;
import org.xenfleet.xen.Arch;
import org.xenfleet.xen.Release;
import org.xenfleet.xlcfg.GuestType;
import org.xenfleet.xlcfg.ServiceKeys;

/** Facts for tests. */
final class Hosts {
    private static final GuestTraits DRIVER = new GuestTraits(
            1, false, new ServiceKeys(false, true, 0, false, OptionalLong.empty(), OptionalLong.empty()));

    private Hosts() {}

    static XenFacts xen(String release) {
        return new XenFacts(Release.of(release), 64, Arch.X86, Set.of());
    }

    static HostFacts host(XenFacts xen, GuestFacts... guests) {
        return new HostFacts("host", "", xen, List.of(guests), true);
    }

    static GuestFacts hvm(String name, DevicePlacement placement) {
        return hvm(name, new DeviceModelSpec(placement, false, false));
    }

    static GuestFacts hvm(String name, DeviceModelSpec deviceModel) {
        return new GuestFacts(name, name + ".cfg", GuestType.HVM, deviceModel, GuestTraits.PLAIN, List.of());
    }

    static GuestFacts plain(String name, GuestType type) {
        DeviceModelSpec none = new DeviceModelSpec(DevicePlacement.NONE, false, false);
        return new GuestFacts(name, name + ".cfg", type, none, GuestTraits.PLAIN, List.of());
    }

    static GuestFacts driver(String name) {
        GuestFacts plain = plain(name, GuestType.PV);
        return new GuestFacts(plain.name(), plain.file(), plain.type(), plain.deviceModel(), DRIVER, List.of());
    }
}
