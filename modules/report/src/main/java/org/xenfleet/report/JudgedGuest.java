package org.xenfleet.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xenfleet.assess.Finding;
import org.xenfleet.assess.GuestFacts;
import org.xenfleet.assess.HostFacts;
import org.xenfleet.assess.SecondFlaw;
import org.xenfleet.assess.XenFacts;
import org.xenfleet.results.Csv;
import org.xenfleet.results.JsonLine;

/**
 * What every line about a guest and an advisory begins with, for programs: who is judged, and what was found. Immutable.
 *
 * @param advisory by which the guest is judged
 */
record JudgedGuest(String advisory, HostFacts host, GuestFacts guest, Finding finding) {
    /** The names of the columns that every row begins with. */
    static final String HEAD =
            "advisory,host,guest,file,type,xen,bits,arch,fixed,device_model,image,verdict,reason,basis";

    /** A line that is not at its end. */
    JsonLine json() {
        XenFacts xen = host.xen();
        JsonLine line = new JsonLine();
        line.name("advisory").text(advisory);
        line.name("host").text(host.name());
        line.name("guest").text(guest.name());
        line.name("file").text(guest.file());
        line.name("type").text(guest.typeLabel());
        line.name("xen").text(xen.name());
        line.name("bits").number(xen.bits());
        line.name("arch").text(xen.archLabel());
        line.name("fixed").truth(xen.fixAdded(advisory));
        line.name("device_model").text(guest.placementLabel());
        orNothing(line.name("image"), guest.image());
        line.name("verdict").text(finding.verdict().name());
        line.name("reason").text(finding.reason());
        line.name("basis").text(finding.basis().label());
        return line;
    }

    /** Null where there is nothing to attack. */
    void secondFlaw(JsonLine line) {
        line.name("second_flaw_needed");
        switch (finding.secondFlaw()) {
            case NEEDED -> line.truth(true);
            case NOT_NEEDED -> line.truth(false);
            case MEANINGLESS -> line.nothing();
        }
    }

    /** A row that begins with the columns of {@link #HEAD}. */
    String csv(Object... more) {
        XenFacts xen = host.xen();
        List<Object> cells = new ArrayList<>(List.of(
                advisory,
                host.name(),
                guest.name(),
                guest.file(),
                guest.typeLabel(),
                xen.name(),
                xen.bits(),
                xen.archLabel(),
                xen.fixAdded(advisory),
                guest.placementLabel(),
                guest.image(),
                finding.verdict(),
                finding.reason(),
                finding.basis().label()));
        cells.addAll(Arrays.asList(more));
        return Csv.line(cells.toArray());
    }

    /** Empty where JSON has null. */
    Object secondFlaw() {
        SecondFlaw flaw = finding.secondFlaw();
        return flaw == SecondFlaw.MEANINGLESS ? "" : flaw == SecondFlaw.NEEDED;
    }

    /** A text, or null if it is empty. */
    static void orNothing(JsonLine line, String text) {
        if (text.isEmpty()) {
            line.nothing();
        } else {
            line.text(text);
        }
    }
}
