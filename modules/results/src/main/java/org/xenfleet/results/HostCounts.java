package org.xenfleet.results;

import java.util.Map;
import org.xenfleet.observe.HostReport.Fate;

/**
 * How many hosts had which fate. Immutable; the parts add up to {@code total}.
 *
 * @param total hosts of the scenario
 * @param notRun hosts that nothing is known of; 0 unless the run is partial
 */
public record HostCounts(int total, int healthy, int degraded, int unresponsive, int fenced, int crashed, int notRun) {

    /**
     * Of a run with {@code total} hosts.
     *
     * @param byFate how many reports there are of each fate
     * @throws IllegalArgumentException if there are more reports than hosts
     */
    static HostCounts of(int total, Map<Fate, Integer> byFate) {
        int reports = byFate.values().stream().mapToInt(Integer::intValue).sum();
        if (reports > total) {
            throw new IllegalArgumentException(reports + " reports of " + total + " hosts");
        }
        return new HostCounts(
                total,
                byFate.getOrDefault(Fate.HEALTHY, 0),
                byFate.getOrDefault(Fate.DEGRADED, 0),
                byFate.getOrDefault(Fate.UNRESPONSIVE, 0),
                byFate.getOrDefault(Fate.FENCED, 0),
                byFate.getOrDefault(Fate.CRASHED, 0),
                total - reports);
    }
}
