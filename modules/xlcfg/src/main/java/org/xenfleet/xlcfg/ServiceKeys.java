package org.xenfleet.xlcfg;

import java.util.OptionalLong;

/**
 * What an xl file says of the part that the guest, and its device model, have in the work of other domains and of Xen. A run does
 * not depend on it; who may do harm to whom does. Immutable.
 *
 * @param deviceModelRestricted {@code dm_restrict}: the kernel of dom0 limits what the device model's process may do
 * @param driverDomain {@code driver_domain}: the guest serves devices of other guests, over which it has no privilege
 * @param pciDevices how many {@code pci} passes through to it
 * @param shadowPaging {@code hap = 0}: an HVM guest has shadow page tables
 * @param eventChannels {@code max_event_channels}, if it says so
 * @param maptrackFrames {@code max_maptrack_frames}, if it says so
 */
public record ServiceKeys(
        boolean deviceModelRestricted,
        boolean driverDomain,
        int pciDevices,
        boolean shadowPaging,
        OptionalLong eventChannels,
        OptionalLong maptrackFrames) {

    /** Of a file that says nothing. */
    public static final ServiceKeys NONE =
            new ServiceKeys(false, false, 0, false, OptionalLong.empty(), OptionalLong.empty());

    /** Reads them as xl 4.17 reads flags and numbers; what is neither where one is due counts as not given. */
    public static ServiceKeys read(XlFile file) {
        OptionalLong hap = number(file, "hap");
        return new ServiceKeys(
                number(file, "dm_restrict").orElse(0) != 0,
                number(file, "driver_domain").orElse(0) != 0,
                file.live("pci")
                        .map(value -> value instanceof XlValue.ListOf list
                                ? list.items().size()
                                : 0)
                        .orElse(0),
                hap.isPresent() && hap.getAsLong() == 0,
                number(file, "max_event_channels"),
                number(file, "max_maptrack_frames"));
    }

    private static OptionalLong number(XlFile file, String key) {
        return file.live(key)
                .map(value -> value instanceof XlValue.Scalar scalar && scalar.number()
                        ? OptionalLong.of(CLong.parse(scalar.text()).value())
                        : OptionalLong.empty())
                .orElse(OptionalLong.empty());
    }
}
