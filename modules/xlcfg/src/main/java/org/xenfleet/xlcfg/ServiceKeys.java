package org.xenfleet.xlcfg;

/**
 * What an xl file says of the part that the guest, and its device model, have in the work of other domains. A run does not
 * depend on it; who may do harm to whom does. Immutable.
 *
 * @param deviceModelRestricted {@code dm_restrict}: the kernel of dom0 limits what the device model's process may do
 * @param driverDomain {@code driver_domain}: the guest serves devices of other guests, over which it has no privilege
 */
public record ServiceKeys(boolean deviceModelRestricted, boolean driverDomain) {

    /** Reads them as xl 4.17 reads flags: a number other than 0; anything else counts as not given. */
    public static ServiceKeys read(XlFile file) {
        return new ServiceKeys(flag(file, "dm_restrict"), flag(file, "driver_domain"));
    }

    private static boolean flag(XlFile file, String key) {
        return file.live(key)
                .filter(value -> value instanceof XlValue.Scalar scalar
                        && scalar.number()
                        && CLong.parse(scalar.text()).value() != 0)
                .isPresent();
    }
}
