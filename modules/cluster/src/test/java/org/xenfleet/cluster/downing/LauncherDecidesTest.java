package org.xenfleet.cluster.downing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.Reachability;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.util.Version;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Members are letters: {@code L} is the launcher, which has the highest address of all, and {@code a} to {@code e} are nodes.
 * {@code "a>b"} says that a cannot reach b.
 */
class LauncherDecidesTest {

    @Test
    void shouldTakeOutANodeThatDied() {
        assertThat(seenBy('L', "Labc", "L>b a>b c>b", "Lac")).isEqualTo("b");
        assertThat(seenBy('a', "Labc", "L>b a>b c>b", "Lac")).isEqualTo("b");
    }

    @Test
    void shouldTakeOutAllNodesThatDiedHoweverMany() {
        assertThat(seenBy('L', "Labcd", "L>a L>b L>c L>d", "L")).isEqualTo("abcd");
        assertThat(seenBy('L', "La", "L>a", "L")).isEqualTo("a");
    }

    @Test
    void shouldEndTheSideWithoutTheLauncherHoweverLarge() {
        // the launcher and a are here, the others there
        assertThat(seenBy('L', "Labcde", "L>b L>c L>d L>e a>b a>c a>d a>e", "La"))
                .isEqualTo("bcde");
        assertThat(seenBy('b', "Labcde", "b>L c>L d>L e>L b>a c>a d>a e>a", "bcde"))
                .isEqualTo("bcde");
    }

    @Test
    void shouldEndNodesWhoseLauncherDied() {
        assertThat(seenBy('a', "Labc", "a>L b>L c>L", "abc")).isEqualTo("abc");
    }

    @Test
    void shouldEndOneEndOfABrokenLinkAndNeverTheLauncher() {
        assertThat(seenBy('L', "Labc", "L>a a>L", "Labc")).isEqualTo("a");
        assertThat(seenBy('c', "Labc", "L>a a>L", "Labc")).isEqualTo("a");
        assertThat(seenBy('c', "Labc", "a>b b>a", "Labc")).isEqualTo("b");
        assertThat(seenBy('L', "Labc", "b>a", "Labc")).isEqualTo("b");
    }

    @Test
    void shouldNotEndEverybodyForOneThatWokeUp() {
        // b was stopped for a while: the others missed it, and when it went on, it missed all the others
        assertThat(seenBy('L', "Labc", "L>b a>b c>b b>L b>a b>c", "Labc")).isEqualTo("b");
    }

    @Test
    void shouldTakeOutTheDeadAndTheBrokenLinkAtOnce() {
        assertThat(seenBy('L', "Labcd", "L>d a>d b>d c>d a>c c>a", "Labc")).isEqualTo("cd");
    }

    @Test
    void shouldLetTheMajorityLiveWhereNobodyLaunched() {
        assertThat(seenBy('a', "abc", "a>c b>c", "ab")).isEqualTo("c");
        assertThat(seenBy('c', "abc", "c>a c>b", "c")).isEqualTo("c");
    }

    @Test
    void shouldLetTheLowestAddressLiveOfTwoHalves() {
        assertThat(seenBy('b', "ab", "b>a", "b")).isEqualTo("b");
        assertThat(seenBy('a', "ab", "a>b", "a")).isEqualTo("b");
    }

    @Test
    void shouldLetOfTwoNodesTheOneLiveThatCanReachTheProcessWhichGaveThemTheRun() {
        // c gave the run to a and b
        assertThat(seenBy('b', "abc", "b>a c>a", "bc")).isEqualTo("a");
        assertThat(seenBy('a', "abc", "a>b a>c", "a")).isEqualTo("a");
        assertThat(seenBy('c', "abc", "a>b c>b", "ac")).isEqualTo("b");
    }

    @Test
    void shouldForgetWhoCameBackOrLeft() {
        LauncherDecides strategy = strategy('L', "Labc", "L>a L>b", "Labc");
        strategy.addReachable(member('a'));
        strategy.remove(member('b'));
        strategy.setReachability(Reachability.empty());

        assertThat(downed(strategy)).isEmpty();
    }

    /** Who is to end, in the eyes of one member. */
    private static String seenBy(char self, String members, String broken, String seen) {
        return downed(strategy(self, members, broken, seen));
    }

    private static String downed(LauncherDecides strategy) {
        Set<Character> letters = new TreeSet<>();
        CollectionConverters.asJava(strategy.nodesToDown(strategy.decide())).forEach(node -> letters.add(letter(node)));
        return letters.stream().map(String::valueOf).collect(Collectors.joining());
    }

    private static LauncherDecides strategy(char self, String members, String broken, String seen) {
        LauncherDecides strategy = new LauncherDecides("default", node(self));
        members.chars().forEach(letter -> strategy.add(member((char) letter)));
        List<Reachability.Record> records = Arrays.stream(broken.split(" "))
                .map(link -> new Reachability.Record(
                        node(link.charAt(0)), node(link.charAt(2)), Reachability.Unreachable$.MODULE$, 1))
                .toList();
        records.forEach(link -> strategy.addUnreachable(member(letter(link.subject()))));
        Map<UniqueAddress, Object> versions = new LinkedHashMap<>();
        records.forEach(link -> versions.put(link.observer(), 1L));
        strategy.setReachability(Reachability.create(
                CollectionConverters.asScala(records).toSeq(),
                scala.collection.immutable.Map.from(CollectionConverters.asScala(versions))));
        Set<Address> addresses =
                seen.chars().mapToObj(letter -> node((char) letter).address()).collect(Collectors.toSet());
        strategy.setSeenBy(CollectionConverters.asScala(addresses).toSet());
        return strategy;
    }

    private static Member member(char letter) {
        List<String> roles = List.of(letter == 'L' ? "launcher" : "node", "dc-default");
        return new Member(
                node(letter),
                1,
                MemberStatus.up(),
                CollectionConverters.asScala(roles).toSet(),
                Version.Zero());
    }

    private static UniqueAddress node(char letter) {
        return new UniqueAddress(
                new Address("pekko", "xenfleet", "127.0.0.1", letter == 'L' ? 60_000 : 40_000 + letter), 1L);
    }

    private static char letter(UniqueAddress node) {
        int port = node.address().getPort().orElseThrow();
        return port == 60_000 ? 'L' : (char) (port - 40_000);
    }
}
