package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Ticks every 1000 ns and slices every 3000 ns, each later by the slop with which timers fire. */
class QuietTimersTest {
    private static QuietTimers withSlop(long slop) {
        return new QuietTimers(2, 1000, 3000, slop);
    }

    @Test
    void quietTicksPassUpToNow() {
        QuietTimers timers = withSlop(0);
        timers.tick(0, 1000, true);

        assertThat(timers.catchUp(0, 3500)).isEqualTo(3000);
        assertThat(timers.tickDue(0)).isEqualTo(4000);
    }

    @Test
    void aTickThatIsDueNowHasPassed() {
        QuietTimers timers = withSlop(0);
        timers.tick(0, 1000, true);

        assertThat(timers.catchUp(0, 999)).isEqualTo(-1);
        assertThat(timers.catchUp(0, 1000)).isEqualTo(1000);
        assertThat(timers.catchUp(0, 1000)).isEqualTo(-1);
    }

    @Test
    void whatIsNotQuietStays() {
        QuietTimers timers = withSlop(0);
        timers.tick(0, 1000, false);
        timers.slice(0, 3000, false);

        assertThat(timers.catchUp(0, 9000)).isEqualTo(-1);
        assertThat(timers.tickDue(0)).isEqualTo(1000);
        assertThat(timers.sliceDue(0)).isEqualTo(3000);
    }

    /** Ticks at 500, 1500, 2500; slices at 3000: the last instant by 3400 is the slice's. */
    @Test
    void theLaterOfTickAndSliceIsReturned() {
        QuietTimers timers = withSlop(0);
        timers.tick(0, 500, true);
        timers.slice(0, 3000, true);

        assertThat(timers.catchUp(0, 3400)).isEqualTo(3000);
        assertThat(timers.catchUp(0, 3600)).isEqualTo(3500);
    }

    /** So that it never meets an accounting, as {@link CpuPool} does with the slices that are real. */
    @Test
    void theNextSliceEndsLaterByThePcpusNumberAndOne() {
        QuietTimers timers = withSlop(0);
        timers.slice(0, 3000, true);
        timers.slice(1, 3000, true);
        timers.catchUp(0, 3000);
        timers.catchUp(1, 3000);

        assertThat(timers.sliceDue(0)).isEqualTo(6001);
        assertThat(timers.sliceDue(1)).isEqualTo(6002);
    }

    /** Due at 1000, fires at 1005, set again for 2005, fires at 2010. */
    @Test
    void everyTickIsLaterByTheSlop() {
        QuietTimers timers = withSlop(5);
        timers.tick(0, 1000, true);

        assertThat(timers.catchUp(0, 2009)).isEqualTo(1005);
        assertThat(timers.tickDue(0)).isEqualTo(2005);
        assertThat(timers.catchUp(0, 2010)).isEqualTo(2010);
        assertThat(timers.tickDue(0)).isEqualTo(3010);
    }

    @Test
    void pcpusAreApart() {
        QuietTimers timers = withSlop(0);
        timers.tick(0, 1000, true);
        timers.tick(1, 1500, true);
        timers.catchUp(0, 2000);

        assertThat(timers.tickDue(0)).isEqualTo(3000);
        assertThat(timers.tickDue(1)).isEqualTo(1500);
        assertThat(timers.isTickQuiet(1)).isTrue();
        assertThat(timers.isSliceQuiet(1)).isFalse();
    }
}
