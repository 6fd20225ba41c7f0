package org.xenfleet.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.xenfleet.observe.HostReport;
import org.xenfleet.report.TextTable.Cell;
import org.xenfleet.results.CheckedExpectation;
import org.xenfleet.results.HostCounts;
import org.xenfleet.results.Hosts;
import org.xenfleet.results.RunFacts;
import org.xenfleet.results.RunSummary;

/**
 * The summary of a run as text for people: the verdict, the hosts, who waited and who was late, which hypercalls were
 * made, and what became of each expectation. Up to four hosts are told in detail; of more, the worst sixteen are listed
 * and the worst one is told. ASCII but for what the scenario itself names. Immutable.
 */
public final class SummaryTable {
    private static final int TOLD = 4;
    private static final String USUAL_COSTS = "default";

    private final RunSummary summary;
    private final int width;
    private final boolean colour;

    private SummaryTable(RunSummary summary, int width, boolean colour) {
        this.summary = summary;
        this.width = width;
        this.colour = colour;
    }

    /**
     * The text, each line ended by a line feed.
     *
     * @param width characters of a line; a table that cannot be as narrow is wider
     * @param colour whether to use the escape sequences of terminals
     */
    public static String of(RunSummary summary, int width, boolean colour) {
        return String.join("\n", new SummaryTable(summary, width, colour).lines()) + "\n";
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(verdict());
        costs(lines);
        List<HostReport> worstFirst =
                summary.listed().stream().sorted(Hosts.WORST_FIRST).toList();
        if (worstFirst.size() > TOLD) {
            lines.add("");
            hosts(lines, worstFirst);
        }
        List<HostReport> told = worstFirst.size() > TOLD ? worstFirst.subList(0, 1) : summary.listed();
        for (HostReport host : told) {
            lines.add("");
            lines.addAll(new HostSection(host, summary.reaction().flatMap(r -> r.of(host.name())), width, colour)
                    .lines());
        }
        if (!summary.expectations().isEmpty()) {
            lines.add("");
            expectations(lines);
        }
        return lines;
    }

    private String verdict() {
        long all = summary.expectations().size();
        long missed = summary.expectations().stream().filter(e -> !e.met()).count();
        String words = switch (summary.verdict()) {
            case PASS ->
                Style.GOOD.apply("PASS", colour) + ", "
                        + (all == 1 ? "its expectation is met" : "all " + all + " expectations are met");
            case FAIL ->
                Style.BAD.apply("FAIL", colour) + ", " + missed + " of " + HumanText.count(all, "expectation")
                        + " not met";
            case NONE -> Style.BOLD.apply("DONE", colour) + ", it expects nothing";
            case PARTIAL -> Style.DOUBTFUL.apply("PARTIAL", colour) + ", stopped before its end";
        };
        HostCounts hosts = summary.hosts();
        return Line.printable(summary.facts().scenario()) + ": " + words + ". Simulated "
                + HumanText.duration(summary.simulatedNs()) + " of " + HumanText.count(hosts.total(), "host")
                + ", seed "
                + summary.facts().seed() + "."
                + (hosts.notRun() > 0 ? " Not run: " + HumanText.count(hosts.notRun(), "host") + "." : "");
    }

    /** Said only of costs that are not the usual ones. */
    private void costs(List<String> lines) {
        RunFacts facts = summary.facts();
        boolean usual = facts.costLevel().equals(USUAL_COSTS);
        if (!usual || !facts.costsChanged().isEmpty()) {
            String changed =
                    facts.costsChanged().isEmpty() ? "" : " but for " + String.join(", ", facts.costsChanged());
            lines.addAll(Line.wrap("Costs: " + facts.costLevel() + changed + ".", "  ", width));
        }
    }

    private void hosts(List<String> lines, List<HostReport> worstFirst) {
        HostCounts counts = summary.hosts();
        lines.add(Line.cut(
                counts.healthy() + " healthy, " + counts.degraded() + " degraded, " + counts.unresponsive()
                        + " unresponsive, " + counts.fenced() + " fenced, " + counts.crashed()
                        + " crashed; guests were available "
                        + HumanText.percent(summary.availability()) + " of the time.",
                width));
        TextTable table = new TextTable(2, "Host", "Fate", "Down at", "Longest stall of a physical CPU");
        worstFirst.forEach(host -> table.row(
                Cell.of(host.name()),
                new Cell(host.fate().name().toLowerCase(Locale.ROOT), HostSection.style(host.fate())),
                Cell.of(host.downAtNs() < 0 ? "never" : HumanText.duration(host.downAtNs())),
                Cell.of(HumanText.duration(Hosts.longestStallNs(host)))));
        lines.addAll(table.lines(width, colour));
        int more = summary.reports().size() - worstFirst.size();
        if (more > 0) {
            lines.add("and " + HumanText.count(more, "more host") + ", none of them worse");
        }
    }

    private void expectations(List<String> lines) {
        TextTable table = new TextTable(3, "Expected", "Found", "Met");
        List<String> remarks = new ArrayList<>();
        for (CheckedExpectation expectation : summary.expectations()) {
            table.row(
                    Cell.of(expectation.text()),
                    Cell.of(expectation
                            .found()
                            .map(found -> found(expectation, found))
                            .orElse("no number")),
                    expectation.met() ? new Cell("yes", Style.GOOD) : new Cell("no", Style.BAD));
            expectation.remark().ifPresent(remark -> remarks.add(Line.printable(remark)));
        }
        lines.addAll(table.lines(width, colour));
        lines.addAll(remarks);
    }

    private static String found(CheckedExpectation expectation, BigDecimal found) {
        String plain = HumanText.plain(found);
        boolean time = expectation.path().endsWith("_ns") && found.signum() >= 0;
        return time ? plain + " (" + HumanText.duration(found.longValue()) + ")" : plain;
    }
}
