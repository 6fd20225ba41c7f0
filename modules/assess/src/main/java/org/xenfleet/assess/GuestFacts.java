package org.xenfleet.assess;

import java.util.List;
import org.xenfleet.scenario.DeviceModelSpec;
import org.xenfleet.scenario.DevicePlacement;
import org.xenfleet.xlcfg.GuestType;

/**
 * A guest, as far as a verdict depends on it. Immutable.
 *
 * @param file where it is described
 * @param callsOn guests on which it makes calls in the scenario, without privilege over them either
 */
public record GuestFacts(
        String name,
        String file,
        GuestType type,
        DeviceModelSpec deviceModel,
        GuestTraits traits,
        List<String> callsOn) {
    public GuestFacts {
        callsOn = List.copyOf(callsOn);
    }

    /** Whether it serves devices of other guests, without privilege over them. */
    public boolean driverDomain() {
        return traits.keys().driverDomain();
    }

    public boolean isHvm() {
        return type == GuestType.HVM;
    }

    /** {@code hvm}, {@code pv} or {@code pvh}. */
    public String typeLabel() {
        return type.label();
    }

    public DevicePlacement placement() {
        return deviceModel.placement();
    }

    /** Where its device model runs, {@code none} if it has none. */
    public String placementLabel() {
        return placement().label();
    }

    /** Of the domain that the device model has to itself: {@code approved} or {@code tenant}; empty if it has none. */
    public String image() {
        return placement().isDomain() ? (deviceModel.tenantImage() ? "tenant" : "approved") : "";
    }
}
