package org.xenfleet.bench.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xenfleet.bench.measure.Rate;

class LoopTest {
    /** Calls at 0, 30, ... 990 ms and at 15, 45, ... 975 ms: 34 and 33 in the first second, on each of 4 islands. */
    private static final LoopShape SHAPE = new LoopShape(4, 2, 1);

    @Test
    void callsCanBeCounted() {
        assertThat(SHAPE.calls()).isEqualTo(4 * (34 + 33));
    }

    @Test
    void bothLoopsMakeTheSameCallsOnOneThreadAndOnTwo() {
        assertThat(Loops.bare(SHAPE, 1, false)).extracting(Rate::count).isEqualTo(268.0);
        assertThat(Loops.bare(SHAPE, 1, true)).extracting(Rate::count).isEqualTo(268.0);
        assertThat(Loops.islands(SHAPE, 1)).extracting(Rate::count).isEqualTo(268.0);
        assertThat(Loops.bare(SHAPE, 2, false)).extracting(Rate::count).isEqualTo(268.0);
        assertThat(Loops.islands(SHAPE, 2)).extracting(Rate::count).isEqualTo(268.0);
    }
}
