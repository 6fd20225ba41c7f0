package org.xenfleet.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xenfleet.assess.AdvisoryAssessment;
import org.xenfleet.assess.CatalogueAssessment;
import org.xenfleet.assess.Finding;
import org.xenfleet.assess.GuestFinding;
import org.xenfleet.assess.SecondFlaw;
import org.xenfleet.assess.Verdict;
import org.xenfleet.report.TextTable.Cell;

/**
 * What is to be said of hosts and the whole catalogue as text for people: of each host what leaves something to attack, the worst
 * first, guests of one verdict together; then why, and of all the rest which advisories they are. ASCII but for the names of
 * files and guests. Immutable.
 */
public final class CatalogueTable {
    /** Of the guests with a verdict so many are named. */
    private static final int NAMED = 3;

    /** Guests of whom an advisory says the same. */
    private record Row(AdvisoryAssessment advisory, Finding finding, String role, List<String> guests) {}

    private final List<CatalogueAssessment> hosts;
    private final int width;
    private final boolean colour;

    private CatalogueTable(List<CatalogueAssessment> hosts, int width, boolean colour) {
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
    public static String of(List<CatalogueAssessment> hosts, int width, boolean colour) {
        return String.join("\n", new CatalogueTable(hosts, width, colour).lines()) + "\n";
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (CatalogueAssessment host : hosts) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            say(lines, host);
        }
        return lines;
    }

    private void say(List<String> lines, CatalogueAssessment host) {
        lines.addAll(Line.wrap(Line.printable(heading(host)), "", width));
        List<Row> rows = rows(host);
        if (!rows.isEmpty()) {
            lines.add("");
            lines.addAll(table(rows).lines(width, colour));
        }
        for (Row row : rows) {
            lines.add("");
            explain(lines, row);
        }
        lines.add("");
        harmless(host)
                .forEach((verdict, ids) -> lines.addAll(Line.wrap(verdict + ": " + String.join(", ", ids), "", width)));
    }

    private static String heading(CatalogueAssessment judged) {
        String of = judged.host().file().isEmpty() ? "" : " of " + judged.host().file();
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        judged.advisories().forEach(a -> counts.merge(a.verdict(), 1, Integer::sum));
        List<String> parts = new ArrayList<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<Verdict, Integer>comparingByKey().reversed())
                .forEach(e -> parts.add(e.getValue() + " " + e.getKey()));
        return judged.host().name() + of + ", Xen " + judged.host().xen().name() + " ("
                + judged.host().xen().archLabel() + ", " + judged.host().xen().bits() + " bits), "
                + HumanText.count(judged.host().guests().size(), "guest") + ", "
                + judged.advisories().size() + " advisories: " + String.join(", ", parts) + ".";
    }

    private static List<Row> rows(CatalogueAssessment host) {
        List<Row> rows = new ArrayList<>();
        for (AdvisoryAssessment advisory : host.advisories()) {
            Map<Finding, Row> byFinding = new LinkedHashMap<>();
            for (GuestFinding guest : advisory.guests()) {
                if (!guest.verdict().isHarmless()) {
                    byFinding
                            .computeIfAbsent(
                                    guest.finding(), f -> new Row(advisory, f, guest.role(), new ArrayList<>()))
                            .guests()
                            .add(guest.guest().name());
                }
            }
            rows.addAll(byFinding.values());
        }
        rows.sort(Comparator.comparing((Row row) -> row.finding().verdict(), Comparator.reverseOrder()));
        return rows;
    }

    private static TextTable table(List<Row> rows) {
        TextTable table = new TextTable(5, "Guests", "Advisory", "Verdict", "By", "Second flaw");
        for (Row row : rows) {
            Verdict verdict = row.finding().verdict();
            table.row(
                    Cell.of(names(row.guests())),
                    Cell.of(row.advisory().advisory()),
                    new Cell(verdict.name(), AssessmentTable.style(verdict)),
                    Cell.of(row.role()),
                    Cell.of(row.finding().secondFlaw().label()));
        }
        return table;
    }

    private static String names(List<String> guests) {
        int more = guests.size() - NAMED;
        return String.join(", ", guests.subList(0, Math.min(NAMED, guests.size())))
                + (more > 0 ? " and " + HumanText.count(more) + " more" : "");
    }

    private void explain(List<String> lines, Row row) {
        Finding finding = row.finding();
        String head = row.advisory().advisory() + ", " + finding.verdict() + " by "
                + finding.basis().label() + ": " + row.advisory().title() + ".";
        lines.addAll(Line.wrap(head, "", width));
        add(lines, "", finding.reason());
        if (finding.secondFlaw() == SecondFlaw.NEEDED) {
            add(lines, "Precondition: ", "a second flaw, which lets the guest take its device model over.");
        }
        add(lines, "Mitigation: ", finding.mitigation());
        add(lines, "Fix: ", row.advisory().fix());
        add(lines, "Warning: ", finding.warning());
    }

    private void add(List<String> lines, String label, String sentence) {
        if (!sentence.isEmpty()) {
            lines.addAll(Line.wrap(Line.printable(label + sentence), "  ", width));
        }
    }

    /** By the verdict of the whole host; NOT_ESTABLISHED too where there is no guest to say it of. */
    private static Map<Verdict, List<String>> harmless(CatalogueAssessment host) {
        Map<Verdict, List<String>> ids = new EnumMap<>(Verdict.class);
        for (AdvisoryAssessment advisory : host.advisories()) {
            if (advisory.guests().stream().allMatch(g -> g.verdict().isHarmless())) {
                ids.computeIfAbsent(advisory.verdict(), v -> new ArrayList<>()).add(advisory.advisory());
            }
        }
        return ids;
    }
}
