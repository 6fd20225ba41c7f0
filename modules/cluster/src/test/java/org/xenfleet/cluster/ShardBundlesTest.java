package org.xenfleet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xenfleet.fleet.conduct.HostShard;

class ShardBundlesTest {

    @Test
    void shouldLeaveFewShardsApart() {
        ShardBundles bundles = new ShardBundles("run", List.of(shard("a#0x16", 16), shard("b#0x8", 8)));

        ShardId first = bundles.conductor("a#0x16").bundle();
        ShardId second = bundles.conductor("b#0x8").bundle();
        assertThat(List.of(first.index(), second.index())).containsExactly(0, 1);
        assertThat(bundles.hosts()).isEqualTo(Map.of(first.toString(), 16L, second.toString(), 8L));
    }

    /** 32 slots of at most 48 names, however many runs there have been; 100 runs of 48 shards have 24 to 32 slots, most probably. */
    @Test
    void shouldNameShardsAfterThoseOfFormerRunsSinceTheyAreNeverForgotten() {
        Set<String> names = new HashSet<>();
        Set<Integer> slots = new HashSet<>();
        for (int run = 0; run < 100; run++) {
            List<HostShard> pools = IntStream.range(0, 60)
                    .mapToObj(i -> shard("p-" + i + "#0x16", 16))
                    .toList();
            ShardBundles bundles = new ShardBundles("fleet-" + Long.toHexString(run * 7_500_000_019L), pools);
            names.addAll(bundles.hosts().keySet());
            slots.add(bundles.conductor("p-0#0x16").bundle().slot());
        }

        assertThat(slots).hasSizeBetween(24, 32);
        assertThat(names).hasSize(48 * slots.size());
    }

    /** 625 = 13 x 48 + 1: one bundle has 14 pools, 47 have 13. */
    @Test
    void shouldMakeBundlesOfAboutTheSameNumberOfHostsOfManyPools() {
        List<HostShard> pools = IntStream.range(0, 625)
                .mapToObj(i -> shard("p-" + i + "#0x16", 16))
                .toList();
        ShardBundles bundles = new ShardBundles("run", pools);

        Map<String, Long> members = pools.stream()
                .collect(Collectors.groupingBy(
                        pool -> bundles.conductor(pool.id()).bundle().toString(), Collectors.counting()));

        assertThat(members).hasSize(48);
        assertThat(members)
                .allSatisfy((bundle, count) -> assertThat(bundles.hosts()).containsEntry(bundle, 16 * count));
        assertThat(members.values()).containsOnly(13L, 14L);
        assertThat(members.values().stream().filter(c -> c == 14L)).hasSize(1);
    }

    @Test
    void shouldSpreadThePartsOfAPoolSinceTheyRunSideBySide() {
        List<HostShard> parts = IntStream.range(0, 6)
                .mapToObj(i -> shard("p#" + i + "x250", 250))
                .toList();
        ShardBundles bundles = new ShardBundles("run", parts);

        assertThat(parts.stream()
                        .map(part -> bundles.conductor(part.id()).bundle().index()))
                .containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void shouldRefuseAShardThatTheRunDoesNotHave() {
        ShardBundles bundles = new ShardBundles("run", List.of(shard("a#0x1", 1)));

        assertThatThrownBy(() -> bundles.conductor("b#0x1")).hasMessage("there is no shard b#0x1");
    }

    @Test
    void shouldKeepAConductorAndItsHostsTogether() {
        EntityName conductor = new EntityName(new ShardId(5, 3), "7f3a", "pool-a/1#0x16", -1);
        EntityName host = conductor.ofHost(5);

        assertThat(conductor.text()).isEqualTo("5~3~7f3a~pool-a/1#0x16|");
        assertThat(host.text()).isEqualTo("5~3~7f3a~pool-a/1#0x16|5");
        assertThat(EntityName.shardIdOf(host.text())).isEqualTo("5~3");
        assertThat(EntityName.parse(host.text())).isEqualTo(host);
        assertThat(EntityName.parse(conductor.text())).isEqualTo(conductor);
        assertThatThrownBy(() -> EntityName.parse("5~3~7f3a")).isInstanceOf(IllegalArgumentException.class);
    }

    private static HostShard shard(String id, int hosts) {
        return new HostShard("p", id, 0, hosts, 0, 1, hosts, Optional.empty());
    }
}
