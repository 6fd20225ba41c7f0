package org.xenfleet.bench.soak;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xenfleet.fleet.conduct.HostShard.Sizes;

/**
 * What is simulated again and again. Immutable.
 *
 * @param settings changes of the scenario
 * @param checkpointsMs wall-clock time from one checkpoint of a shard to the next
 */
record Soaked(Path scenario, List<String> settings, Sizes sizes, long checkpointsMs) {
    /** So many hosts to a shard, that there are more shards than nodes. */
    private static final Sizes SMALL = new Sizes(4, 2);

    private static final List<String> CHANGES =
            List.of("pools.alone = { host = calm, count = 12 }", "duration = 20s", "expect = []");

    Soaked {
        settings = List.copyOf(settings);
    }

    /** Two pools whose hosts meet, cut into parts so that their windows go from node to node, and one whose hosts meet nobody. */
    static Soaked shipped(Path heartbeats, List<String> settings) {
        List<String> all = new ArrayList<>(CHANGES);
        all.addAll(settings);
        return new Soaked(heartbeats, all, SMALL, 500);
    }
}
