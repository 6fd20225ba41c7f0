package org.xenfleet.cluster;

import java.util.Map;
import java.util.OptionalLong;

/**
 * How many hosts each shard has, while a run is simulated. The service of runs and the coordinator of the sharding are always on
 * the same node, the oldest; the one says it here and the other one shares shards out by it. Safe for use by many threads.
 */
final class RunLoad {
    private static final Map<String, Long> NOTHING = Map.of();

    private volatile Map<String, Long> hosts = NOTHING;

    /** A run begins, with so many hosts in its shards. */
    void begin(Map<String, Long> ofShards) {
        hosts = Map.copyOf(ofShards);
    }

    /** It has ended. */
    void end() {
        hosts = NOTHING;
    }

    /** Nothing if no run is simulated, or none is known here yet; 0 for shards of other runs. */
    OptionalLong hostsOf(String shard) {
        Map<String, Long> now = hosts;
        return now.isEmpty() ? OptionalLong.empty() : OptionalLong.of(now.getOrDefault(shard, 0L));
    }
}
