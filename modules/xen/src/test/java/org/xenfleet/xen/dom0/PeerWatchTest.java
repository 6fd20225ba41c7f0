package org.xenfleet.xen.dom0;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xenfleet.xen.dom0.PeerWatch.Finding;

/** Host 1 of 3, with a time-out of 50. */
class PeerWatchTest {
    private final PeerWatch watch = new PeerWatch(1, 3, 50);

    @Test
    void shouldCountEverybodyAsHeardAtTheBeginning() {
        watch.look(49);

        assertThat(watch.findings()).isEmpty();
        assertThat(watch.longestSilence()).isEqualTo(49);
    }

    @Test
    void shouldLoseWhoIsSilentForTheTimeOutExactlyAndNeverItself() {
        watch.arrives(0, 10);

        watch.look(50);
        watch.look(60);

        assertThat(watch.findings()).containsExactly(new Finding(50, 2, false, 0), new Finding(60, 0, false, 10));
        assertThat(watch.lost()).isEqualTo(2);
        assertThat(watch.losses()).isEqualTo(2);
    }

    @Test
    void shouldLoseNobodyTwiceUntilHeardAgain() {
        watch.arrives(0, 90);
        watch.look(100);
        watch.look(120);
        watch.arrives(2, 125);
        watch.look(130);

        assertThat(watch.findings()).containsExactly(new Finding(100, 2, false, 0), new Finding(130, 2, true, 0));
        assertThat(watch.lost()).isZero();
        assertThat(watch.losses()).isEqualTo(1);
    }

    /** A host that does not run for long has not lost those that went on sending meanwhile. */
    @Test
    void shouldJudgeByWhatHasArrivedNotByWhenItLooks() {
        watch.arrives(0, 990);
        watch.arrives(2, 991);

        watch.look(1_000);

        assertThat(watch.findings()).isEmpty();
        assertThat(watch.longestSilence()).isEqualTo(10);
    }

    @Test
    void shouldHaveReadOnlyWhatItLookedAt() {
        watch.arrives(0, 1);
        watch.arrives(2, 1);
        watch.look(2);
        watch.arrives(0, 3);

        assertThat(watch.read()).isEqualTo(2);
    }

    @Test
    void shouldKeepTheFirst64FindingsAndCountAll() {
        for (int round = 1; round <= 40; round++) {
            watch.look(round * 100L);
            watch.arrives(0, round * 100L + 1);
            watch.arrives(2, round * 100L + 1);
            watch.look(round * 100L + 2);
        }

        assertThat(watch.findings()).hasSize(64);
        assertThat(watch.losses()).isEqualTo(80);
    }
}
