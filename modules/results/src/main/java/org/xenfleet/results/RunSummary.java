package org.xenfleet.results;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.xenfleet.observe.HostReport;

/**
 * What a run came to. Immutable; times are simulated nanoseconds. The reports of its hosts and their incidents stay encoded
 * until somebody asks for them; only those of the listed hosts are at hand.
 *
 * @param simulatedNs how far the furthest host got; the scenario's duration unless the run is partial
 * @param events deliveries to actors over all hosts
 * @param availability mean over the guests of all hosts, with six decimals
 * @param incidents of all hosts, in their order
 * @param expectations in the scenario's order
 * @param reports of all hosts by name
 * @param listed the hosts that are described one by one: all by name up to {@link Hosts#LISTED}, beyond that the worst,
 *     worst first
 * @param reaction by how much reactions made things worse, if there were any
 */
public record RunSummary(
        RunFacts facts,
        Verdict verdict,
        long simulatedNs,
        long events,
        HostCounts hosts,
        long longestPcpuStallNs,
        BigDecimal availability,
        IncidentList incidents,
        List<CheckedExpectation> expectations,
        ReportList reports,
        List<HostReport> listed,
        Optional<ReactionEffect> reaction) {

    public RunSummary {
        expectations = List.copyOf(expectations);
        listed = List.copyOf(listed);
    }

    /**
     * Sums up.
     *
     * @param reports in any order; a {@link ReportList} is taken as it is
     * @throws IllegalArgumentException if there are more reports than hosts, or two of one host
     */
    public static RunSummary of(RunFacts facts, List<HostReport> reports, List<Expected> expected) {
        return of(facts, reports, expected, Optional.empty());
    }

    /** As above, of a scenario in which somebody reacted. */
    public static RunSummary of(
            RunFacts facts, List<HostReport> reports, List<Expected> expected, Optional<ReactionEffect> reaction) {
        ReportList byName = ReportList.of(reports);
        Totals totals = Totals.of(byName);
        RunSummary unchecked = new RunSummary(
                facts,
                Verdict.of(facts.partial(), List.of()),
                totals.simulatedNs(),
                totals.events(),
                HostCounts.of(facts.hosts(), totals.byFate()),
                totals.longestStallNs(),
                totals.availability(),
                totals.incidents(),
                List.of(),
                byName,
                totals.listed(),
                reaction);
        return expected.isEmpty() ? unchecked : unchecked.checked(ExpectationCheck.check(unchecked, expected));
    }

    /** The text of {@code summary.json}, with a line feed at its end. */
    public String toJson() {
        return JsonText.pretty(SummaryTree.of(this));
    }

    private RunSummary checked(List<CheckedExpectation> checked) {
        return new RunSummary(
                facts,
                Verdict.of(facts.partial(), checked),
                simulatedNs,
                events,
                hosts,
                longestPcpuStallNs,
                availability,
                incidents,
                checked,
                reports,
                listed,
                reaction);
    }
}
