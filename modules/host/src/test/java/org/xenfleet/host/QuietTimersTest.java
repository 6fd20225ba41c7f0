package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ticks every 1000 ns and slices every 3000 ns, each later by the delay with which timers fire. */
class QuietTimersTest {
    private static QuietTimers withDelay(long delay) {
        return new QuietTimers(2, 1000, 3000, delay);
    }

    /** The instants that pass. */
    private static List<Long> catchUp(QuietTimers timers, int cpu, long now) {
        List<Long> passed = new ArrayList<>();
        timers.catchUp(cpu, now, passed::add, passed::add);
        return passed;
    }

    @Test
    void quietTicksPassUpToNow() {
        QuietTimers timers = withDelay(0);
        timers.tick(0, 1000, true);

        assertThat(catchUp(timers, 0, 3500)).containsExactly(1000L, 2000L, 3000L);
        assertThat(timers.tickDue(0)).isEqualTo(4000);
    }

    @Test
    void aTickThatIsDueNowHasPassed() {
        QuietTimers timers = withDelay(0);
        timers.tick(0, 1000, true);

        assertThat(catchUp(timers, 0, 999)).isEmpty();
        assertThat(catchUp(timers, 0, 1000)).containsExactly(1000L);
        assertThat(catchUp(timers, 0, 1000)).isEmpty();
    }

    @Test
    void whatIsNotQuietStays() {
        QuietTimers timers = withDelay(0);
        timers.tick(0, 1000, false);
        timers.slice(0, 3000, false);

        assertThat(catchUp(timers, 0, 9000)).isEmpty();
        assertThat(timers.tickDue(0)).isEqualTo(1000);
        assertThat(timers.sliceDue(0)).isEqualTo(3000);
    }

    @Test
    void ticksAndSlicesPassInTheOrderOfTime() {
        QuietTimers timers = withDelay(0);
        timers.tick(0, 500, true);
        timers.slice(0, 3000, true);

        assertThat(catchUp(timers, 0, 3400)).containsExactly(500L, 1500L, 2500L, 3000L);
        assertThat(catchUp(timers, 0, 3600)).containsExactly(3500L);
    }

    @Test
    void ticksAndSlicesAreToldApart() {
        QuietTimers timers = withDelay(0);
        timers.tick(0, 500, true);
        timers.slice(0, 1000, true);
        List<Long> ticks = new ArrayList<>();
        List<Long> sliceEnds = new ArrayList<>();
        timers.catchUp(0, 1600, ticks::add, sliceEnds::add);

        assertThat(ticks).containsExactly(500L, 1500L);
        assertThat(sliceEnds).containsExactly(1000L);
    }

    /** So that it never meets an accounting, as {@link CpuPool} does with the slices that are real. */
    @Test
    void theNextSliceEndsLaterByThePcpusNumberAndOne() {
        QuietTimers timers = withDelay(0);
        timers.slice(0, 3000, true);
        timers.slice(1, 3000, true);
        catchUp(timers, 0, 3000);
        catchUp(timers, 1, 3000);

        assertThat(timers.sliceDue(0)).isEqualTo(6001);
        assertThat(timers.sliceDue(1)).isEqualTo(6002);
    }

    /** Due at 1000, fires at 1005, set again for 2005, fires at 2010. */
    @Test
    void everyTickIsLaterByTheDelay() {
        QuietTimers timers = withDelay(5);
        timers.tick(0, 1000, true);

        assertThat(catchUp(timers, 0, 2009)).containsExactly(1005L);
        assertThat(timers.tickDue(0)).isEqualTo(2005);
        assertThat(catchUp(timers, 0, 2010)).containsExactly(2010L);
        assertThat(timers.tickDue(0)).isEqualTo(3010);
    }

    @Test
    void pcpusAreApart() {
        QuietTimers timers = withDelay(0);
        timers.tick(0, 1000, true);
        timers.tick(1, 1500, true);
        catchUp(timers, 0, 2000);

        assertThat(timers.tickDue(0)).isEqualTo(3000);
        assertThat(timers.tickDue(1)).isEqualTo(1500);
        assertThat(timers.isTickQuiet(1)).isTrue();
        assertThat(timers.isSliceQuiet(1)).isFalse();
    }
}
