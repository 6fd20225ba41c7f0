package org.xenfleet.results;

import java.util.Comparator;
import java.util.List;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Incident;

/** An incident and the host it happened on. Immutable; ordered by (time, host, kind, subject). */
public record HostIncident(String host, Incident incident) implements Comparable<HostIncident> {
    private static final Comparator<HostIncident> ORDER = Comparator.<HostIncident>comparingLong(
                    i -> i.incident().timeNs())
            .thenComparing(HostIncident::host)
            .thenComparing(i -> i.incident().kind())
            .thenComparing(i -> i.incident().subject())
            .thenComparing(i -> i.incident().detail());

    /** Those of one host, in order. */
    static List<HostIncident> of(HostReport host) {
        return host.incidents().stream()
                .map(incident -> new HostIncident(host.name(), incident))
                .sorted()
                .toList();
    }

    @Override
    public int compareTo(HostIncident other) {
        return ORDER.compare(this, other);
    }
}
