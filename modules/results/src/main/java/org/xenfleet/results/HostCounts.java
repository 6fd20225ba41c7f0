package org.xenfleet.results;

import java.util.List;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Fate;

/**
 * How many hosts had which fate. Immutable; the parts add up to {@code total}.
 *
 * @param total hosts of the scenario
 * @param notRun hosts that nothing is known of; 0 unless the run is partial
 */
public record HostCounts(int total, int healthy, int degraded, int unresponsive, int fenced, int crashed, int notRun) {

    /** @throws IllegalArgumentException if there are more reports than hosts */
    static HostCounts of(int total, List<HostReport> reports) {
        if (reports.size() > total) {
            throw new IllegalArgumentException(reports.size() + " reports of " + total + " hosts");
        }
        return new HostCounts(
                total,
                count(reports, Fate.HEALTHY),
                count(reports, Fate.DEGRADED),
                count(reports, Fate.UNRESPONSIVE),
                count(reports, Fate.FENCED),
                count(reports, Fate.CRASHED),
                total - reports.size());
    }

    private static int count(List<HostReport> reports, Fate fate) {
        return (int) reports.stream().filter(host -> host.fate() == fate).count();
    }
}
