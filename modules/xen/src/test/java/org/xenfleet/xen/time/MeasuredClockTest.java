package org.xenfleet.xen.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.xen.time.Damage.Kind;
import org.xenfleet.xen.time.MeasuredClock.Point;

/**
 * The clock of real Xen 4.4.0 after one long call, boots warp* of the measurements: every point that was observed. Timers of
 * 4.4.0 fire 50 us late.
 *
 * <p>How long before the call the last calibration was taken follows from the speed after it. ACPI: the clock loses
 * 410,335 us in 500 ms, so it goes at 0.17933, half of 0.35866; 4.68697 s are 1 - 0.35866 of 7.308 s, which is 209 ms more
 * than the call. HPET: 439,578 us in 500 ms, half of 0.24169; 42.94967 s are 1 - 0.24169 of 56.638 s, 205 ms more than the
 * call. The measured machine's TSC strays by 2 us a second, and its log gives times in ms.
 */
class MeasuredClockTest {
    private static final long US = 1_000L;
    private static final long MS = Pcpu0.MS;
    private static final long CALL = 10_000 * MS;
    private static final long SLOP = 50 * US;
    private static final ClockSource HPET_OF_QEMU = ClockSource.hpet(100_000_000L);

    /** Both timers were set anew {@code before} ns before the call; the calibration is then due first. */
    private static Pcpu0 after(MeasuredClock measured, ClockSource source, boolean invariantTsc, long before) {
        return Pcpu0.of(source, invariantTsc, CALL - before, SLOP).tied(CALL, CALL + measured.callMs() * MS);
    }

    private static void compare(MeasuredClock measured, Pcpu0 pcpu0, long us) {
        assertThat(measured.points()).hasSize(24);
        for (Point point : measured.points()) {
            assertThat(pcpu0.minusTrue(CALL + point.ms() * MS) / US)
                    .as("%d ms after the start of the call", point.ms())
                    .isCloseTo(point.us(), within(us));
        }
    }

    /** Slowed to 18 %, then once more by the 0.11 s it is ahead of a counter that lost a second wrap: within 1 ms. */
    @Test
    void theAcpiTimerMakesTheClockSlowAndLosesAWrap() throws IOException {
        MeasuredClock measured = MeasuredClock.of("4.4.0", "warpacpi7");
        Pcpu0 pcpu0 = after(measured, ClockSource.ACPI, false, 209 * MS);

        compare(measured, pcpu0, 1_000);
        assertThat(pcpu0.time.damage(CALL + 30_000 * MS))
                .last()
                .satisfies(lost -> assertThat(lost.kind()).isEqualTo(Kind.LOST))
                .satisfies(lost -> assertThat(lost.ns()).isCloseTo(ClockSource.ACPI.wrapNs(), within(10L)));
    }

    /** 7 s behind, then 3.3 s ahead and back at half speed: within 20 ms, where the log's ms makes 5 ms at six times the speed. */
    @Test
    void theHpetMakesTheClockSlowAndThenOvershoot() throws IOException {
        MeasuredClock measured = MeasuredClock.of("4.4.0", "warphpet56");

        compare(measured, after(measured, HPET_OF_QEMU, false, 205 * MS), 20_000);
    }

    /** Back by a wrap with the call's end, forward with the next calibration, a second later: within the TSC's straying. */
    @Test
    void withAnInvariantTscTheClockStepsBackForASecond() throws IOException {
        MeasuredClock measured = MeasuredClock.of("4.4.0ct", "warpacpi7");

        compare(measured, after(measured, ClockSource.ACPI, true, 209 * MS), 50);
    }

    /** A call on pCPU 1, and one of 4.4.1, which serves softirqs between its slices, leave pCPU 0's timers alone. */
    @ParameterizedTest
    @CsvSource({"4.4.0,warpcpu1", "4.4.1,warpacpi7"})
    void aClockThatIsServedStaysTrue(String version, String boot) throws IOException {
        MeasuredClock measured = MeasuredClock.of(version, boot);
        Pcpu0 pcpu0 = Pcpu0.of(ClockSource.ACPI, false, CALL - 209 * MS, 0);

        compare(measured, pcpu0, 50);
        assertThat(pcpu0.time.damage(CALL + 30_000 * MS)).isEmpty();
    }
}
