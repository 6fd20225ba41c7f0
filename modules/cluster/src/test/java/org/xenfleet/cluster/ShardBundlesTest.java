package org.xenfleet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xenfleet.fleet.conduct.HostShard;

class ShardBundlesTest {

    @Test
    void shouldLeaveFewShardsApart() {
        ShardBundles bundles = new ShardBundles("run", List.of(shard("a#0x16", 16), shard("b#0x8", 8)));

        assertThat(bundles.of("a#0x16")).isEqualTo(new ShardId("run", 0, 16));
        assertThat(bundles.of("b#0x8")).isEqualTo(new ShardId("run", 1, 8));
    }

    /** 625 = 13 x 48 + 1: one bundle has 14 pools, 47 have 13. */
    @Test
    void shouldMakeBundlesOfAboutTheSameNumberOfHostsOfManyPools() {
        List<HostShard> pools = IntStream.range(0, 625)
                .mapToObj(i -> shard("p-" + i + "#0x16", 16))
                .toList();
        ShardBundles bundles = new ShardBundles("run", pools);

        Map<ShardId, Long> members =
                pools.stream().collect(Collectors.groupingBy(pool -> bundles.of(pool.id()), Collectors.counting()));

        assertThat(members).hasSize(48);
        assertThat(members)
                .allSatisfy((bundle, count) -> assertThat(bundle.hosts()).isEqualTo(16 * count.intValue()));
        assertThat(members.values()).containsOnly(13L, 14L);
        assertThat(members.values().stream().filter(c -> c == 14L)).hasSize(1);
    }

    @Test
    void shouldSpreadThePartsOfAPoolSinceTheyRunSideBySide() {
        List<HostShard> parts = IntStream.range(0, 6)
                .mapToObj(i -> shard("p#" + i + "x250", 250))
                .toList();
        ShardBundles bundles = new ShardBundles("run", parts);

        assertThat(parts.stream().map(part -> bundles.of(part.id()).index())).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void shouldRefuseAShardThatTheRunDoesNotHave() {
        ShardBundles bundles = new ShardBundles("run", List.of(shard("a#0x1", 1)));

        assertThatThrownBy(() -> bundles.of("b#0x1")).hasMessage("there is no shard b#0x1");
    }

    @Test
    void shouldKeepAConductorAndItsHostsTogether() {
        EntityName conductor = EntityName.conductor(new ShardId("7f3a", 3, 48), "pool-a/1#0x16");
        EntityName host = conductor.ofHost(5);

        assertThat(conductor.text()).isEqualTo("7f3a~3x48~pool-a/1#0x16|");
        assertThat(host.text()).isEqualTo("7f3a~3x48~pool-a/1#0x16|5");
        assertThat(EntityName.shardIdOf(host.text())).isEqualTo("7f3a~3x48");
        assertThat(EntityName.parse(host.text())).isEqualTo(host);
        assertThat(EntityName.parse(conductor.text())).isEqualTo(conductor);
        assertThatThrownBy(() -> EntityName.parse("7f3a~3x48")).isInstanceOf(IllegalArgumentException.class);
    }

    private static HostShard shard(String id, int hosts) {
        return new HostShard("p", id, 0, hosts, 0, 1, hosts, Optional.empty());
    }
}
