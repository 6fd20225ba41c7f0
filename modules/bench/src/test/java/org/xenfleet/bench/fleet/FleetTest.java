package org.xenfleet.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FleetTest {
    private static final String SAME_PHASES = ", time-at-start = 3ms, accounting-phase = 7ms";

    @Test
    void eightIdenticalHostsHaveEightTimesTheDeliveriesOfOne() {
        long one = BusyFleet.run(1, 2, 1, SAME_PHASES).deliveries();

        assertThat(one).isGreaterThan(1000);
        assertThat(BusyFleet.run(8, 2, 2, SAME_PHASES).deliveries()).isEqualTo(8 * one);
    }

    /** 3 s have 100 intervals of 30 ms; the fleet itself sees to it that every VM was placed and served. */
    @Test
    void cloudSimPlusLooksAtItsHostsOnceInAnIntervalAtLeast() {
        CloudSimFleet.Run run = CloudSimFleet.run(2, 3);

        assertThat(run.looks()).isGreaterThanOrEqualTo(100);
        assertThat(run.whole().count()).isEqualTo(6);
        assertThat(run.steady().count()).isEqualTo(4);
    }
}
