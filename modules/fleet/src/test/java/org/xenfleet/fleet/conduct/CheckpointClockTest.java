package org.xenfleet.fleet.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CheckpointClockTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void shouldBeDueOnceASecondWhileCheckpointsAreCheap() {
        CheckpointClock clock = new CheckpointClock(SECOND, 0);
        assertThat(clock.isDue(SECOND - 1)).isFalse();
        assertThat(clock.isDue(SECOND)).isTrue();
        clock.begins(SECOND);
        assertThat(clock.isDue(100 * SECOND)).isFalse();

        clock.ends(SECOND + 1_000);

        assertThat(clock.isDue(2 * SECOND)).isFalse();
        assertThat(clock.isDue(2 * SECOND + 1_000)).isTrue();
    }

    @Test
    void shouldCostATwentiethOfTheTimeAtMost() {
        CheckpointClock clock = new CheckpointClock(SECOND, 0);
        clock.begins(SECOND);
        clock.ends(2 * SECOND); // a second for one

        assertThat(clock.isDue(22 * SECOND - 1)).isFalse();
        assertThat(clock.isDue(22 * SECOND)).isTrue();
    }
}
