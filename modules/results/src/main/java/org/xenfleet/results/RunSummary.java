package org.xenfleet.results;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Domain;

/**
 * What a run came to. Immutable; times are simulated nanoseconds.
 *
 * @param simulatedNs how far the furthest host got; the scenario's duration unless the run is partial
 * @param events deliveries to actors over all hosts
 * @param availability mean over the guests of all hosts, with six decimals
 * @param incidents of all hosts, in their order
 * @param expectations in the scenario's order
 * @param reports of all hosts by name
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
        List<HostIncident> incidents,
        List<CheckedExpectation> expectations,
        List<HostReport> reports,
        Optional<ReactionEffect> reaction) {

    public RunSummary {
        incidents = List.copyOf(incidents);
        expectations = List.copyOf(expectations);
        reports = List.copyOf(reports);
    }

    /**
     * Sums up.
     *
     * @param reports in any order; at most one for each host
     * @throws IllegalArgumentException if there are more reports than hosts
     */
    public static RunSummary of(RunFacts facts, List<HostReport> reports, List<Expected> expected) {
        return of(facts, reports, expected, Optional.empty());
    }

    /** As above, of a scenario in which somebody reacted. */
    public static RunSummary of(
            RunFacts facts, List<HostReport> reports, List<Expected> expected, Optional<ReactionEffect> reaction) {
        List<HostReport> byName =
                reports.stream().sorted(Comparator.comparing(HostReport::name)).toList();
        List<Domain> domains =
                byName.stream().flatMap(host -> host.domains().stream()).toList();
        RunSummary unchecked = new RunSummary(
                facts,
                Verdict.of(facts.partial(), List.of()),
                byName.stream().mapToLong(HostReport::simulatedNs).max().orElse(0),
                byName.stream().mapToLong(HostReport::events).sum(),
                HostCounts.of(facts.hosts(), byName),
                byName.stream().mapToLong(Hosts::longestStallNs).max().orElse(0),
                Availability.mean(domains),
                HostIncident.of(byName),
                List.of(),
                byName,
                reaction);
        return expected.isEmpty() ? unchecked : unchecked.checked(ExpectationCheck.check(unchecked, expected));
    }

    /** The hosts that are described one by one: all up to {@link Hosts#LISTED}, beyond that the worst, worst first. */
    public List<HostReport> listed() {
        return Hosts.listed(reports);
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
                reaction);
    }
}
