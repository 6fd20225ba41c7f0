package org.xenfleet.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xenfleet.assess.Assessment;
import org.xenfleet.assess.Finding;
import org.xenfleet.assess.HostAssessment;
import org.xenfleet.assess.OtherCaller;
import org.xenfleet.assess.SecondFlaw;
import org.xenfleet.assess.Verdict;
import org.xenfleet.report.TextTable.Cell;

/**
 * What is to be said of hosts and an advisory as text for people: each host, each guest, and every reason once with those
 * whom it is about, the worst first. ASCII but for the names of files and guests. Immutable.
 */
public final class AssessmentTable {
    /** Of those whom a reason is about so many are named. */
    private static final int NAMED = 8;

    /** What is said together, once. */
    private record Said(Finding finding, String fix) {}

    private final List<HostAssessment> hosts;
    private final int width;
    private final boolean colour;

    private AssessmentTable(List<HostAssessment> hosts, int width, boolean colour) {
        this.hosts = hosts;
        this.width = width;
        this.colour = colour;
    }

    /**
     * The text, each line ended by a line feed.
     *
     * @param hosts at least one
     * @param width characters of a line; a table that cannot be as narrow is wider
     * @param colour whether to use the escape sequences of terminals
     */
    public static String of(List<HostAssessment> hosts, int width, boolean colour) {
        return String.join("\n", new AssessmentTable(hosts, width, colour).lines()) + "\n";
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        hosts.forEach(host -> lines.addAll(Line.wrap(Line.printable(heading(host)), "", width)));
        if (hosts.stream().anyMatch(host -> !host.guests().isEmpty())) {
            lines.add("");
            lines.addAll(guests().lines(width, colour));
        }
        groups().entrySet().stream()
                .sorted(Comparator.comparing(e -> e.getKey().finding().verdict(), Comparator.reverseOrder()))
                .forEach(group -> {
                    lines.add("");
                    explain(lines, group.getKey(), group.getValue());
                });
        List<String> others = others();
        if (!others.isEmpty()) {
            lines.add("");
            others.forEach(reason -> lines.addAll(Line.wrap("Others: " + reason, "", width)));
        }
        return lines;
    }

    private static String heading(HostAssessment host) {
        long guests = host.guests().size();
        long concerned = host.guests().stream()
                .filter(a -> a.verdict() == host.verdict())
                .count();
        String of = host.host().file().isEmpty() ? "" : " of " + host.host().file();
        return host.advisory() + ", " + host.host().name() + of + ", Xen "
                + host.host().xen().name() + " (" + host.host().xen().archLabel() + ", "
                + host.host().xen().bits() + " bits): " + host.verdict()
                + (guests == 0
                        ? ", without a guest."
                        : ", " + HumanText.count(concerned) + " of " + HumanText.count(guests, "guest") + ".");
    }

    private TextTable guests() {
        TextTable table =
                new TextTable(7, "Host", "Guest", "Type", "Device model", "Verdict", "Exploitable", "Second flaw");
        boolean oneFile =
                hosts.stream().map(host -> host.host().file()).distinct().count() == 1;
        for (HostAssessment host : hosts) {
            String name =
                    host.host().name() + (oneFile ? "" : " of " + host.host().file());
            for (Assessment guest : host.guests()) {
                table.row(
                        Cell.of(name),
                        Cell.of(guest.guest().name()),
                        Cell.of(guest.guest().typeLabel()),
                        Cell.of(placement(guest)),
                        new Cell(guest.verdict().name(), style(guest.verdict())),
                        Cell.of(guest.exploitable() ? "yes" : "no"),
                        Cell.of(guest.finding().secondFlaw().label()));
            }
        }
        return table;
    }

    private static String placement(Assessment guest) {
        return guest.guest().placementLabel() + (guest.guest().image().equals("tenant") ? ", tenant's image" : "");
    }

    private Map<Said, List<String>> groups() {
        Map<Said, List<String>> groups = new LinkedHashMap<>();
        for (HostAssessment host : hosts) {
            for (Assessment guest : host.guests()) {
                groups.computeIfAbsent(new Said(guest.finding(), host.fix()), said -> new ArrayList<>())
                        .add(guest.guest().name());
            }
        }
        return groups;
    }

    private void explain(List<String> lines, Said said, List<String> names) {
        Finding finding = said.finding();
        String who = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        int more = names.size() - NAMED;
        lines.addAll(Line.wrap(
                Line.printable(finding.verdict() + " by " + finding.basis().label() + ": " + who
                        + (more > 0 ? " and " + HumanText.count(more, "more guest") : "")),
                "",
                width));
        add(lines, "", finding.reason());
        if (finding.secondFlaw() != SecondFlaw.MEANINGLESS) {
            add(
                    lines,
                    "Precondition: ",
                    finding.secondFlaw() == SecondFlaw.NEEDED
                            ? "a second flaw, which lets the guest take its device model over."
                            : "none; no second flaw is needed.");
        }
        add(lines, "Mitigation: ", finding.mitigation());
        add(lines, "Fix: ", said.fix());
        add(lines, "Warning: ", finding.warning());
    }

    private void add(List<String> lines, String label, String sentence) {
        if (!sentence.isEmpty()) {
            lines.addAll(Line.wrap(Line.printable(label + sentence), "  ", width));
        }
    }

    private List<String> others() {
        return hosts.stream()
                .flatMap(host -> host.guests().stream())
                .flatMap(guest -> guest.others().stream())
                .map(OtherCaller::finding)
                .map(finding -> Line.printable(
                        finding.verdict() + " by " + finding.basis().label() + ". " + finding.reason()))
                .distinct()
                .toList();
    }

    static Style style(Verdict verdict) {
        return switch (verdict) {
            case VULNERABLE -> Style.BAD;
            case MITIGATED, NOT_APPLICABLE, NOT_ESTABLISHED -> Style.DOUBTFUL;
            case FIXED -> Style.GOOD;
            case NOT_EXPOSED, NOT_AFFECTED, NOT_CONSTRUCTIBLE -> Style.PLAIN;
        };
    }
}
