package org.xenfleet.results;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Fate;

/**
 * What a summary says of all hosts together, gathered while their reports are decoded one after the other. Used by one
 * thread.
 */
final class Totals {
    private final Map<Fate, Integer> byFate = new EnumMap<>(Fate.class);
    private final Availability.Mean availability = new Availability.Mean();
    private final TreeSet<HostReport> worst = new TreeSet<>(Hosts.WORST_FIRST);
    private final IncidentList.Builder incidents;
    private final boolean all;
    private long simulatedNs;
    private long events;
    private long longestStallNs;

    private Totals(ReportList reports) {
        this.incidents = new IncidentList.Builder(reports);
        this.all = reports.size() <= Hosts.LISTED;
    }

    static Totals of(ReportList reports) {
        Totals totals = new Totals(reports);
        reports.forEach(totals::add);
        return totals;
    }

    private void add(HostReport host) {
        byFate.merge(host.fate(), 1, Integer::sum);
        host.domains().forEach(availability::add);
        incidents.add(host);
        simulatedNs = Math.max(simulatedNs, host.simulatedNs());
        events += host.events();
        longestStallNs = Math.max(longestStallNs, Hosts.longestStallNs(host));
        worst.add(host);
        if (worst.size() > Hosts.LISTED) {
            worst.pollLast();
        }
    }

    /** How far the furthest host got. */
    long simulatedNs() {
        return simulatedNs;
    }

    long events() {
        return events;
    }

    Map<Fate, Integer> byFate() {
        return byFate;
    }

    long longestStallNs() {
        return longestStallNs;
    }

    BigDecimal availability() {
        return availability.value();
    }

    IncidentList incidents() {
        return incidents.build();
    }

    /** All hosts by name if they are few, otherwise the worst ones, worst first. */
    List<HostReport> listed() {
        return all
                ? worst.stream().sorted(Comparator.comparing(HostReport::name)).toList()
                : List.copyOf(worst);
    }
}
