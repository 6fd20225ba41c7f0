package org.xenfleet.fleet;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a run went, which is no result: it depends on the machine and on chance. Immutable.
 *
 * @param windows over all pools whose hosts meet
 * @param pooledNs simulated ns, summed over these pools
 * @param waitedNs wall-clock time for which workers stood still because a window was not over, out of {@code workedNs}
 * @param simulatedNs summed over all hosts
 * @param againNs simulated a second time, after a node was lost, summed over hosts
 * @param takenOverAtMs when the last shard of a node that was lost spoke up elsewhere, in ms of the system's clock; 0 if none did
 * @param hostsByNode how many hosts ended where
 */
public record RunStats(
        long windows,
        long pooledNs,
        long waitedNs,
        long workedNs,
        long simulatedNs,
        long againNs,
        long takenOverAtMs,
        SortedMap<String, Integer> hostsByNode) {
    public static final RunStats NONE = new RunStats(0, 0, 0, 0, 0, 0, 0, Collections.emptySortedMap());

    public RunStats {
        hostsByNode = Collections.unmodifiableSortedMap(new TreeMap<>(hostsByNode));
    }

    /** Ends of windows in a simulated second of a pool. */
    public double windowsPerSecond() {
        return pooledNs == 0 ? 0 : windows * 1e9 / pooledNs;
    }

    /** Between 0 and 1. */
    public double waitingShare() {
        return workedNs == 0 ? 0 : (double) waitedNs / workedNs;
    }

    /** Between 0 and 1. */
    public double againShare() {
        return simulatedNs == 0 ? 0 : (double) againNs / simulatedNs;
    }
}
