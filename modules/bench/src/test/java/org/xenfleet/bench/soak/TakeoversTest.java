package org.xenfleet.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TakeoversTest {
    private final Takeovers takeovers = new Takeovers();

    @Test
    void shouldSayTheLongestAndWithinWhatTimeMostWereTakenOver() {
        for (long ms = 200; ms >= 1; ms--) {
            takeovers.add(ms);
        }
        takeovers.add(0);

        assertThat(takeovers.longest()).isEqualTo(200);
        assertThat(takeovers.sentence())
                .isEqualTo("taken over within 200 ms at most, half within 100 ms, 99 of 100 within 198 ms,"
                        + " and 1 had nothing left to do");
    }

    @Test
    void shouldNotCountNodesThatHadNothingLeftToDoAsTakenOverAtOnce() {
        takeovers.add(0);
        assertThat(takeovers.sentence()).isEqualTo("nothing to take over");

        takeovers.add(700);
        assertThat(takeovers.sentence()).startsWith("taken over within 700 ms at most, half within 700 ms");
    }
}
