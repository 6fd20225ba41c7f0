package org.xenfleet.fleet.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Three hosts on two workers. */
class WindowWatchTest {
    @Test
    void shouldCountWorkersThatHaveNoHostLeftAndAllOfThemBetweenWindows() {
        WindowWatch watch = new WindowWatch(2);
        watch.begins(1_000);
        watch.answered(1_100, 2); // both still busy
        watch.answered(1_300, 1); // from here on one stands still
        watch.answered(1_350, 0); // both stand still
        watch.begins(1_400);
        watch.answered(1_500, 2);

        // 50 of one worker, then 50 of both
        assertThat(watch.waitedNs()).isEqualTo(50 + 2 * 50);
        assertThat(watch.workedNs()).isEqualTo(2 * 500);
    }
}
