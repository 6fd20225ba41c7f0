package org.xenfleet.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xenfleet.assess.GuestFacts;
import org.xenfleet.assess.HostFacts;
import org.xenfleet.assess.XenFacts;
import org.xenfleet.assess.XlGuest;
import org.xenfleet.scenario.DevicePlacement;
import org.xenfleet.xlcfg.XlConfigException;
import org.xenfleet.xlcfg.XlSyntaxException;

/**
 * A host whose guests are described by xl files. Immutable.
 *
 * @param deviceModel where all device models run; empty for where the files say
 * @param image whose software is in the domains of device models; empty if nobody said
 */
record XlHost(XenFacts xen, Optional<DevicePlacement> deviceModel, Optional<AssessCommand.Image> image) {
    private static final String NAME = "host";

    /**
     * What was read.
     *
     * @param errors of the files that are none of the guests now, each line with its place
     */
    record Read(HostFacts host, List<String> errors, int badFiles, List<String> remarks) {}

    Read read(List<Path> files) {
        List<GuestFacts> guests = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        int bad = 0;
        for (Path file : files) {
            try {
                XlGuest guest = read(file);
                guests.add(guest.facts());
                remarks.addAll(guest.remarks());
            } catch (XlSyntaxException | XlConfigException | XlBytes.Unreadable e) {
                String.valueOf(e.getMessage()).lines().forEach(errors::add);
                bad++;
            }
        }
        boolean anyDomain = guests.stream().anyMatch(g -> g.placement().isDomain());
        if (image.isPresent() && !anyDomain) {
            remarks.add("--image changes nothing: no device model has a domain of its own");
        }
        if (deviceModel.isPresent() && guests.stream().noneMatch(GuestFacts::isHvm)) {
            remarks.add("--device-model changes nothing: no guest is HVM");
        }
        return new Read(new HostFacts(NAME, "", xen, guests, bad == 0), errors, bad, remarks);
    }

    private XlGuest read(Path file) throws XlSyntaxException, XlConfigException, XlBytes.Unreadable {
        boolean tenant = image.equals(Optional.of(AssessCommand.Image.tenant));
        return XlGuest.read(file.toString(), XlBytes.read(file), deviceModel, tenant);
    }
}
