package org.xenfleet.xen.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenfleet.xen.time.Damage.Kind;

/**
 * A counter of 24 bits at 2^22 Hz: it begins again after 4 s, and the overflow timer runs every 2 s. The last calibration was
 * at 10 s and the next is due at 11 s, the overflow handler ran at 10 s and is due at 12 s, unless it is said otherwise; from
 * 10.5 s on pCPU 0 is tied.
 */
class SystemTimeTest {
    private static final long SECOND = Pcpu0.SECOND;
    private static final long MS = Pcpu0.MS;
    private static final ClockSource FOUR_SECONDS = new ClockSource("four", 24, 1L << 22);
    private static final long TIED = 10_500 * MS;
    private static final long LATER = 500 * SECOND;

    private static Pcpu0 tiedUntil(long ms, boolean invariantTsc) {
        return Pcpu0.of(FOUR_SECONDS, invariantTsc).tied(TIED, ms * MS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aHostWhosePcpu0ServesItsTimersHasTheTrueTime(boolean invariantTsc) {
        Pcpu0 pcpu0 = Pcpu0.of(ClockSource.ACPI, invariantTsc);
        for (long now = 0; now < 100 * SECOND; now += 77_777_777) {
            assertThat(pcpu0.minusTrue(now)).isZero();
        }
        assertThat(pcpu0.time.damage(100 * SECOND)).isEmpty();
    }

    @Test
    void theTimersAreDueASecondAndHalfAWrapAfterTheyRan() {
        SystemTime time = Pcpu0.of(FOUR_SECONDS, false).runUntil(TIED).time;

        assertThat(time.calibrationDue()).isEqualTo(11 * SECOND);
        assertThat(time.overflowDue()).isEqualTo(12 * SECOND);
        assertThat(time.overflowIsFirst()).isFalse();
    }

    /** After 5 s in which pCPU 0 ran nothing; until its next softirq the clock is well. */
    @Test
    void whilePcpu0IsTiedSystemTimeGoesOnFromTheTsc() {
        Pcpu0 pcpu0 = Pcpu0.of(FOUR_SECONDS, false).runUntil(TIED);

        assertThat(pcpu0.time.systemTime(15_500 * MS)).isEqualTo(15_500 * MS);
        assertThat(pcpu0.time.damage(15_500 * MS)).isEmpty();
    }

    /** The calibration at 13.9 s reads a counter that went on for 3.9 s since it was handled at 10 s. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void withoutAMissedWrapNothingHappens(boolean invariantTsc) {
        Pcpu0 pcpu0 = tiedUntil(13_900, invariantTsc);

        assertThat(pcpu0.minusTrue(LATER)).isZero();
        assertThat(pcpu0.time.damage(LATER)).isEmpty();
    }

    /**
     * At 15.5 s the counter went on for 1.5 s, the TSC for 5.5 s: 3/11, and half of that as system time is 4 s ahead. A second
     * of system time is 22/3 s, so the next calibration comes at 22.833 s, when the system time is 16.5 s and a counter that
     * was right at 15.5 s and missed another wrap says 18.833 s. It went on for 7.333 s since 11.5 s, as the TSC did.
     */
    @Test
    void aCalibrationFromAnUnrepairedCounterSlowsTheClockUntilAnotherWrapIsLost() {
        Pcpu0 pcpu0 = tiedUntil(15_500, false);

        assertThat(pcpu0.time.systemTimeMinusTrue(15_500 * MS)).isZero();
        assertThat(pcpu0.time.systemTime(15_500 * MS + 22 * MS)).isBetween(15_503 * MS - 1, 15_503 * MS);
        long next = pcpu0.time.calibrationDue();
        assertThat(next / MS).isEqualTo(22_833);
        assertThat(pcpu0.time.systemTime(next)).isEqualTo(16_500 * MS);

        assertThat(pcpu0.minusTrue(next)).isEqualTo(-4 * SECOND);
        assertThat(pcpu0.minusTrue(LATER)).isEqualTo(-4 * SECOND);
        long behind = next - 16_500 * MS;
        assertThat(pcpu0.time.damage(LATER))
                .containsExactly(
                        new Damage(15_500 * MS, next, Kind.SLOW, behind),
                        new Damage(next, next, Kind.STEP_FORWARD, behind - 4 * SECOND),
                        new Damage(15_500 * MS, next, Kind.LOST, 4 * SECOND));
    }

    /** At 15.5 s the counter says 11.5 s; a second later by that time, at 16.5 s, it has been repaired. */
    @Test
    void withAnInvariantTscItIsSetBackByTheMissedWrapForASecond() {
        Pcpu0 pcpu0 = tiedUntil(15_500, true);

        assertThat(pcpu0.time.systemTime(15_500 * MS)).isEqualTo(11_500 * MS);
        assertThat(pcpu0.time.calibrationDue()).isEqualTo(16_500 * MS);
        assertThat(pcpu0.minusTrue(16_500 * MS - 1)).isEqualTo(-4 * SECOND);
        assertThat(pcpu0.minusTrue(16_500 * MS)).isZero();
        assertThat(pcpu0.minusTrue(LATER)).isZero();
        assertThat(pcpu0.time.damage(LATER))
                .containsExactly(
                        new Damage(15_500 * MS, 15_500 * MS, Kind.STEP_BACK, 4 * SECOND),
                        new Damage(16_500 * MS, 16_500 * MS, Kind.STEP_FORWARD, 4 * SECOND));
    }

    /** The overflow handler ran at 8.9 s and is due at 10.9 s, before the calibration at 11 s. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whereTheOverflowHandlerIsDueFirstItRepairsTheCounterInTime(boolean invariantTsc) {
        Pcpu0 pcpu0 = Pcpu0.of(FOUR_SECONDS, invariantTsc, 900 * MS).runUntil(TIED);
        assertThat(pcpu0.time.overflowIsFirst()).isTrue();

        pcpu0.time.serve(15_500 * MS);

        assertThat(pcpu0.minusTrue(LATER)).isZero();
        assertThat(pcpu0.time.damage(LATER)).isEmpty();
    }

    /** At 14.4 s the counter went on for 0.4 s: less than half a second is good for no calibration, 0.5 s is. */
    @Test
    void aCalibrationThatFindsLessThanHalfASecondIsIgnored() {
        Pcpu0 ignored = tiedUntil(14_499, false);
        assertThat(ignored.minusTrue(LATER)).isZero();
        assertThat(ignored.time.damage(LATER)).isEmpty();

        Pcpu0 taken = tiedUntil(14_500, false);
        assertThat(taken.minusTrue(LATER)).isNotZero();
    }

    /** At 61 s the counter, handled at 10 s, says 13 s; the handler makes it 53 s, and 8 s are missing. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nobodyTellsWhatComesOfMoreWrapsThanTheHandlerRepairs(boolean invariantTsc) {
        Pcpu0 pcpu0 = tiedUntil(61_000, invariantTsc);

        assertThat(pcpu0.time.damage(61_000 * MS))
                .containsExactly(new Damage(61_000 * MS, 61_000 * MS, Kind.UNTOLD, 8 * SECOND));
        assertThat(pcpu0.minusTrue(LATER)).isZero();
        assertThat(pcpu0.time.damage(LATER)).hasSize(1);
    }

    /** At 53.9 s the counter, handled at 10 s, says 13.9 s: ten wraps are missing, and all are repaired. */
    @Test
    void tenWrapsAreRepairedAtOnce() {
        Pcpu0 pcpu0 = tiedUntil(53_900, true);

        assertThat(pcpu0.time.systemTimeMinusTrue(53_900 * MS)).isEqualTo(-40 * SECOND);
        assertThat(pcpu0.minusTrue(54_900 * MS)).isZero();
        assertThat(pcpu0.time.damage(LATER)).hasSize(2);
    }

    /** Up to ten wraps of each counter, at ten phases of the calibration and of the overflow timer. */
    @ParameterizedTest
    @CsvSource({"acpi,24,3579545,false", "acpi,24,3579545,true", "hpet,32,100000000,false", "hpet,32,100000000,true"})
    void damageAddsUpAndEndsAtWholeWraps(String name, int bits, long hz, boolean invariantTsc) {
        ClockSource source = new ClockSource(name, bits, hz);
        long wrap = source.wrapNs();
        int damaged = 0;
        for (int tenths = 1; tenths < 100; tenths += 7) {
            for (int phase = 0; phase < 10; phase++) {
                long start = 10_000 * MS + phase * 100 * MS + MS;
                long end = start + wrap / 10 * tenths;
                Pcpu0 pcpu0 = Pcpu0.of(source, invariantTsc, source.overflowPeriodNs() * (10 - phase * 3 % 10) / 10)
                        .tied(start, end);
                damaged += pcpu0.time.damage(end + SECOND).isEmpty() ? 0 : 1;
                for (long after = 0; after < 100 * wrap; after += wrap / 3) {
                    long minusTrue = pcpu0.minusTrue(end + after);
                    long sum = pcpu0.time.damage(end + after).stream()
                            .mapToLong(Damage::change)
                            .sum();
                    assertThat(minusTrue - sum).isBetween(-2_000L, 2_000L);
                }
                long left = pcpu0.minusTrue(end + 100 * wrap);
                assertThat(Math.floorMod(left + 500, wrap)).as("%d left", left).isLessThan(1_000);
                assertThat(pcpu0.time.damage(end + 100 * wrap)).noneMatch(d -> d.kind() == Kind.UNTOLD);
            }
        }
        assertThat(damaged).isPositive();
    }

    @Test
    void servingIsRunningTheHandlersInTheOrderOfTheirDeadlines() {
        SystemTime served = Pcpu0.of(FOUR_SECONDS, true).runUntil(TIED).time;
        SystemTime stepwise = Pcpu0.of(FOUR_SECONDS, true).runUntil(TIED).time;
        long now = 15_500 * MS;

        served.serve(now);
        stepwise.rendezvous(now);
        assertThat(stepwise.calibrationDue()).isEqualTo(Long.MAX_VALUE);
        assertThat(stepwise.systemTime(now)).isEqualTo(now);
        assertThat(stepwise.overflow(now)).isEqualTo(1);
        stepwise.calibrated(now);

        assertThat(stepwise.systemTime(LATER)).isEqualTo(served.systemTime(LATER));
        assertThat(stepwise.calibrationDue()).isEqualTo(served.calibrationDue());
        assertThat(stepwise.overflowDue()).isEqualTo(served.overflowDue());
    }

    /** TIME_CALIBRATE served 3 ms after TIMER: the time read at 15.5 s counts, and the step comes at 15.503 s. */
    @Test
    void aCalibrationIsAppliedWhenItsSoftirqIsServed() {
        SystemTime time = Pcpu0.of(FOUR_SECONDS, true).runUntil(TIED).time;
        time.rendezvous(15_500 * MS);
        time.overflow(15_500 * MS);
        time.calibrated(15_503 * MS);

        assertThat(time.systemTime(15_503 * MS)).isEqualTo(11_503 * MS);
        assertThat(time.calibrationDue()).isEqualTo(16_503 * MS);
        assertThat(time.damage(16_000 * MS))
                .containsExactly(new Damage(15_503 * MS, 15_503 * MS, Kind.STEP_BACK, 4 * SECOND));
    }

    /** At 3/22 of its speed 3 s of system time take 22 s. */
    @Test
    void trueTimeOfGoesByTheScale() {
        SystemTime time = tiedUntil(15_500, false).time;

        assertThat(time.trueTimeOf(18_500 * MS)).isBetween(37_500 * MS, 37_500 * MS + 20);
        assertThat(time.trueTimeOf(15_500 * MS)).isEqualTo(15_500 * MS);
        assertThat(time.trueTimeOf(0)).isEqualTo(15_500 * MS);
    }

    @Test
    void whatCannotBeIsRefused() {
        SystemTime time = Pcpu0.of(FOUR_SECONDS, false).runUntil(TIED).time;

        assertThatThrownBy(() -> time.rendezvous(11 * SECOND - 1))
                .hasMessage("the calibration timer's handler runs at 10999999999 ns, but is due at 11000000000 ns");
        assertThatThrownBy(() -> time.overflow(12 * SECOND - 1))
                .hasMessage("the overflow timer's handler runs at 11999999999 ns, but is due at 12000000000 ns");
        assertThatThrownBy(() -> time.calibrated(TIED))
                .hasMessage("a calibration is applied at 10500000000 ns, but none was taken by then");
        assertThatThrownBy(() -> time.systemTime(9 * SECOND))
                .hasMessage("asked for the system time at 9000000000 ns, known from 10000000000 ns on");
        time.rendezvous(11 * SECOND);
        assertThatThrownBy(() -> time.rendezvous(11 * SECOND))
                .hasMessageEndingWith("but is due only after the calibration it took is applied");
        assertThatThrownBy(() -> time.calibrated(11 * SECOND - 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "-1,0,0,calibration timer",
        "5,4,5,calibration timer",
        "0,1000000001,0,calibration timer",
        "5,5,4,overflow timer",
        "0,0,2000000001,overflow timer"
    })
    void timersThatWereNotSetByXenAreRefused(long start, long calibration, long overflow, String timer) {
        assertThatThrownBy(() -> new SystemTime(FOUR_SECONDS, false, start, calibration, overflow))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the " + timer + " is due at ");
    }
}
