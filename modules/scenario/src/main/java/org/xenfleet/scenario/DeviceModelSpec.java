package org.xenfleet.scenario;

import java.util.Optional;
import org.xenfleet.xlcfg.GuestConfig;
import org.xenfleet.xlcfg.GuestType;
import org.xenfleet.xlcfg.ServiceKeys;

/**
 * Where the device model of a guest runs, and whose software it is. A run goes by whether it has a domain of its own; the rest
 * is for those who ask who may do harm to whom. Immutable.
 *
 * @param tenantImage whether the software of its domain may come from somebody else than the host's administrator
 * @param movedFromStub whether the xl file asks for a stub domain, and it was put into an unrestricted process of dom0 instead
 */
public record DeviceModelSpec(DevicePlacement placement, boolean tenantImage, boolean movedFromStub) {
    private static final DeviceModelSpec NONE = new DeviceModelSpec(DevicePlacement.NONE, false, false);

    /**
     * What the xl file of a guest says, and what somebody says instead. Only an HVM guest has a device model.
     *
     * @param instead wins over the xl file
     */
    public static DeviceModelSpec of(
            GuestConfig guest, ServiceKeys keys, Optional<DevicePlacement> instead, boolean tenantImage) {
        if (guest.type() != GuestType.HVM) {
            return NONE;
        }
        DevicePlacement placement = instead.orElse(asXlSays(guest, keys));
        return new DeviceModelSpec(
                placement,
                tenantImage && placement.isDomain(),
                guest.deviceModelStubdomain() && placement == DevicePlacement.DOM0);
    }

    private static DevicePlacement asXlSays(GuestConfig guest, ServiceKeys keys) {
        if (guest.deviceModelStubdomain()) {
            return DevicePlacement.STUBDOM;
        }
        return keys.deviceModelRestricted() ? DevicePlacement.DOM0_RESTRICTED : DevicePlacement.DOM0;
    }
}
