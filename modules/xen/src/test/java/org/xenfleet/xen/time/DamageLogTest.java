package org.xenfleet.xen.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xenfleet.xen.time.Damage.Kind;

class DamageLogTest {
    private final DamageLog log = new DamageLog();

    @Test
    void lessThanAMicrosecondIsNoDamage() {
        log.step(10, 999);
        log.rate(10, 20, -999);
        log.settles(20, 5_000);
        assertThat(log.until(30, 20, 999)).isEmpty();

        log.step(40, 1_000);
        log.rate(40, 50, -1_000);
        assertThat(log.until(60, 50, 1_000))
                .containsExactly(
                        new Damage(40, 40, Kind.STEP_FORWARD, 1_000),
                        new Damage(40, 50, Kind.SLOW, 1_000),
                        new Damage(50, 60, Kind.FAST, 1_000));
    }

    @Test
    void whatIsLostIsSaidOnceAndCountsFromTheFirstDamage() {
        log.rate(100, 200, -5_000);
        log.step(200, -3_000);
        log.settles(300, 8_000);
        log.settles(400, 8_000);
        log.step(500, -2_000);
        log.settles(600, 10_000);

        assertThat(log.until(700, 600, 0))
                .containsExactly(
                        new Damage(100, 200, Kind.SLOW, 5_000),
                        new Damage(200, 200, Kind.STEP_BACK, 3_000),
                        new Damage(100, 300, Kind.LOST, 8_000),
                        new Damage(500, 500, Kind.STEP_BACK, 2_000),
                        new Damage(500, 600, Kind.LOST, 2_000));
    }

    @Test
    void aClockThatEndsAheadHasGained() {
        log.step(100, 7_000);
        log.settles(200, -7_000);

        assertThat(log.until(300, 200, 0))
                .containsExactly(
                        new Damage(100, 100, Kind.STEP_FORWARD, 7_000), new Damage(100, 200, Kind.GAINED, 7_000));
    }

    @Test
    void theChangeOfADamageHasItsSign() {
        assertThat(new Damage(1, 2, Kind.SLOW, 5).change()).isEqualTo(-5);
        assertThat(new Damage(1, 2, Kind.FAST, 5).change()).isEqualTo(5);
        assertThat(new Damage(1, 1, Kind.STEP_BACK, 5).change()).isEqualTo(-5);
        assertThat(new Damage(1, 1, Kind.STEP_FORWARD, 5).change()).isEqualTo(5);
        assertThat(new Damage(1, 2, Kind.LOST, 5).change()).isZero();
        assertThat(new Damage(1, 2, Kind.GAINED, 5).change()).isZero();
        assertThat(new Damage(1, 1, Kind.UNTOLD, 5).change()).isZero();
    }
}
