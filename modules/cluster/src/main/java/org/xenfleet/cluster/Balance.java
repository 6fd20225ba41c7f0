package org.xenfleet.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where hosts should be so that all nodes have about the same number of them. A plain rule: it sees where shards are and
 * says what should be done. Immutable.
 */
final class Balance {
    /** Shards that are moved at once, as a part of all. */
    private static final double AT_ONCE = 0.1;

    private static final Comparator<Region> EMPTIEST =
            Comparator.comparingLong(Region::hosts).thenComparing(Region::address);

    private final List<Region> regions;

    /**
     * A shard.
     *
     * @param hosts in it, at least 1
     */
    record Shard(String id, long hosts) {}

    /**
     * One node's shards.
     *
     * @param address of the node, by which ties are decided
     * @param shards in the order in which they came to it
     */
    record Region(String address, List<Shard> shards) {
        long hosts() {
            return shards.stream().mapToLong(Shard::hosts).sum();
        }

        private Region without(Shard shard) {
            List<Shard> rest = new ArrayList<>(shards);
            rest.remove(shard);
            return new Region(address, rest);
        }

        private Region with(Shard shard) {
            List<Shard> more = new ArrayList<>(shards);
            more.add(shard);
            return new Region(address, more);
        }
    }

    /** @param regions of all nodes that may have hosts, at least one */
    Balance(List<Region> regions) {
        this.regions = List.copyOf(regions);
    }

    /** The address of the node that a new shard should go to: the one with the fewest hosts, of two the lower address. */
    String emptiest() {
        return regions.stream().min(EMPTIEST).orElseThrow().address();
    }

    /**
     * The shards that should leave their nodes now, if some node has far fewer hosts than the others: the latest of the
     * fullest node, since they have been simulated least, as long as that makes it better, and at most a tenth of all.
     */
    Set<Shard> toMove() {
        long shards =
                regions.stream().mapToLong(region -> region.shards().size()).sum();
        long most = Math.max(1, (long) (shards * AT_ONCE));
        double average = regions.stream().mapToLong(Region::hosts).sum() / (double) regions.size();
        List<Region> now = new ArrayList<>(regions);
        Set<Shard> moved = new LinkedHashSet<>();
        while (moved.size() < most
                && now.stream().min(EMPTIEST).orElseThrow().hosts() < LeastHostsAllocation.ENOUGH * average) {
            Region empty = now.stream().min(EMPTIEST).orElseThrow();
            Region full = now.stream().max(EMPTIEST).orElseThrow();
            Optional<Shard> shard = latestThatFits(full, empty, moved);
            if (shard.isEmpty()) {
                break;
            }
            moved.add(shard.get());
            now.set(now.indexOf(full), full.without(shard.get()));
            now.set(now.indexOf(empty), empty.with(shard.get()));
        }
        return moved;
    }

    /** After the move the emptier of the two must have more hosts than before. */
    private static Optional<Shard> latestThatFits(Region full, Region empty, Set<Shard> moved) {
        for (int i = full.shards().size() - 1; i >= 0; i--) {
            Shard shard = full.shards().get(i);
            if (!moved.contains(shard) && empty.hosts() + shard.hosts() < full.hosts()) {
                return Optional.of(shard);
            }
        }
        return Optional.empty();
    }
}
