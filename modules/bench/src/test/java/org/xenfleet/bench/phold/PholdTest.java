package org.xenfleet.bench.phold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PholdTest {
    private static final Phold SMALL = new Phold(200, 10, 25, 7);

    /**
     * Gaps of mean 1.1 and variance 1: a renewal process makes 10/1.1 + (1 - 1.21)/2.42 = 9.0041 events in 10 units, with
     * variance 10/1.331 = 7.513; there are 10,000 of them.
     */
    @Test
    void expectsWhatRenewalTheorySays() {
        Phold phold = new Phold(1000, 10, 10, 0);

        assertThat(phold.expectedEvents()).isCloseTo(90_041, within(1.0));
        assertThat(phold.deviationOfEvents()).isCloseTo(274.1, within(0.1));
    }

    @Test
    void everyLpHasTheSameEventsOnAnIslandAndOnSsj() {
        PholdCount island = OneIsland.run(SMALL);
        PholdCount ssj = OnSsj.run(SMALL);

        assertThat(island.eventsOfLp()).isEqualTo(ssj.eventsOfLp()).doesNotContain(0);
    }

    @Test
    void everyEngineComesToTheExpectedNumber() {
        double error = 4 * SMALL.deviationOfEvents();

        assertThat(error).as("what is told apart").isLessThan(SMALL.expectedEvents() / 50);
        assertThat((double) OneIsland.run(SMALL).events()).isCloseTo(SMALL.expectedEvents(), within(error));
        assertThat((double) OnSsj.run(SMALL).events()).isCloseTo(SMALL.expectedEvents(), within(error));
        assertThat((double) TwoIslands.run(SMALL).events()).isCloseTo(SMALL.expectedEvents(), within(error));
    }

    @Test
    void twoIslandsComeToTheSameWhoeverIsFaster() {
        long[] first = TwoIslands.run(SMALL).eventsOfLp();

        for (int i = 0; i < 5; i++) {
            assertThat(TwoIslands.run(SMALL).eventsOfLp()).isEqualTo(first);
        }
    }

    /** Of 40,000 draws half stay, give or take 4 sqrt(40,000/4) = 400. */
    @Test
    void halfOfTheEventsStayAndTheOthersGoToEverybodyElse() {
        PholdRule rule = new PholdRule(new Phold(4, 1, 1, 3), "all");
        int[] to = new int[4];
        for (int i = 0; i < 40_000; i++) {
            to[rule.target(2)]++;
        }

        assertThat(to[2]).isCloseTo(20_000, within(400));
        assertThat(to[0]).isCloseTo(20_000 / 3, within(300));
        assertThat(to[1]).isCloseTo(20_000 / 3, within(300));
        assertThat(to[3]).isCloseTo(20_000 / 3, within(300));
    }
}
