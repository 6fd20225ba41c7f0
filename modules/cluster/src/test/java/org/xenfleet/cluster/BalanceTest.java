package org.xenfleet.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BalanceTest {
    /** Nodes with their shards in the order in which they came. */
    private final Map<String, List<Balance.Shard>> nodes = new TreeMap<>();

    @Test
    void shouldGiveANewShardToTheNodeWithTheFewestHosts() {
        node("b", 16, 16);
        node("c", 40);
        node("a", 40);

        assertThat(balance().emptiest()).isEqualTo("b");
        of("b").add(shard(99, 8));
        assertThat(balance().emptiest()).isEqualTo("a");
    }

    @Test
    void shouldMoveNothingWhileAllHaveAboutTheSame() {
        node("a", 16, 16, 16, 16, 16, 16);
        node("b", 16, 16, 16, 16, 16);

        assertThat(balance().toMove()).isEmpty();
    }

    @Test
    void shouldMoveTheLatestOfTheFullestATenthAtOnce() {
        node("a", IntStream.range(0, 10).map(i -> 16).toArray());
        node("b", IntStream.range(0, 12).map(i -> 16).toArray());
        node("c");

        // 22 shards, of which 2 are moved: the last of b, which is fullest, and again the last of b, which still is
        List<Balance.Shard> ofB = of("b");
        assertThat(balance().toMove()).containsExactly(ofB.get(11), ofB.get(10));
    }

    @Test
    void shouldMoveNothingThatWouldOnlySwapTheTwo() {
        node("a", 256);
        node("b");

        assertThat(balance().toMove()).isEmpty();
    }

    /** 625 pools of 16 hosts, and fleets whose largest shard has at most an eighth of the hosts, which is what can be evened out. */
    static List<List<Integer>> fleets() {
        List<List<Integer>> fleets = new ArrayList<>();
        fleets.add(Collections.nCopies(625, 16));
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            int largest = 1 + random.nextInt(256);
            int shards = 16 + random.nextInt(200);
            List<Integer> fleet = new ArrayList<>(IntStream.range(0, shards)
                    .mapToObj(i -> 1 + random.nextInt(largest))
                    .toList());
            while (fleet.stream().mapToInt(h -> h).sum() < 8 * largest) {
                fleet.add(1 + random.nextInt(largest));
            }
            fleets.add(fleet);
        }
        return fleets;
    }

    @ParameterizedTest
    @MethodSource("fleets")
    void shouldGiveEachOfThreeNodesAThird(List<Integer> fleet) {
        node("a");
        node("b");
        node("c");

        allocate(fleet);

        assertThirds(fleet);
    }

    @ParameterizedTest
    @MethodSource("fleets")
    void shouldGiveAThirdToANodeThatComesLater(List<Integer> fleet) {
        node("a");
        node("c");
        allocate(fleet);
        node("b");

        int rounds = 0;
        for (Set<Balance.Shard> moved = balance().toMove();
                !moved.isEmpty();
                moved = balance().toMove()) {
            assertThat(moved).hasSizeLessThanOrEqualTo(Math.max(1, fleet.size() / 10));
            for (List<Balance.Shard> shards : nodes.values()) {
                shards.removeAll(moved);
            }
            moved.forEach(this::allocate);
            rounds++;
        }

        assertThat(rounds).isBetween(1, 40);
        assertThirds(fleet);
    }

    @ParameterizedTest
    @MethodSource("fleets")
    void shouldShareTheHostsOfANodeThatDied(List<Integer> fleet) {
        node("a");
        node("b");
        node("c");
        allocate(fleet);

        List<Balance.Shard> lost = Objects.requireNonNull(nodes.remove("b"));
        lost.forEach(this::allocate);

        double half = fleet.stream().mapToInt(h -> h).sum() / 2.0;
        assertThat(nodes.values())
                .allSatisfy(shards -> assertThat(hosts(shards)).isBetween(half * 0.75, half * 1.25));
    }

    private void assertThirds(List<Integer> fleet) {
        double all = fleet.stream().mapToInt(h -> h).sum();
        assertThat(nodes.values().stream().mapToDouble(BalanceTest::hosts).sum())
                .isEqualTo(all);
        assertThat(nodes.values())
                .allSatisfy(shards -> assertThat(hosts(shards) / all).isBetween(0.25, 0.42));
    }

    private void allocate(List<Integer> fleet) {
        int index = 0;
        for (int hosts : fleet) {
            allocate(shard(index++, hosts));
        }
    }

    private void allocate(Balance.Shard shard) {
        of(balance().emptiest()).add(shard);
    }

    private List<Balance.Shard> of(String address) {
        return Objects.requireNonNull(nodes.get(address));
    }

    private void node(String address, int... hosts) {
        List<Balance.Shard> shards = new ArrayList<>();
        for (int i = 0; i < hosts.length; i++) {
            shards.add(shard(1000 * nodes.size() + i, hosts[i]));
        }
        nodes.put(address, shards);
    }

    private Balance balance() {
        return new Balance(nodes.entrySet().stream()
                .map(entry -> new Balance.Region(entry.getKey(), entry.getValue()))
                .toList());
    }

    private static Balance.Shard shard(int index, int hosts) {
        return new Balance.Shard("shard " + index, hosts);
    }

    private static double hosts(List<Balance.Shard> shards) {
        return shards.stream().mapToLong(Balance.Shard::hosts).sum();
    }
}
