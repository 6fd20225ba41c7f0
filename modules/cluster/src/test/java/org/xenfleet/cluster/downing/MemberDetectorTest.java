package org.xenfleet.cluster.downing;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;

/** Silence of more than 1 s is too long; it is looked every 100 ms. */
class MemberDetectorTest {
    private long nowMillis = 5000;

    private final MemberDetector detector = new MemberDetector(
            ConfigFactory.parseString(
                    "heartbeat-interval = 300ms, acceptable-heartbeat-pause = 700ms, polled-every = 100ms"),
            () -> nowMillis * 1_000_000);

    @Test
    void shouldNotMissWhomItNeverHeard() {
        lookUntil(9000);

        assertThat(detector.isMonitoring()).isFalse();
        assertThat(detector.isAvailable()).isTrue();
    }

    @Test
    void shouldMissWhoIsSilentForTooLong() {
        detector.heartbeat();
        lookUntil(6000);
        assertThat(detector.isAvailable()).isTrue();

        lookUntil(6100);
        assertThat(detector.isAvailable()).isFalse();
    }

    @Test
    void shouldFindWhoIsHeardAgain() {
        detector.heartbeat();
        lookUntil(9000);
        assertThat(detector.isAvailable()).isFalse();

        detector.heartbeat();
        assertThat(detector.isAvailable()).isTrue();
    }

    @Test
    void shouldNotCountTimeInWhichItDidNotLookItself() {
        detector.heartbeat();
        lookUntil(5500);

        nowMillis = 15_500; // 10 s, of which it should have looked every 100 ms, so 9.9 s do not count
        assertThat(detector.isAvailable()).isTrue();
        lookUntil(15_900);
        assertThat(detector.isAvailable()).isTrue();
        lookUntil(16_000);
        assertThat(detector.isAvailable()).isFalse();
    }

    @Test
    void shouldCountLooksThatAreABitLate() {
        detector.heartbeat();
        while (nowMillis < 6000) {
            nowMillis += 200;
            assertThat(detector.isAvailable()).isTrue();
        }

        nowMillis += 200;
        assertThat(detector.isAvailable()).isFalse();
    }

    private void lookUntil(long end) {
        while (nowMillis < end) {
            nowMillis += 100;
            detector.isAvailable();
        }
    }
}
