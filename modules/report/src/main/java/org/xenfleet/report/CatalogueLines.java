package org.xenfleet.report;

import org.xenfleet.assess.AdvisoryAssessment;
import org.xenfleet.assess.CatalogueAssessment;
import org.xenfleet.assess.Finding;
import org.xenfleet.assess.GuestFinding;
import org.xenfleet.assess.HostFacts;
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
        Finding finding = judged.finding();
        JudgedGuest of = new JudgedGuest(advisory.advisory(), host, judged.guest(), finding);
        JsonLine line = of.json();
        JudgedGuest.orNothing(line.name("role"), judged.role());
        of.secondFlaw(line);
        JudgedGuest.orNothing(line.name("mitigation"), finding.mitigation());
        JudgedGuest.orNothing(line.name("fix"), advisory.fix());
        JudgedGuest.orNothing(line.name("warning"), finding.warning());
        line.name("host_verdict").text(advisory.verdict().name());
        return line.end();
    }

    /** The names of the columns. */
    public static String csvHead() {
        return JudgedGuest.HEAD + ",role,second_flaw_needed,mitigation,fix,warning,host_verdict\n";
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
        Finding finding = judged.finding();
        JudgedGuest of = new JudgedGuest(advisory.advisory(), host, judged.guest(), finding);
        return of.csv(
                judged.role(),
                of.secondFlaw(),
                finding.mitigation(),
                advisory.fix(),
                finding.warning(),
                advisory.verdict());
    }
}
