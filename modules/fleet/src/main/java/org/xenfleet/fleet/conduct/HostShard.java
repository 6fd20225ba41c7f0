package org.xenfleet.fleet.conduct;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xenfleet.scenario.ChannelSpec;
import org.xenfleet.scenario.PoolSpec;
import org.xenfleet.scenario.Scenario;

/**
 * Hosts that one node simulates: consecutive ones of a pool of the scenario, all its copies counted through. Immutable. Hosts
 * that meet nobody are cut as it suits; those of a pool in which they meet are one shard as long as they are not too many, and
 * beyond that its <i>parts</i> go from window to window together.
 *
 * @param spec key of the pool in the scenario
 * @param id unique in the run; ends with {@code x} and the number of hosts
 * @param first number of the first host among all copies of the pool
 * @param count hosts, at least 1
 * @param part 0 to {@code parts} - 1; 0 if its hosts meet nobody
 * @param parts shards that go from window to window together
 * @param poolSize hosts that meet each other
 * @param channel over which they meet; empty if they meet nobody
 */
public record HostShard(
        String spec,
        String id,
        int first,
        int count,
        int part,
        int parts,
        int poolSize,
        Optional<ChannelSpec> channel) {

    /**
     * How large shards are; nothing that comes out of a run depends on it.
     *
     * @param apart most hosts of a shard whose hosts meet nobody
     * @param together most hosts of a shard whose hosts meet
     */
    public record Sizes(int apart, int together) {
        public static final Sizes DEFAULT = new Sizes(64, 256);

        public Sizes {
            if (apart < 1 || together < 1) {
                throw new IllegalArgumentException("a shard has at least 1 host");
            }
        }

        /** At most so many hosts in every shard. */
        public static Sizes atMost(int hosts) {
            return new Sizes(Math.min(hosts, DEFAULT.apart), Math.min(hosts, DEFAULT.together));
        }
    }

    /** Whether its hosts meet. */
    public boolean isCoupled() {
        return channel.isPresent();
    }

    /** The name of the shard that leads all parts of its pool. */
    public String ofPart(int number) {
        int hash = id.lastIndexOf('#');
        return id.substring(0, hash) + "#" + number + "x" + sizeOfPart(poolSize, parts, number);
    }

    /** The index of a host in its pool. */
    public int indexInPool(int host) {
        return host % poolSize;
    }

    /** The part of the pool in which the host of that index is. */
    public int partOf(int indexInPool) {
        int part = (int) ((long) indexInPool * parts / poolSize);
        while (firstOfPart(poolSize, parts, part + 1) <= indexInPool) {
            part++;
        }
        return part;
    }

    /** The shards of a scenario, pool by pool, in the order of their hosts. */
    public static List<HostShard> of(Scenario scenario, Sizes sizes) {
        List<HostShard> shards = new ArrayList<>();
        for (PoolSpec pool : scenario.pools().values()) {
            if (pool.channel().isPresent() && pool.count() > 1) {
                together(pool, sizes.together(), shards);
            } else {
                apart(pool, sizes.apart(), shards);
            }
        }
        return shards;
    }

    private static void apart(PoolSpec pool, int most, List<HostShard> shards) {
        int hosts = pool.count() * pool.copies();
        for (int first = 0; first < hosts; first += most) {
            int count = Math.min(most, hosts - first);
            String id = pool.name() + "#" + first / most + "x" + count;
            shards.add(new HostShard(pool.name(), id, first, count, 0, 1, pool.count(), Optional.empty()));
        }
    }

    private static void together(PoolSpec pool, int most, List<HostShard> shards) {
        int size = pool.count();
        int parts = (size + most - 1) / most;
        List<String> copies = pool.copyNames();
        for (int copy = 0; copy < copies.size(); copy++) {
            for (int part = 0; part < parts; part++) {
                int count = sizeOfPart(size, parts, part);
                String id = copies.get(copy) + "#" + part + "x" + count;
                int first = copy * size + firstOfPart(size, parts, part);
                shards.add(new HostShard(pool.name(), id, first, count, part, parts, size, pool.channel()));
            }
        }
    }

    /** Parts are as even as possible. */
    private static int firstOfPart(int size, int parts, int part) {
        return (int) ((long) size * part / parts);
    }

    private static int sizeOfPart(int size, int parts, int part) {
        return firstOfPart(size, parts, part + 1) - firstOfPart(size, parts, part);
    }
}
