package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xenfleet.host.HoldLog.Hold;
import org.xenfleet.host.HoldLog.What;

/** What held pCPU 5 for 100 ns or longer. */
class HoldLogTest {
    private final HoldLog log = new HoldLog(5, 100);

    @Test
    void onlyWhatLastsLongEnoughIsKept() {
        log.add(1_000, 1_099, What.CALL, 1, 2, 3, -1);
        assertThat(log.all()).isEmpty();
        log.add(1_000, 1_100, What.P2M_LOCK, 1, 2, 3, 4);

        assertThat(log.all()).containsExactly(new Hold(5, 1_000, 1_100, What.P2M_LOCK, 1, 2, 3, 4));
    }

    @Test
    void theFirst256AreKept() {
        for (int i = 0; i < 300; i++) {
            log.add(i * 1_000L, i * 1_000L + 500, What.CALL, i, 0, 0, -1);
        }

        assertThat(log.all()).hasSize(256);
        assertThat(log.all().get(255).vcpu()).isEqualTo(255);
    }

    @Test
    void aRestoredLogHoldsTheSame() {
        log.add(0, 200, What.CALL, 1, 2, 3, -1);
        log.add(300, 900, What.STOPPED, -1, -1, -1, 7);
        HoldLog restored = new HoldLog(5, 100);
        restored.add(0, 5_000, What.DOMCTL, 9, 9, 9, 9);
        restored.add(0, 5_000, What.DOMCTL, 9, 9, 9, 9);
        restored.add(0, 5_000, What.DOMCTL, 9, 9, 9, 9);
        NotedFields noted = new NotedFields();
        log.fields(noted);
        restored.fields(noted.rewind());

        assertThat(noted.isEmpty()).isTrue();
        assertThat(restored.all()).isEqualTo(log.all()).hasSize(2);
    }

    @Test
    void aRestoredLogMayBeEmpty() {
        HoldLog restored = new HoldLog(5, 100);
        restored.add(0, 5_000, What.DOMCTL, 9, 9, 9, 9);
        NotedFields noted = new NotedFields();
        log.fields(noted);
        restored.fields(noted.rewind());

        assertThat(restored.all()).isEmpty();
        restored.add(0, 100, What.CALL, 1, 2, 3, -1);
        assertThat(restored.all()).hasSize(1);
    }
}
