package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xenfleet.host.CpuTimes.Mode;

/** The books of one pCPU: five kinds of time that add up, and stalls. */
class CpuTimesTest {
    private final Recorder seen = new Recorder();
    private final CpuTimes times = new CpuTimes(2, seen);

    private long sum() {
        long sum = 0;
        for (Mode mode : Mode.values()) {
            sum += times.total(mode);
        }
        return sum;
    }

    @Test
    void timeIsBookedOnWhatThePcpuWasBusyWith() {
        times.enter(Mode.XEN, 10);
        times.enter(Mode.GUEST, 15);
        times.enter(Mode.HYPERCALL, 40);
        times.enter(Mode.SPIN, 60);
        times.finish(100);

        assertThat(times.total(Mode.IDLE)).isEqualTo(10);
        assertThat(times.total(Mode.XEN)).isEqualTo(5);
        assertThat(times.total(Mode.GUEST)).isEqualTo(25);
        assertThat(times.total(Mode.HYPERCALL)).isEqualTo(20);
        assertThat(times.total(Mode.SPIN)).isEqualTo(40);
    }

    /** Xen would be busy from 90 to 110; of that 10 are within the run, and all five times add up to 100. */
    @Test
    void whatWasEnteredAheadOfTheEndIsTakenBack() {
        times.enter(Mode.XEN, 90);
        times.enter(Mode.GUEST, 110);
        times.finish(100);

        assertThat(times.total(Mode.XEN)).isEqualTo(10);
        assertThat(times.total(Mode.GUEST)).isZero();
        assertThat(sum()).isEqualTo(100);
    }

    @Test
    void aStallLastsFromTheFirstPendingSoftirqUntilOneIsServed() {
        times.stall(10);
        times.stall(20);
        times.serve(50);
        times.serve(60);

        assertThat(times.longestStall()).isEqualTo(40);
        assertThat(seen.stalls).hasSize(1);
        assertThat(seen.stalls.get(0).length()).isEqualTo(40);
        assertThat(seen.stalls.get(0).cpu()).isEqualTo(2);
    }

    @Test
    void aSoftirqServedAtOnceIsNoStall() {
        times.stall(10);
        times.serve(10);

        assertThat(seen.stalls).isEmpty();
        assertThat(times.longestStall()).isZero();
    }

    @Test
    void theEndOfTheRunEndsAStall() {
        times.stall(10);
        times.finish(100);

        assertThat(times.longestStall()).isEqualTo(90);
    }

    @Test
    void stallsOfATenthOfASecondAreRemembered() {
        times.stall(0);
        times.serve(99_999_999);
        assertThat(times.notableStalls()).isEmpty();
        times.stall(200_000_000);
        times.serve(300_000_000);

        assertThat(times.notableStalls()).containsExactly(new CpuTimes.Stall(200_000_000, 300_000_000));
    }
}
