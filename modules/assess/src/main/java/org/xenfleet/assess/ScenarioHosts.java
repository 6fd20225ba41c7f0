package org.xenfleet.assess;

import java.util.List;
import java.util.SortedMap;
import org.xenfleet.scenario.DomainSpec;
import org.xenfleet.scenario.HostSpec;
import org.xenfleet.scenario.WorkloadSpec;
import org.xenfleet.scenario.XenSpec;
import org.xenfleet.xen.Release;

/** Takes from the hosts of a scenario what a verdict depends on. Stateless. */
public final class ScenarioHosts {
    private ScenarioHosts() {}

    /** The hosts by their key. */
    public static List<HostFacts> of(String file, SortedMap<String, HostSpec> hosts) {
        return hosts.values().stream().map(host -> of(file, host)).toList();
    }

    private static HostFacts of(String file, HostSpec host) {
        XenSpec xen = host.xen();
        XenFacts facts = new XenFacts(Release.of(xen.release()), xen.bits(), xen.arch(), xen.fixes());
        List<GuestFacts> guests =
                host.domains().stream().map(guest -> guest(file, guest)).toList();
        return new HostFacts(host.name(), file, facts, guests, true);
    }

    private static GuestFacts guest(String file, DomainSpec guest) {
        List<String> callsOn = guest.workload() instanceof WorkloadSpec.Hypercalls calls
                ? calls.aim().names().stream()
                        .filter(name -> !name.equals(guest.name()))
                        .toList()
                : List.of();
        return new GuestFacts(guest.name(), file, guest.type(), guest.deviceModel(), GuestTraits.of(guest), callsOn);
    }
}
