package org.xenfleet.fleet.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xenfleet.fleet.conduct.HostShard.Sizes;
import org.xenfleet.scenario.ChannelSpec;
import org.xenfleet.scenario.CostChoice;
import org.xenfleet.scenario.PoolSpec;
import org.xenfleet.scenario.Scenario;
import org.xenfleet.xen.CostLevel;
import org.xenfleet.xen.Costs;

class HostShardTest {
    private static final Optional<ChannelSpec> CHANNEL = Optional.of(new ChannelSpec(200_000, 0, 0, Optional.empty()));

    private static List<HostShard> cut(PoolSpec pool, Sizes sizes) {
        TreeMap<String, PoolSpec> pools = new TreeMap<>();
        pools.put(pool.name(), pool);
        return HostShard.of(
                new Scenario(
                        "s",
                        0,
                        1,
                        0,
                        1,
                        Collections.emptySortedMap(),
                        pools,
                        new CostChoice(CostLevel.DEFAULT, List.of(), Costs.DEFAULT),
                        List.of()),
                sizes);
    }

    @Test
    void shouldCutHostsThatMeetNobodyIntoSixtyFoursWhateverCopyTheyAreOf() {
        assertThat(cut(new PoolSpec("p", "h", 100, 2), Sizes.DEFAULT))
                .extracting(HostShard::id)
                .containsExactly("p#0x64", "p#1x64", "p#2x64", "p#3x8");
    }

    @Test
    void shouldKeepAPoolThatMeetsTogetherUpToItsSize() {
        assertThat(cut(new PoolSpec("p", List.of("h"), 16, 3, CHANNEL), Sizes.DEFAULT))
                .extracting(HostShard::id)
                .containsExactly("p-0#0x16", "p-1#0x16", "p-2#0x16");
    }

    @Test
    void shouldCutALargePoolIntoEvenPartsThatKnowEachOther() {
        List<HostShard> shards = cut(new PoolSpec("p", List.of("h"), 10, 2, CHANNEL), new Sizes(64, 4));

        assertThat(shards)
                .extracting(HostShard::id)
                .containsExactly("p-0#0x3", "p-0#1x3", "p-0#2x4", "p-1#0x3", "p-1#1x3", "p-1#2x4");
        assertThat(shards).extracting(HostShard::first).containsExactly(0, 3, 6, 10, 13, 16);
        HostShard second = shards.get(4);
        assertThat(second.ofPart(0)).isEqualTo("p-1#0x3");
        assertThat(second.ofPart(2)).isEqualTo("p-1#2x4");
        assertThat(second.indexInPool(13)).isEqualTo(3);
        assertThat(IntStream.range(0, 10).map(second::partOf)).containsExactly(0, 0, 0, 1, 1, 1, 2, 2, 2, 2);
    }

    @Test
    void shouldHaveEveryHostInOneShardHoweverItIsCut() {
        for (int most = 1; most <= 40; most++) {
            List<HostShard> apart = cut(new PoolSpec("p", "h", 13, 3), Sizes.atMost(most));
            List<HostShard> together = cut(new PoolSpec("p", List.of("h"), 13, 3, CHANNEL), Sizes.atMost(most));

            int[] all = IntStream.range(0, 39).toArray();
            assertThat(hosts(apart)).as("at most " + most).containsExactly(all);
            assertThat(hosts(together)).as("at most " + most).containsExactly(all);
            for (HostShard shard : together) {
                for (int host = shard.first(); host < shard.first() + shard.count(); host++) {
                    assertThat(shard.partOf(shard.indexInPool(host))).isEqualTo(shard.part());
                }
            }
        }
    }

    private static int[] hosts(List<HostShard> shards) {
        return shards.stream()
                .flatMapToInt(s -> IntStream.range(s.first(), s.first() + s.count()))
                .toArray();
    }
}
