package org.xenfleet.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xenfleet.fleet.conduct.HostShard;

/**
 * Which shards of a run Cluster Sharding moves together. It gives shards to nodes one after the other, each time with a round of
 * its replicated data, which takes some 30 ms: a fleet of a thousand pools would be half a minute about it, and again a third of that
 * when a node dies. So they come in bundles of about the same number of hosts. Immutable; a rule of the shards alone, so that all
 * nodes agree.
 */
final class ShardBundles {
    /** Enough to share a fleet among some dozen nodes, and few enough to be given away within two seconds. */
    static final int MOST = 48;

    /** So many that a run seldom finds its shards where another one left them, which may be far from even. */
    static final int SLOTS = 32;

    private final String run;
    private final Map<String, ShardId> bundles = new HashMap<>();
    private final Map<String, Long> hostsOfBundles = new HashMap<>();

    /** @param shards all of the run, in the order of its plan */
    ShardBundles(String run, List<HostShard> shards) {
        this.run = run;
        int slot = Math.floorMod(run.hashCode(), SLOTS);
        int count = Math.min(MOST, shards.size());
        int[] hosts = new int[count];
        List<List<HostShard>> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(new ArrayList<>());
        }
        for (HostShard shard : shards) {
            int emptiest = 0;
            for (int i = 1; i < count; i++) {
                if (hosts[i] < hosts[emptiest]) {
                    emptiest = i;
                }
            }
            hosts[emptiest] += shard.count();
            members.get(emptiest).add(shard);
        }
        for (int i = 0; i < count; i++) {
            ShardId bundle = new ShardId(slot, i);
            hostsOfBundles.put(bundle.toString(), (long) hosts[i]);
            members.get(i).forEach(shard -> bundles.put(shard.id(), bundle));
        }
    }

    /** How many hosts are in each, by the ids that Cluster Sharding knows. */
    Map<String, Long> hosts() {
        return Map.copyOf(hostsOfBundles);
    }

    /**
     * The conductor of a shard.
     *
     * @throws IllegalArgumentException if the run has no such shard
     */
    EntityName conductor(String shard) {
        ShardId bundle = bundles.get(shard);
        if (bundle == null) {
            throw new IllegalArgumentException("there is no shard " + shard);
        }
        return new EntityName(bundle, run, shard, -1);
    }
}
