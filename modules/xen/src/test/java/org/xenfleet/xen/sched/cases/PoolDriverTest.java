package org.xenfleet.xen.sched.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xenfleet.xen.sched.cases.Outcome.Span;
import org.xenfleet.xen.sched.cases.PoolDriver.Manner;

/** What the driver adds to the scheduler: demands, when timers come, and how long a poke takes. */
class PoolDriverTest {
    private static final long MS = 1_000_000L;

    private static List<Span> runs(String scene) {
        return new PoolDriver(SceneParser.parse(scene).get(0), Manner.EVERY_TIMER)
                .run()
                .runs();
    }

    @Test
    void aSleeperWakesOnItsGridAndRunsForItsBurst() {
        assertThat(runs("any [0] a:2ms/10ms+3ms | from=0 to=30ms"))
                .containsExactly(
                        new Span(0, 0, 3 * MS, 5 * MS, 0),
                        new Span(0, 0, 13 * MS, 15 * MS, 0),
                        new Span(0, 0, 23 * MS, 25 * MS, 0));
    }

    /** 25 ms of work in a grid of 10 ms: done at 25, it wakes at 30. */
    @Test
    void aSleeperThatIsLateWakesAtTheNextInstantOfItsGrid() {
        assertThat(runs("any [0] a:25ms/10ms | from=0 to=60ms"))
                .containsExactly(new Span(0, 0, 0, 25 * MS, 0), new Span(0, 0, 30 * MS, 55 * MS, 0));
    }

    @Test
    void workThatIsFinishedAtAnInstantOfTheGridWaitsForTheNext() {
        assertThat(Demand.SPIN.sleeps()).isFalse();
        assertThat(new Demand(1, 10).nextWake(3, 12)).isEqualTo(13);
        assertThat(new Demand(1, 10).nextWake(3, 13)).isEqualTo(23);
    }

    /** pCPU n's slices last n + 1 ns longer; the second spinner waited for one. */
    @Test
    void sliceAndWaitAreOfTheRunThatFollows() {
        assertThat(runs("any [. 1] a:spin b:spin | from=0 to=50ms"))
                .containsExactly(new Span(0, 1, 0, 30 * MS + 2, 0), new Span(1, 1, 30 * MS + 2, 50 * MS, 30 * MS + 2));
    }

    @Test
    void aPokeTakesItsTime() {
        assertThat(runs("any [0] a:2ms/10ms+3ms | latency=100us from=0 to=13ms"))
                .containsExactly(new Span(0, 0, 3 * MS + 100_000, 5 * MS + 100_000, 0 + 100_000));
    }

    /** Unboosted by the tick at 20 ms, not before, so that the sleeper that comes at 19 ms waits for the slice. */
    @Test
    void theFirstTickAfterIdleIsOnTheGrid() {
        String scene = "any [0] a:spin+13ms b:1ms/1s+%s | from=0 to=100ms";

        assertThat(runs(scene.formatted("19ms")).get(0)).isEqualTo(new Span(0, 0, 13 * MS, 43 * MS + 1, 0));
        assertThat(runs(scene.formatted("21ms")).get(0)).isEqualTo(new Span(0, 0, 13 * MS, 21 * MS, 0));
    }

    @Test
    void theRunsAreTheSameEveryTime() {
        String scene = "4.17 [(0 1) (2 3)] 5a:spin b:3ms/7ms y:yield2ms | to=500ms from=0";

        assertThat(runs(scene)).isEqualTo(runs(scene)).hasSizeGreaterThan(100);
    }
}
