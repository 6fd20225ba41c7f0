package org.xenfleet.assess;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xenfleet.scenario.DeviceModelSpec;
import org.xenfleet.scenario.DevicePlacement;
import org.xenfleet.xlcfg.GuestConfig;
import org.xenfleet.xlcfg.ServiceKeys;
import org.xenfleet.xlcfg.XlConfigException;
import org.xenfleet.xlcfg.XlFile;
import org.xenfleet.xlcfg.XlNotice;
import org.xenfleet.xlcfg.XlParser;
import org.xenfleet.xlcfg.XlSyntaxException;

/**
 * A guest read from its xl file. Immutable.
 *
 * @param remarks what the user should know though nothing is wrong, each with its place
 */
public record XlGuest(GuestFacts facts, List<String> remarks) {
    public XlGuest {
        remarks = List.copyOf(remarks);
    }

    /**
     * Reads it as xl 4.17 does.
     *
     * @param fileName for messages, and as {@link GuestFacts#file}
     * @param instead where its device model runs, whatever the file says; means nothing to a guest that has none
     * @param tenantImage of the domain that the device model has to itself, if it has one
     * @throws XlSyntaxException for the first error of a file that is not in the xl language
     * @throws XlConfigException with every problem of a file that does not describe a guest
     */
    public static XlGuest read(String fileName, byte[] content, Optional<DevicePlacement> instead, boolean tenantImage)
            throws XlSyntaxException, XlConfigException {
        XlFile file = XlParser.parse(fileName, content);
        GuestConfig guest = GuestConfig.read(file);
        ServiceKeys keys = ServiceKeys.read(file);
        DeviceModelSpec asSaid = DeviceModelSpec.of(guest, keys, Optional.empty(), tenantImage);
        DeviceModelSpec counting = DeviceModelSpec.of(guest, keys, instead, tenantImage);
        List<String> remarks = new ArrayList<>();
        for (XlNotice warning : guest.warnings()) {
            remarks.add(fileName + (warning.line() > 0 ? ":" + warning.line() : "") + ": " + warning.message());
        }
        if (asSaid.placement() != DevicePlacement.DOM0 && asSaid.placement() != counting.placement()) {
            remarks.add(fileName + ": the device model counts as "
                    + counting.placement().label() + ", although the file says "
                    + asSaid.placement().label());
        }
        return new XlGuest(
                new GuestFacts(guest.name(), fileName, guest.type(), counting, GuestTraits.of(guest, keys), List.of()),
                remarks);
    }
}
