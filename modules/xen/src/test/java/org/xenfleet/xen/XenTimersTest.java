package org.xenfleet.xen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xenfleet.xen.XenTimers.Kind;
import org.xenfleet.xen.XenTimers.Timer;
import org.xenfleet.xen.sched.cases.Snapshot;

/** The timers of one pCPU; xen-semantics section 5, M4. */
class XenTimersTest {
    private final XenTimers timers = new XenTimers();

    @Test
    void withoutTimersTheEarliestDeadlineIsNever() {
        assertThat(timers.earliest()).isEqualTo(Long.MAX_VALUE);
        assertThat(timers.takeDue(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void dueTimersFireInTheOrderOfTheirDeadlines() {
        timers.set(Kind.SLICE, 0, 30);
        timers.set(Kind.TICK, 0, 10);
        timers.set(Kind.ACCOUNTING, 0, 20);
        assertThat(timers.earliest()).isEqualTo(10);

        assertThat(timers.takeDue(20)).containsExactly(new Timer(10, Kind.TICK, 0), new Timer(20, Kind.ACCOUNTING, 0));
        assertThat(timers.all()).containsExactly(new Timer(30, Kind.SLICE, 0));
    }

    @Test
    void equalDeadlinesFireInTheOrderInWhichTheyWereSet() {
        timers.set(Kind.VCPU, 7, 10);
        timers.set(Kind.TICK, 0, 10);
        timers.set(Kind.VCPU, 3, 10);

        assertThat(timers.takeDue(10)).extracting(Timer::id).containsExactly(7, 0, 3);
    }

    @Test
    void settingATimerAgainMovesIt() {
        timers.set(Kind.TICK, 0, 10);
        timers.set(Kind.TICK, 0, 40);

        assertThat(timers.takeDue(39)).isEmpty();
        assertThat(timers.takeDue(40)).hasSize(1);
    }

    @Test
    void timersOfTwoVcpusAreApart() {
        timers.set(Kind.VCPU, 1, 10);
        timers.set(Kind.VCPU, 2, 20);
        timers.stop(Kind.VCPU, 1);

        assertThat(timers.isSet(Kind.VCPU, 1)).isFalse();
        assertThat(timers.isSet(Kind.VCPU, 2)).isTrue();
        assertThat(timers.isSet(Kind.TICK, 2)).isFalse();
    }

    @Test
    void stoppingWhatIsNotSetDoesNothing() {
        timers.set(Kind.TICK, 0, 10);
        timers.stop(Kind.SLICE, 0);

        assertThat(timers.all()).hasSize(1);
    }

    /** Where M4 is left out, only the timers of vCPUs fire in the interrupt; those of the pCPU wait for its softirq. */
    @Test
    void timersOfSomeKindsFireAloneAndTheOthersStay() {
        Set<Kind> kinds = EnumSet.of(Kind.VCPU, Kind.DOMAIN_WATCHDOG);
        timers.set(Kind.TICK, 0, 10);
        timers.set(Kind.DOMAIN_WATCHDOG, 1, 25);
        timers.set(Kind.VCPU, 7, 20);
        timers.set(Kind.VCPU, 8, 31);

        assertThat(timers.takeDueOf(kinds, 19)).isEmpty();
        assertThat(timers.takeDueOf(kinds, 30))
                .containsExactly(new Timer(20, Kind.VCPU, 7), new Timer(25, Kind.DOMAIN_WATCHDOG, 1));
        assertThat(timers.all()).containsExactly(new Timer(10, Kind.TICK, 0), new Timer(31, Kind.VCPU, 8));
        assertThat(timers.takeDueOf(kinds, 31)).extracting(Timer::id).containsExactly(8);
        assertThat(timers.takeDueOf(EnumSet.noneOf(Kind.class), 100)).isEmpty();
    }

    @Test
    void theEarliestOfSomeKindsIsThatOfTheirs() {
        Set<Kind> kinds = EnumSet.of(Kind.VCPU, Kind.OVERFLOW);
        timers.set(Kind.TICK, 0, 10);
        assertThat(timers.earliestOf(kinds)).isEqualTo(Long.MAX_VALUE);
        timers.set(Kind.OVERFLOW, 0, 50);
        timers.set(Kind.VCPU, 7, 40);

        assertThat(timers.earliestOf(kinds)).isEqualTo(40);
        assertThat(timers.earliest()).isEqualTo(10);
    }

    @Test
    void restoredTimersAreTheSameInTheSameOrder() {
        timers.set(Kind.VCPU, 7, 40);
        timers.set(Kind.OVERFLOW, 0, 40);
        timers.set(Kind.TICK, 0, 10);
        XenTimers restored = new XenTimers();
        restored.set(Kind.SLICE, 0, 5);
        Snapshot snapshot = new Snapshot();
        timers.fields(snapshot);
        snapshot.rewind();
        restored.fields(snapshot);

        assertThat(snapshot.unread()).isZero();
        assertThat(restored.all()).isEqualTo(timers.all()).hasSize(3);
    }

    @Test
    void randomTimersMatchAStableSort() {
        long seed = 44;
        Random random = new Random(seed);
        List<Timer> naive = new ArrayList<>();
        for (int step = 0; step < 3000; step++) {
            int id = random.nextInt(20);
            long deadline = random.nextInt(50);
            naive.removeIf(t -> t.id() == id);
            if (random.nextInt(4) == 0) {
                timers.stop(Kind.VCPU, id);
            } else {
                timers.set(Kind.VCPU, id, deadline);
                naive.add(new Timer(deadline, Kind.VCPU, id));
            }
            naive.sort(Comparator.comparingLong(Timer::deadline));
            assertThat(timers.all()).as("seed %d, step %d", seed, step).isEqualTo(naive);
        }
    }
}
