package org.xenfleet.report;

import java.util.Locale;
import java.util.stream.Collectors;
import org.xenfleet.assess.Assessment;
import org.xenfleet.assess.HostAssessment;
import org.xenfleet.assess.OtherCaller;
import org.xenfleet.results.JsonLine;

/** What is to be said of the guests of a host, for programs: one line for each guest, ended by a line feed. Stateless. */
public final class AssessmentLines {
    private AssessmentLines() {}

    /** One object a line. {@code second_flaw_needed} is null where there is nothing to attack. */
    public static String json(HostAssessment host) {
        StringBuilder lines = new StringBuilder();
        for (Assessment guest : host.guests()) {
            lines.append(json(host, guest)).append('\n');
        }
        return lines.toString();
    }

    private static String json(HostAssessment host, Assessment judged) {
        JudgedGuest of = new JudgedGuest(host.advisory(), host.host(), judged.guest(), judged.finding());
        JsonLine line = of.json();
        of.secondFlaw(line);
        line.name("mechanically_exploitable").truth(judged.exploitable());
        JudgedGuest.orNothing(line.name("mitigation"), judged.finding().mitigation());
        JudgedGuest.orNothing(line.name("fix"), host.fix());
        JudgedGuest.orNothing(line.name("warning"), judged.finding().warning());
        line.name("host_verdict").text(host.verdict().name());
        line.name("exposed_by").beginList();
        judged.exposedBy().forEach(line::text);
        line.endList().name("other_callers").beginList();
        judged.others().forEach(other -> caller(line, other));
        return line.endList().end();
    }

    private static void caller(JsonLine line, OtherCaller other) {
        line.beginObject().name("caller").text(other.name());
        line.name("verdict").text(other.finding().verdict().name());
        line.name("reason").text(other.finding().reason());
        line.name("basis").text(other.finding().basis().label());
        line.name("mechanically_exploitable").truth(other.exploitable());
        line.endObject();
    }

    /** The names of the columns. */
    public static String csvHead() {
        return JudgedGuest.HEAD
                + ",second_flaw_needed,mechanically_exploitable,mitigation,fix,warning,host_verdict,exposed_by,other_callers\n";
    }

    /** The rows, in the order of {@link #csvHead}; what JSON has as null is empty. */
    public static String csv(HostAssessment host) {
        StringBuilder lines = new StringBuilder();
        for (Assessment judged : host.guests()) {
            JudgedGuest of = new JudgedGuest(host.advisory(), host.host(), judged.guest(), judged.finding());
            lines.append(of.csv(
                    of.secondFlaw(),
                    judged.exploitable(),
                    judged.finding().mitigation(),
                    host.fix(),
                    judged.finding().warning(),
                    host.verdict(),
                    String.join(" ", judged.exposedBy()),
                    callers(judged)));
        }
        return lines.toString();
    }

    private static String callers(Assessment judged) {
        return judged.others().stream()
                .map(other -> String.format(
                        Locale.ROOT, "%s: %s", other.name(), other.finding().verdict()))
                .collect(Collectors.joining("; "));
    }
}
