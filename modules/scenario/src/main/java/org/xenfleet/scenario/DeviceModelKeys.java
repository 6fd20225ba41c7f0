package org.xenfleet.scenario;

import java.util.List;
import java.util.Optional;
import org.xenfleet.xlcfg.GuestConfig;
import org.xenfleet.xlcfg.GuestType;

/** The keys of a guest that say what its xl file cannot: where its device model runs, and whose software it is. */
final class DeviceModelKeys {
    private static final String PLACEMENT = "device-model";
    private static final String IMAGE = "device-model-image";
    private static final String TENANT = "tenant";

    private DeviceModelKeys() {}

    static Key[] keys() {
        return new Key[] {
            Key.optional(
                            PLACEMENT,
                            KeyType.WORD,
                            "Where the device model of an HVM guest runs. Default: what the xl file says, a stub domain"
                                    + " (`device_model_stubdomain_override`), a process of dom0 whose privileges are limited"
                                    + " (`dm_restrict`), or an unrestricted one. A `service-domain` runs like a stub domain, and a"
                                    + " process of dom0 runs the same whether it is restricted or not; `assess` tells them apart.")
                    .oneOf(DevicePlacement.labels()),
            Key.of(
                            IMAGE,
                            KeyType.WORD,
                            "approved",
                            "Whether the software of the device model's own domain is `approved` by the administrator of the host,"
                                    + " or a `tenant` may supply it. A run is the same; `assess` goes by it.")
                    .oneOf(List.of("approved", TENANT))
        };
    }

    static DeviceModelSpec read(Section domain, XlFiles.Xl xl) {
        GuestConfig guest = xl.guest();
        Optional<DevicePlacement> instead = domain.optionalText(PLACEMENT).flatMap(DevicePlacement::of);
        boolean tenant = domain.text(IMAGE).equals(TENANT);
        DeviceModelSpec spec = DeviceModelSpec.of(guest, xl.services(), instead, tenant);
        if (instead.isPresent() && guest.type() != GuestType.HVM) {
            domain.problem(
                    PLACEMENT,
                    "needs an HVM guest, but " + guest.fileName() + " describes a guest of type "
                            + guest.type().label() + ", which has no device model");
        } else if (instead.isPresent()
                && guest.deviceModelStubdomain() != spec.placement().isDomain()) {
            domain.notice(
                    PLACEMENT,
                    "= " + instead.get().label() + " is what counts, although " + guest.fileName()
                            + (guest.deviceModelStubdomain() ? " asks for a stub domain" : " asks for no stub domain"));
        }
        if (tenant && !spec.tenantImage()) {
            domain.notice(IMAGE, "changes nothing: the device model has no domain of its own");
        }
        return spec;
    }
}
