package org.xenfleet.xen.sched;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.xen.sched.VcpuTimes.Why;

/** Waits, lateness and standstills as the design's section 6 defines them. */
class VcpuTimesTest {
    private static final long NONE = -1;

    private final List<String> heard = new ArrayList<>();
    private final VcpuTimes times = new VcpuTimes(new Noting(), 50);

    @BeforeEach
    void addOneVcpu() {
        times.add();
    }

    @Test
    void aNewVcpuIsOffline() {
        assertThat(times.state(0)).isEqualTo(Runstate.OFFLINE);
    }

    @Test
    void aWaitLastsFromRunnableToRunning() {
        times.runnable(0, 100, NONE);
        times.running(0, 3, 140, 142);

        assertThat(times.longestWait(0)).isEqualTo(40);
        assertThat(heard).containsExactly("waited 3 100-140");
    }

    @Test
    void latenessLastsFromTheDueInstantToTheFirstInstruction() {
        times.runnable(0, 100, 90);
        times.running(0, 0, 100, 104);

        assertThat(times.longestLate(0)).isEqualTo(14);
        assertThat(times.longestWait(0)).isZero();
        assertThat(heard).containsExactly("late 0 90-104");
    }

    @Test
    void ofTwoEventsTheFirstCounts() {
        times.runnable(0, 100, 90);
        times.runnable(0, 110, 105);
        times.running(0, 0, 120, 120);

        assertThat(times.longestLate(0)).isEqualTo(30);
    }

    @Test
    void runningTimeAddsUp() {
        times.runnable(0, 0, NONE);
        times.running(0, 0, 0, 0);
        times.stopped(0, 0, 30, Runstate.RUNNABLE);
        times.running(0, 1, 40, 40);
        times.stopped(0, 1, 45, Runstate.BLOCKED);

        assertThat(times.ranNs(0)).isEqualTo(35);
        assertThat(times.longestWait(0)).isEqualTo(10);
        assertThat(heard).containsExactly("ran 0 0-30", "waited 1 30-40", "ran 1 40-45");
    }

    @Test
    void onlyStandstillsAboveTheThresholdAreKept() {
        times.spun(0, 3, 0, 50);
        times.spun(0, 3, 100, 151);

        assertThat(times.standstills(0)).containsExactly(new VcpuTimes.Standstill(100, 151, Why.SPINNING, 3));
    }

    @Test
    void aStandstillBeginsWhenTheTimerWasDue() {
        times.runnable(0, 100, 20);
        times.blame(0, 1, 2);
        times.running(0, 0, 100, 101);

        assertThat(times.standstills(0)).containsExactly(new VcpuTimes.Standstill(20, 101, Why.LATE, 2));
    }

    @Test
    void theEndOfTheRunClosesAWait() {
        times.runnable(0, 100, 90);
        times.blame(0, 1, 2);
        times.finish(0, 2, 200);

        assertThat(times.longestWait(0)).isEqualTo(100);
        assertThat(times.longestLate(0)).isEqualTo(110);
        assertThat(times.standstills(0)).containsExactly(new VcpuTimes.Standstill(90, 200, Why.QUEUED, 1));
    }

    @Test
    void aTimerThatWasNeverServedIsOverdueAtTheEnd() {
        times.runnable(0, 0, NONE);
        times.running(0, 0, 0, 0);
        times.stopped(0, 0, 10, Runstate.BLOCKED);
        times.overdue(0, 4, 100, 400);

        assertThat(times.longestLate(0)).isEqualTo(300);
        assertThat(times.standstills(0)).containsExactly(new VcpuTimes.Standstill(100, 400, Why.LATE, 4));
    }

    @Test
    void aWaitEndsWhenTheVcpuIsParked() {
        times.runnable(0, 100, NONE);
        times.offline(0, 2, 110);
        times.runnable(0, 500, NONE);
        times.running(0, 0, 505, 505);

        assertThat(times.longestWait(0)).isEqualTo(10);
        assertThat(heard).containsExactly("waited 2 100-110", "waited 0 500-505");
    }

    @Test
    void aStandstillIsMeasuredFromItsOwnBeginning() {
        times.spun(0, 3, 1000, 1050);

        assertThat(times.standstills(0)).isEmpty();
    }

    @Test
    void whatIsOpenAtTheEndIsHeardAndOver() {
        times.runnable(0, 100, 90);
        times.finish(0, 2, 200);
        times.finish(0, 2, 300);

        assertThat(heard).containsExactly("waited 2 100-200", "late 2 90-200");
        assertThat(times.state(0)).isEqualTo(Runstate.OFFLINE);
        assertThat(times.since(0)).isEqualTo(200);
    }

    @Test
    void aWaitThatEndsInAPauseMayBeAStandstill() {
        times.runnable(0, 100, NONE);
        times.offline(0, 0, 200);

        assertThat(times.standstills(0)).containsExactly(new VcpuTimes.Standstill(100, 200, Why.QUEUED, 0));
        assertThat(times.state(0)).isEqualTo(Runstate.OFFLINE);
    }

    @Test
    void aTimerThatIsDueWhenTheRunEndsIsNotOverdue() {
        times.runnable(0, 0, NONE);
        times.running(0, 0, 0, 0);
        times.stopped(0, 0, 10, Runstate.BLOCKED);
        times.overdue(0, 0, 400, 400);
        assertThat(heard).containsExactly("ran 0 0-10");
        times.overdue(0, 3, 399, 400);

        assertThat(heard).containsExactly("ran 0 0-10", "late 3 399-400");
    }

    /** Due at 20 on pCPU 2, queued on pCPU 1 at 100: until 170 it was late for longer, until 200 it was queued for longer. */
    @ParameterizedTest
    @CsvSource({"170, LATE, 2", "180, LATE, 2", "181, QUEUED, 1", "200, QUEUED, 1"})
    void theLongerPartOfAStandstillSaysWhoIsToBlame(long until, Why why, int cpu) {
        times.runnable(0, 100, 20);
        times.blame(0, 1, 2);
        times.running(0, 0, until, until);

        assertThat(times.standstills(0)).containsExactly(new VcpuTimes.Standstill(20, until, why, cpu));
    }

    /** It was blamed on 1 and 2 before it ran; what takes it off pCPU 3 leaves it queued there. */
    @Test
    void whoIsTakenOffItsPcpuIsQueuedThere() {
        times.runnable(0, 0, NONE);
        times.blame(0, 1, 2);
        times.running(0, 3, 0, 0);
        times.stopped(0, 3, 10, Runstate.RUNNABLE);
        times.running(0, 0, 100, 100);

        assertThat(times.standstills(0)).containsExactly(new VcpuTimes.Standstill(10, 100, Why.QUEUED, 3));
    }

    @Test
    void aWaitForIoIsLatenessWhereItWasServed() {
        times.waitedForIo(0, 3, 0, 50);
        times.waitedForIo(0, -1, 100, 170);

        assertThat(times.longestLate(0)).isEqualTo(70);
        assertThat(times.standstills(0)).containsExactly(new VcpuTimes.Standstill(100, 170, Why.IO, -1));
    }

    private final class Noting implements VcpuTimes.Listener {
        @Override
        public void ran(int vcpu, int cpu, long start, long end) {
            heard.add("ran " + cpu + " " + start + "-" + end);
        }

        @Override
        public void waited(int vcpu, int cpu, long start, long end) {
            heard.add("waited " + cpu + " " + start + "-" + end);
        }

        @Override
        public void late(int vcpu, int cpu, long due, long firstInstruction) {
            heard.add("late " + cpu + " " + due + "-" + firstInstruction);
        }
    }
}
