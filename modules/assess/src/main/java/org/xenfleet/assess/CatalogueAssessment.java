package org.xenfleet.assess;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.xenfleet.xen.advisory.Advisory;
import org.xenfleet.xen.advisory.AdvisoryCatalogue;
import org.xenfleet.xen.advisory.Role;

/**
 * What every advisory of the catalogue says of a host, in the order of their numbers. Immutable. The time to judge grows with the
 * number of guests times that of advisories.
 */
public record CatalogueAssessment(HostFacts host, List<AdvisoryAssessment> advisories) {
    public CatalogueAssessment {
        advisories = List.copyOf(advisories);
    }

    /** Of XSA-89 it says what {@link Xsa89} does. */
    public static CatalogueAssessment judge(HostFacts host) {
        return new CatalogueAssessment(
                host,
                AdvisoryCatalogue.shipped().all().stream()
                        .map(advisory ->
                                advisory.id().equals(Xsa89.NAME) ? xsa89(advisory, host) : judge(advisory, host))
                        .toList());
    }

    /** Whether any advisory calls the host so. */
    public boolean has(Verdict verdict) {
        return advisories.stream().anyMatch(a -> a.verdict() == verdict);
    }

    private static AdvisoryAssessment xsa89(Advisory advisory, HostFacts host) {
        HostAssessment judged = Xsa89.judge(host);
        List<GuestFinding> guests = judged.guests().stream()
                .map(a -> new GuestFinding(
                        a.guest(), a.finding(), a.verdict().isHarmless() ? "" : Role.DEVICE_MODEL.label()))
                .toList();
        return new AdvisoryAssessment(advisory.id(), advisory.title(), judged.verdict(), judged.fix(), guests);
    }

    /** By the data of the catalogue alone. */
    static AdvisoryAssessment judge(Advisory advisory, HostFacts host) {
        Optional<Finding> settled = StandingRule.settle(advisory, host.xen());
        List<GuestFinding> guests = new ArrayList<>();
        for (GuestFacts guest : host.guests()) {
            guests.add(settled.map(finding -> settled(finding, advisory, guest, host))
                    .orElseGet(() -> worst(advisory, guest, host)));
        }
        Verdict verdict = guests.stream()
                .map(GuestFinding::verdict)
                .max(Comparator.naturalOrder())
                .orElse(settled.map(Finding::verdict).orElse(Verdict.NOT_EXPOSED));
        boolean mendable = settled.isEmpty() || settled.get().verdict() == Verdict.NOT_ESTABLISHED;
        return new AdvisoryAssessment(
                advisory.id(),
                advisory.title(),
                verdict,
                mendable ? StandingRule.fix(advisory, host.xen().release()) : "",
                guests);
    }

    /** Where nobody knows whether the hypervisor has the flaw, a guest by which nobody could use it is judged all the same. */
    private static GuestFinding settled(Finding finding, Advisory advisory, GuestFacts guest, HostFacts host) {
        if (finding.verdict() != Verdict.NOT_ESTABLISHED) {
            return new GuestFinding(guest, finding, "");
        }
        GuestFinding ifAffected = worst(advisory, guest, host);
        if (ifAffected.verdict().compareTo(Verdict.NOT_ESTABLISHED) < 0) {
            return ifAffected;
        }
        Finding open = Finding.harmless(
                        Verdict.NOT_ESTABLISHED,
                        finding.basis(),
                        finding.reason() + " If it is affected: "
                                + ifAffected.finding().reason())
                .withMitigation(ifAffected.finding().mitigation());
        return new GuestFinding(guest, open, ifAffected.role());
    }

    private static GuestFinding worst(Advisory advisory, GuestFacts guest, HostFacts host) {
        return advisory.ways().stream()
                .map(way -> found(guest, WayRule.judge(advisory, way, guest, host), way.role()))
                .max(Comparator.comparing(GuestFinding::verdict))
                .orElseThrow();
    }

    private static GuestFinding found(GuestFacts guest, Finding finding, Role role) {
        return new GuestFinding(guest, finding, finding.verdict().isHarmless() ? "" : role.label());
    }
}
