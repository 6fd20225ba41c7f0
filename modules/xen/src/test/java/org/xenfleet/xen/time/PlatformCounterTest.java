package org.xenfleet.xen.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A counter that begins again after 100 ns and read 1000 when the handler ran at 1000. */
class PlatformCounterTest {
    private final PlatformCounter counter = new PlatformCounter(100, 1000);

    @Test
    void itIsRightUntilAWholeWrapIsMissed() {
        assertThat(counter.read(1000)).isEqualTo(1000);
        assertThat(counter.read(1099)).isEqualTo(1099);
        assertThat(counter.read(1100)).isEqualTo(1000);
        assertThat(counter.read(1234)).isEqualTo(1034);
    }

    /** At 1234 it reads 1034; 1134 and 1234 are each nearer to a true system time, 1334 is not. */
    @Test
    void theHandlerAddsTheWrapsThatBringItNearerToTheSystemTime() {
        assertThat(counter.repair(1234, 1234)).isEqualTo(2);
        assertThat(counter.read(1234)).isEqualTo(1234);
        assertThat(counter.read(1300)).isEqualTo(1300);
    }

    /** 1034 is 49 short of 1083, 1134 is 51 beyond; of 1084 both are 50 away, and Xen takes the later. */
    @Test
    void aSystemTimeThatIsBehindByMoreThanHalfAWrapHidesIt() {
        assertThat(counter.repair(1134, 1083)).isZero();
        assertThat(counter.read(1134)).isEqualTo(1034);

        PlatformCounter other = new PlatformCounter(100, 1000);
        assertThat(other.repair(1134, 1084)).isEqualTo(1);
    }

    /** 12 wraps missed: 10 are repaired, 2 are not. */
    @Test
    void theHandlerAddsTenAtMost() {
        assertThat(counter.repair(2234, 2234)).isEqualTo(10);
        assertThat(counter.read(2234)).isEqualTo(2034);
        assertThat(counter.misses(2234)).isTrue();
        assertThat(counter.misses(2083)).isFalse();
    }
}
