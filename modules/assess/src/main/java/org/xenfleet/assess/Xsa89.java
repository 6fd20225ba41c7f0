package org.xenfleet.assess;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.xenfleet.xlcfg.GuestType;

/**
 * Judges hosts by XSA-89. What the advisory says and what a call can do are found independently of each other. Stateless; the
 * time it takes grows with the number of guests, and with that of guests times that of driver domains.
 */
public final class Xsa89 {
    public static final String NAME = "xsa-89";

    private static final String ITSELF = "the guest itself";
    /** So many of those by whom a guest is exposed are named. */
    private static final int NAMED = 10;

    private final HostFacts host;
    private final Mechanics mechanics;
    private final Optional<Finding> settled;
    /** Guests that work for others, or call on them. */
    private final List<GuestFacts> callers;

    private Xsa89(HostFacts host) {
        this.host = host;
        this.mechanics = new Mechanics(NAME, host.xen());
        this.settled = HypervisorRule.settle(host.xen());
        this.callers = host.guests().stream()
                .filter(g -> g.driverDomain() || !g.callsOn().isEmpty())
                .toList();
    }

    public static HostAssessment judge(HostFacts host) {
        return new Xsa89(host).judge();
    }

    private HostAssessment judge() {
        List<Assessment> alone = host.guests().stream().map(this::alone).toList();
        List<Assessment> exposing =
                alone.stream().filter(a -> a.verdict() == Verdict.VULNERABLE).toList();
        List<Assessment> guests = alone.stream().map(a -> beside(a, exposing)).toList();
        Verdict worst = guests.stream()
                .map(Assessment::verdict)
                .max(Comparator.naturalOrder())
                .orElse(settled.map(Finding::verdict).orElse(Verdict.NOT_EXPOSED));
        String fix = settled.isPresent() ? "" : HypervisorRule.fix(host.xen().release());
        return new HostAssessment(NAME, host, worst, fix, guests);
    }

    private Assessment alone(GuestFacts guest) {
        boolean exploitable = mechanics.byDeviceModel(guest);
        if (settled.isPresent()) {
            return new Assessment(guest, settled.get(), exploitable, List.of(), List.of());
        }
        if (!guest.isHvm()) {
            return new Assessment(guest, GuestRule.without(guest, host), exploitable, List.of(), List.of());
        }
        return new Assessment(guest, GuestRule.ofDeviceModel(guest, host.xen()), exploitable, List.of(), others(guest));
    }

    private List<OtherCaller> others(GuestFacts guest) {
        List<OtherCaller> others = new ArrayList<>();
        others.add(new OtherCaller(ITSELF, GuestRule.ofItself(), mechanics.byItself(guest)));
        for (GuestFacts caller : callers) {
            boolean mayCall = caller.driverDomain() || caller.callsOn().contains(guest.name());
            if (mayCall && !caller.equals(guest)) {
                others.add(new OtherCaller(
                        caller.name(), GuestRule.ofUnprivileged(caller), mechanics.byUnprivileged(caller, guest)));
            }
        }
        return others;
    }

    /** A PV guest shares the lot of the vulnerable ones beside it; of all others it is merely said who they are. */
    private static Assessment beside(Assessment alone, List<Assessment> exposing) {
        if (alone.guest().isHvm() || exposing.isEmpty()) {
            return alone;
        }
        List<String> names =
                exposing.stream().limit(NAMED).map(a -> a.guest().name()).toList();
        if (alone.guest().type() == GuestType.PVH) {
            return new Assessment(alone.guest(), alone.finding(), alone.exploitable(), names, alone.others());
        }
        boolean exploitable = exposing.stream().anyMatch(Assessment::exploitable);
        return new Assessment(alone.guest(), GuestRule.exposedBy(exposing), exploitable, names, alone.others());
    }
}
