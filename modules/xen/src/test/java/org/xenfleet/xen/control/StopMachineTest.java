package org.xenfleet.xen.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.xenfleet.xen.sched.cases.Snapshot;

/** pCPU 0 stops 1, 2 and 3; xen-semantics section 5, M13 and M20. */
class StopMachineTest {
    private static final int CPUS = 4;

    private final StopMachine stop = new StopMachine();

    private static BitSet others() {
        BitSet others = new BitSet();
        others.set(1, CPUS);
        return others;
    }

    @Test
    void itIsOverWithTheLastWhoArrives() {
        stop.begin(0, others());

        assertThat(stop.arrives(2)).isFalse();
        assertThat(stop.arrives(1)).isFalse();
        assertThat(stop.arrives(3)).isTrue();
        assertThat(stop.arrived().stream()).containsExactly(1, 2, 3);
        assertThat(stop.initiator()).isZero();
    }

    /** The first who is missing while somebody is, then the last who came. */
    @Test
    void itSaysForWhomAllOthersStandStill() {
        stop.begin(0, others());
        assertThat(stop.waitsFor()).isEqualTo(1);
        stop.arrives(1);
        assertThat(stop.waitsFor()).isEqualTo(2);
        stop.arrives(3);
        assertThat(stop.waitsFor()).isEqualTo(2);
        stop.arrives(2);
        assertThat(stop.waitsFor()).isEqualTo(2);
    }

    @Test
    void itExpectsEachOfTheOthersOnce() {
        stop.begin(0, others());

        assertThat(stop.expects(0)).isFalse();
        assertThat(stop.expects(2)).isTrue();
        stop.arrives(2);
        assertThat(stop.expects(2)).isFalse();
    }

    @Test
    void onlyOneAtATime() {
        assertThat(stop.isGoingOn()).isFalse();
        stop.begin(0, others());

        assertThat(stop.isGoingOn()).isTrue();
        assertThatThrownBy(() -> stop.begin(3, others()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("pCPU 0 is stopping the machine already");
    }

    /** A livepatch gives up while 3 is missing. */
    @Test
    void afterTheEndNobodyIsHeldOrExpected() {
        stop.begin(0, others());
        stop.arrives(1);
        stop.arrives(2);
        stop.end();

        assertThat(stop.isGoingOn()).isFalse();
        assertThat(stop.arrived().isEmpty()).isTrue();
        assertThat(stop.expects(3)).isFalse();
        stop.begin(3, new BitSet());
        assertThat(stop.initiator()).isEqualTo(3);
        assertThat(stop.waitsFor()).isEqualTo(-1);
    }

    @Test
    void aRestoredOneGoesOnAsBefore() {
        stop.begin(0, others());
        stop.arrives(3);
        StopMachine restored = new StopMachine();
        restored.begin(1, others());
        restored.arrives(1);
        Snapshot snapshot = new Snapshot();
        stop.fields(snapshot, CPUS);
        snapshot.rewind();
        restored.fields(snapshot, CPUS);

        assertThat(snapshot.unread()).isZero();
        assertThat(restored.initiator()).isZero();
        assertThat(restored.arrived().stream()).containsExactly(3);
        assertThat(restored.waitsFor()).isEqualTo(1);
        assertThat(restored.arrives(1)).isFalse();
        assertThat(restored.arrives(2)).isTrue();
        assertThat(restored.waitsFor()).isEqualTo(2);
    }
}
