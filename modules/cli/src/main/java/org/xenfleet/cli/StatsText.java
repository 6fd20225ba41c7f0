package org.xenfleet.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.xenfleet.fleet.RunStats;
import org.xenfleet.report.HumanText;

/** What is said of how a run went. A pure function. */
final class StatsText {
    private StatsText() {}

    /** @param spread whether it was simulated by several processes */
    static List<String> of(RunStats stats, boolean spread) {
        List<String> lines = new ArrayList<>();
        if (stats.windows() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "windows: %s ended, %.1f in a simulated second of a pool; workers waited for them %.1f %% of the time",
                    HumanText.count(stats.windows()),
                    stats.windowsPerSecond(),
                    100 * stats.waitingShare()));
        }
        if (spread) {
            long all = stats.hostsByNode().values().stream()
                    .mapToLong(Integer::longValue)
                    .sum();
            lines.add("nodes: "
                    + stats.hostsByNode().entrySet().stream()
                            .map(n -> String.format(
                                    Locale.ROOT,
                                    "%s simulated %s (%.0f %%)",
                                    n.getKey(),
                                    HumanText.count(n.getValue(), "host"),
                                    all == 0 ? 0 : 100.0 * n.getValue() / all))
                            .collect(Collectors.joining(", ")));
        }
        if (stats.againNs() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "a node was lost: %.1f %% of the run was simulated again, from checkpoints",
                    100 * stats.againShare()));
        }
        return lines;
    }
}
