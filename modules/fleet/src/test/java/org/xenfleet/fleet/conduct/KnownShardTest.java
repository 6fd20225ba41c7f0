package org.xenfleet.fleet.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xenfleet.fleet.conduct.Conducting.ShardProgress;

class KnownShardTest {
    private static final long MS = 1_000_000;

    private final KnownShard known = new KnownShard(part(0), new ArrayList<>());

    @Test
    void shouldBeAskedAgainSoonAndThenMoreAndMoreSeldom() {
        List<Long> asked = new ArrayList<>();
        known.asked(0);
        for (long now = 0; now < 12_000; now += 10) {
            if (known.isToBeAsked(now * MS)) {
                known.asked(now * MS);
                asked.add(now);
            }
        }

        // 250, + 500, + 1000, + 2000, + 3000, + 3000
        assertThat(asked).containsExactly(250L, 750L, 1_750L, 3_750L, 6_750L, 9_750L);
    }

    @Test
    void shouldBeLeftAloneForThreeSecondsOnceItIsHeardOf() {
        known.asked(0);
        known.asked(250 * MS);
        known.heard(300 * MS);

        assertThat(known.isToBeAsked(3_299 * MS)).isFalse();
        assertThat(known.isToBeAsked(3_300 * MS)).isTrue();
        known.asked(3_300 * MS);
        assertThat(known.isToBeAsked(3_549 * MS)).isFalse();
        assertThat(known.isToBeAsked(3_550 * MS)).isTrue();
    }

    @Test
    void shouldCountAsTakenOverWhenAnotherNodeSpeaksForIt() {
        known.asked(0);
        assertThat(known.isTakenOver(from("a"))).isFalse();
        known.progressed(from("a"));

        assertThat(known.isTakenOver(from("a"))).isFalse();
        assertThat(known.isTakenOver(from("b"))).isTrue();
    }

    @Test
    void shouldCountAsTakenOverWhenANodeWasLostBeforeItWasHeardOf() {
        known.nodeLost();
        assertThat(known.isTakenOver(from("b"))).as("not even asked then").isFalse();
        known.asked(0);
        known.nodeLost();

        assertThat(known.isTakenOver(from("b"))).isTrue();
        known.progressed(from("b"));
        assertThat(known.isTakenOver(from("b"))).isFalse();
    }

    /** Two hosts are done; a report that got lost leaves one. */
    @Test
    void shouldNotHaveReportedAllWhileAReportIsMissing() {
        known.asked(0);
        known.progressed(new ShardProgress("p#0x2", "a", 2, 0, 0, 0, 0, 0));
        known.reported();
        assertThat(known.hasReportedAll()).isFalse();

        known.reported();
        assertThat(known.hasReportedAll()).isTrue();
    }

    private static HostShard part(int number) {
        return new HostShard("p", "p#" + number + "x1", number, 1, number, 2, 2, Optional.empty());
    }

    private static ShardProgress from(String node) {
        return new ShardProgress("p#0x1", node, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void shouldNotBeAskedBeforeItsStartNorAfterItsEnd() {
        assertThat(known.isToBeAsked(10_000 * MS)).isFalse();

        known.asked(0);
        known.isDoneNow();

        assertThat(known.isToBeAsked(10_000 * MS)).isFalse();
    }

    /** The others may have to go back, and it with them; whoever does not ask would not make it anew if it is lost then. */
    @Test
    void shouldBeAskedAlsoAfterItsEndWhileAnotherPartOfItsPoolIsUnderWay() {
        List<KnownShard> pool = new ArrayList<>();
        KnownShard first = new KnownShard(part(0), pool);
        KnownShard second = new KnownShard(part(1), pool);
        first.asked(0);
        second.asked(0);
        second.isDoneNow();

        assertThat(second.isToBeAsked(10_000 * MS)).isTrue();

        first.isDoneNow();
        assertThat(second.isToBeAsked(10_000 * MS)).isFalse();
    }
}
