package org.xenfleet.report;

import org.xenfleet.assess.AdvisoryAssessment;
import org.xenfleet.assess.CatalogueAssessment;
import org.xenfleet.assess.Finding;
import org.xenfleet.assess.GuestFacts;
import org.xenfleet.assess.GuestFinding;
import org.xenfleet.assess.HostFacts;
import org.xenfleet.assess.SecondFlaw;
import org.xenfleet.assess.XenFacts;
import org.xenfleet.results.Csv;
import org.xenfleet.results.JsonLine;

/**
 * What is to be said of a host and the whole catalogue, for programs: one line for each advisory and guest, ended by a line feed.
 * Names of columns that {@link AssessmentLines} has too mean the same. Stateless.
 */
public final class CatalogueLines {
    private CatalogueLines() {}

    /** One object a line; what has no value is null. */
    public static String json(CatalogueAssessment judged) {
        StringBuilder lines = new StringBuilder();
        for (AdvisoryAssessment advisory : judged.advisories()) {
            for (GuestFinding guest : advisory.guests()) {
                lines.append(json(judged.host(), advisory, guest)).append('\n');
            }
        }
        return lines.toString();
    }

    private static String json(HostFacts host, AdvisoryAssessment advisory, GuestFinding judged) {
        GuestFacts guest = judged.guest();
        XenFacts xen = host.xen();
        Finding finding = judged.finding();
        JsonLine line = new JsonLine();
        line.name("advisory").text(advisory.advisory());
        line.name("host").text(host.name());
        line.name("guest").text(guest.name());
        line.name("file").text(guest.file());
        line.name("type").text(guest.typeLabel());
        line.name("xen").text(xen.name());
        line.name("bits").number(xen.bits());
        line.name("arch").text(xen.archLabel());
        line.name("fixed").truth(xen.fixAdded(advisory.advisory()));
        line.name("device_model").text(guest.placementLabel());
        orNothing(line.name("image"), guest.image());
        line.name("verdict").text(finding.verdict().name());
        line.name("reason").text(finding.reason());
        line.name("basis").text(finding.basis().label());
        orNothing(line.name("role"), judged.role());
        line.name("second_flaw_needed");
        switch (finding.secondFlaw()) {
            case NEEDED -> line.truth(true);
            case NOT_NEEDED -> line.truth(false);
            case MEANINGLESS -> line.nothing();
        }
        orNothing(line.name("mitigation"), finding.mitigation());
        orNothing(line.name("fix"), advisory.fix());
        orNothing(line.name("warning"), finding.warning());
        line.name("host_verdict").text(advisory.verdict().name());
        return line.end();
    }

    private static void orNothing(JsonLine line, String text) {
        if (text.isEmpty()) {
            line.nothing();
        } else {
            line.text(text);
        }
    }

    /** The names of the columns. */
    public static String csvHead() {
        return "advisory,host,guest,file,type,xen,bits,arch,fixed,device_model,image,verdict,reason,basis,role,"
                + "second_flaw_needed,mitigation,fix,warning,host_verdict\n";
    }

    /** The rows, in the order of {@link #csvHead}; what JSON has as null is empty. */
    public static String csv(CatalogueAssessment judged) {
        StringBuilder lines = new StringBuilder();
        for (AdvisoryAssessment advisory : judged.advisories()) {
            for (GuestFinding guest : advisory.guests()) {
                lines.append(csv(judged.host(), advisory, guest));
            }
        }
        return lines.toString();
    }

    private static String csv(HostFacts host, AdvisoryAssessment advisory, GuestFinding judged) {
        GuestFacts guest = judged.guest();
        XenFacts xen = host.xen();
        Finding finding = judged.finding();
        SecondFlaw flaw = finding.secondFlaw();
        return Csv.line(
                advisory.advisory(),
                host.name(),
                guest.name(),
                guest.file(),
                guest.typeLabel(),
                xen.name(),
                xen.bits(),
                xen.archLabel(),
                xen.fixAdded(advisory.advisory()),
                guest.placementLabel(),
                guest.image(),
                finding.verdict(),
                finding.reason(),
                finding.basis().label(),
                judged.role(),
                flaw == SecondFlaw.MEANINGLESS ? "" : flaw == SecondFlaw.NEEDED,
                finding.mitigation(),
                advisory.fix(),
                finding.warning(),
                advisory.verdict());
    }
}
