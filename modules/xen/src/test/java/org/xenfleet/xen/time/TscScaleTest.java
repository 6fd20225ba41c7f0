package org.xenfleet.xen.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TscScaleTest {
    private static final long HALF = 1L << 31;
    private static final long SECOND = 1_000_000_000L;

    /**
     * 3 s of 4 s: halved to 1.5 and 2 to fit 31 bits, 0.75. 1 of 4: 4 is more than twice 1, so 1 of 2 shifted right by 1. 6 of
     * 1: 1, 2 and 4 are not more than 6, so 6 of 8 shifted left by 3.
     */
    @ParameterizedTest
    @CsvSource({
        "1000000000,1000000000,2147483648,1",
        "3000000000,4000000000,3221225472,0",
        "1,4,2147483648,-1",
        "6,1,3221225472,3"
    })
    void aScaleIsAFractionOfAtLeastOneHalfAndAShift(long systemTime, long tsc, long mulFrac, int shift) {
        assertThat(TscScale.of(systemTime, tsc)).isEqualTo(new TscScale(mulFrac, shift));
        assertThat(TscScale.of(systemTime, tsc).systemTime(1000 * tsc)).isEqualTo(1000 * systemTime);
    }

    @Test
    void theTrueScaleChangesNothing() {
        assertThat(TscScale.TRUE).isEqualTo(TscScale.of(SECOND, SECOND));
        assertThat(TscScale.TRUE.systemTime(1_234_567_890_123_457L)).isEqualTo(1_234_567_890_123_457L);
        assertThat(TscScale.TRUE.tscFor(1_234_567_890_123_457L)).isEqualTo(1_234_567_890_123_457L);
    }

    /** 1 s of 2 s halves, 3 s of 4 s makes three quarters. */
    @Test
    void aScaleThatIsSlowedGoesSlowerByThatMuch() {
        assertThat(TscScale.TRUE.slowed(SECOND, 2 * SECOND)).isEqualTo(new TscScale(HALF / 2, 1));
        assertThat(TscScale.of(3, 4).slowed(SECOND, 2 * SECOND).systemTime(8000))
                .isEqualTo(3000);
    }

    @Test
    void itIsExactHoweverLongTheTsc() {
        Random random = new Random(4);
        for (int i = 0; i < 10_000; i++) {
            TscScale scale = TscScale.of(1 + random.nextLong(100 * SECOND), 1_000 + random.nextLong(100 * SECOND));
            long tsc = random.nextLong(1L << random.nextInt(1, 44));
            BigInteger shifted = BigInteger.valueOf(tsc).shiftLeft(scale.shift());
            BigInteger exact =
                    shifted.multiply(BigInteger.valueOf(scale.mulFrac())).shiftRight(32);

            assertThat(scale.systemTime(tsc)).as("%s of %d", scale, tsc).isEqualTo(exact.longValueExact());
        }
    }

    @Test
    void tscForIsTheFirstThatReachesASystemTime() {
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            TscScale scale = TscScale.of(1_000 + random.nextLong(100 * SECOND), 1_000 + random.nextLong(100 * SECOND));
            long systemTime = 1 + random.nextLong(1L << random.nextInt(1, 40));
            long tsc = scale.tscFor(systemTime);

            assertThat(scale.systemTime(tsc)).as("%s at %d", scale, tsc).isGreaterThanOrEqualTo(systemTime);
            assertThat(scale.systemTime(tsc - 1)).as("%s before %d", scale, tsc).isLessThan(systemTime);
        }
        assertThat(TscScale.TRUE.tscFor(0)).isZero();
    }

    /** 10 s are halved three times to fit 31 bits; 4 ns of the TSC are then none. */
    @Test
    void aScaleThatXenCouldNotFindIsRefused() {
        assertThatThrownBy(() -> TscScale.of(10 * SECOND, 4))
                .hasMessage("no scale makes 10000000000 ns of 4 ns of the TSC");
        assertThatThrownBy(() -> TscScale.of(0, 4)).hasMessage("no scale makes 0 ns of 4 ns of the TSC");
        assertThatThrownBy(() -> new TscScale(0, 0)).hasMessage("a TSC scaled by 0 / 2^32 and shifted by 0");
        assertThatThrownBy(() -> new TscScale(1L << 32, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TscScale(1, 64)).isInstanceOf(IllegalArgumentException.class);
    }
}
