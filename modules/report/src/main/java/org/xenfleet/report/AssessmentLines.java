package org.xenfleet.report;

import java.util.Locale;
import java.util.stream.Collectors;
import org.xenfleet.assess.Assessment;
import org.xenfleet.assess.GuestFacts;
import org.xenfleet.assess.HostAssessment;
import org.xenfleet.assess.OtherCaller;
import org.xenfleet.assess.SecondFlaw;
import org.xenfleet.assess.XenFacts;
import org.xenfleet.results.Csv;
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
        GuestFacts guest = judged.guest();
        XenFacts xen = host.host().xen();
        JsonLine line = new JsonLine();
        line.name("advisory").text(host.advisory());
        line.name("host").text(host.host().name());
        line.name("guest").text(guest.name());
        line.name("file").text(guest.file());
        line.name("type").text(guest.typeLabel());
        line.name("xen").text(xen.name());
        line.name("bits").number(xen.bits());
        line.name("arch").text(xen.archLabel());
        line.name("fixed").truth(xen.fixAdded(host.advisory()));
        line.name("device_model").text(guest.placementLabel());
        textOrNothing(line.name("image"), guest.image());
        line.name("verdict").text(judged.verdict().name());
        line.name("reason").text(judged.finding().reason());
        line.name("basis").text(judged.finding().basis().label());
        line.name("second_flaw_needed");
        switch (judged.finding().secondFlaw()) {
            case NEEDED -> line.truth(true);
            case NOT_NEEDED -> line.truth(false);
            case MEANINGLESS -> line.nothing();
        }
        line.name("mechanically_exploitable").truth(judged.exploitable());
        textOrNothing(line.name("mitigation"), judged.finding().mitigation());
        textOrNothing(line.name("fix"), host.fix());
        textOrNothing(line.name("warning"), judged.finding().warning());
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

    private static void textOrNothing(JsonLine line, String text) {
        if (text.isEmpty()) {
            line.nothing();
        } else {
            line.text(text);
        }
    }

    /** The names of the columns. */
    public static String csvHead() {
        return "advisory,host,guest,file,type,xen,bits,arch,fixed,device_model,image,verdict,reason,basis,"
                + "second_flaw_needed,mechanically_exploitable,mitigation,fix,warning,host_verdict,exposed_by,other_callers\n";
    }

    /** The rows, in the order of {@link #csvHead}; what JSON has as null is empty. */
    public static String csv(HostAssessment host) {
        XenFacts xen = host.host().xen();
        StringBuilder lines = new StringBuilder();
        for (Assessment judged : host.guests()) {
            GuestFacts guest = judged.guest();
            SecondFlaw flaw = judged.finding().secondFlaw();
            lines.append(Csv.line(
                    host.advisory(),
                    host.host().name(),
                    guest.name(),
                    guest.file(),
                    guest.typeLabel(),
                    xen.name(),
                    xen.bits(),
                    xen.archLabel(),
                    xen.fixAdded(host.advisory()),
                    guest.placementLabel(),
                    guest.image(),
                    judged.verdict(),
                    judged.finding().reason(),
                    judged.finding().basis().label(),
                    flaw == SecondFlaw.MEANINGLESS ? "" : flaw == SecondFlaw.NEEDED,
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
