package org.xenfleet.xen.sched;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xenfleet.xen.sched.cases.Snapshot;

/**
 * vCPUs that others move: to another affinity, off a pCPU that goes out of use, off one that is tied; xen-semantics sections
 * 4.1 and 5 (M2, M3, M13). Instants in ms.
 */
class CreditMovesTest {
    private static final long MS = TestPool.MS;

    private static BitSet only(int... cpus) {
        BitSet mask = new BitSet();
        IntStream.of(cpus).forEach(mask::set);
        return mask;
    }

    private static BitSet all(int cpus) {
        return TestPool.cpus(0, cpus);
    }

    @Test
    void aRunningVcpuThatMayNotStayLeavesWhenItsPcpuSchedules() {
        TestPool pool = TestPool.of(2);
        int a = pool.vcpu(0);
        pool.run(a, 0, 0);

        pool.scheduler.setAffinity(a, only(1), 0);
        assertThat(pool.pokes()).containsExactly(0);
        assertThat(pool.scheduler.current(0)).as("nobody waits for it").isEqualTo(a);
        assertThat(pool.schedule(0, 5)).isEqualTo(TestPool.IDLE);
        assertThat(pool.scheduler.processor(a)).isEqualTo(1);
        assertThat(pool.pokes()).containsExactly(1);
        assertThat(pool.schedule(1, 5)).isEqualTo(a);
    }

    @Test
    void aRunningVcpuThatMayStayStays() {
        TestPool pool = TestPool.of(2);
        int a = pool.vcpu(0);
        pool.run(a, 0, 0);

        pool.scheduler.setAffinity(a, only(0), 0);
        assertThat(pool.scheduler.hasPokes()).isFalse();
        assertThat(pool.scheduler.processor(a)).isZero();
    }

    /** xl vcpu-pin takes a queued vCPU away from a tied pCPU at once. */
    @Test
    void aQueuedVcpuChangesItsQueueAtOnce() {
        TestPool pool = TestPool.of(2);
        int tied = pool.pinned(0);
        pool.run(tied, 0, 0);
        int queued = pool.pinned(0);
        pool.wake(queued, 1);
        pool.pokes();
        assertThat(pool.scheduler.queueLength(0)).isEqualTo(1);

        pool.scheduler.setAffinity(queued, all(2), 0);
        assertThat(pool.scheduler.queueLength(0)).as("it may stay").isEqualTo(1);
        pool.scheduler.setAffinity(queued, only(1), 0);

        assertThat(pool.scheduler.queueLength(0)).isZero();
        assertThat(pool.scheduler.queueLength(1)).isEqualTo(1);
        assertThat(pool.scheduler.processor(queued)).isEqualTo(1);
        assertThat(pool.pokes()).containsExactly(1);
        assertThat(pool.schedule(1, 2)).isEqualTo(queued);
    }

    /** An affinity change is a move and no event. */
    @Test
    void aQueuedVcpuIsNotBoostedByItsMove() {
        TestPool pool = TestPool.of(2);
        pool.run(pool.pinned(0), 0, 0);
        int preempted = pool.pinned(0);
        pool.run(preempted, 0, 1);
        pool.tick(0, 10);
        pool.schedule(0, 40);
        assertThat(pool.scheduler.queueLength(0)).isEqualTo(1);
        assertThat(pool.scheduler.priority(preempted)).isEqualTo(Priority.UNDER);

        pool.scheduler.setAffinity(preempted, only(1), 0);
        assertThat(pool.scheduler.processor(preempted)).isEqualTo(1);
        assertThat(pool.scheduler.priority(preempted)).isEqualTo(Priority.UNDER);
    }

    @Test
    void aBlockedVcpuWakesOnItsNewPcpu() {
        TestPool pool = TestPool.of(2);
        int a = pool.vcpu(0);
        pool.scheduler.setAffinity(a, only(1), 0);

        assertThat(pool.scheduler.hasPokes()).isFalse();
        assertThat(pool.scheduler.queueLength(1)).isZero();
        pool.wake(a, 3);
        assertThat(pool.scheduler.queueLength(1)).isEqualTo(1);
        assertThat(pool.schedule(1, 3)).isEqualTo(a);
    }

    /** The mask that was given may be changed afterwards. */
    @Test
    void theAffinityIsACopy() {
        TestPool pool = TestPool.of(2);
        int a = pool.vcpu(0);
        BitSet mask = only(1);
        pool.scheduler.setAffinity(a, mask, 0);
        mask.set(0);
        pool.run(pool.pinned(1), 1, 0);
        pool.wake(a, 1);

        assertThat(pool.schedule(0, 2)).as("it may not run on pCPU 0").isEqualTo(TestPool.IDLE);
    }

    /** Of four, 3 goes: who is queued there, blocked there and pinned there are elsewhere then. */
    @Test
    void aPcpuThatGoesOutOfUseKeepsNobody() {
        TestPool pool = TestPool.of(4);
        int runs = pool.pinned(3);
        int queued = pool.vcpu(3);
        int blocked = pool.vcpu(3);
        int pinned = pool.pinned(3);
        pool.run(runs, 3, 0);
        for (int cpu = 0; cpu < 3; cpu++) {
            pool.run(pool.pinned(cpu), cpu, 0);
        }
        pool.wake(queued, 1);
        pool.wake(pinned, 1);
        pool.scheduler.block(runs);
        pool.scheduler.schedule(3, 2 * MS, 0, 0, true);
        pool.pokes();
        assertThat(pool.scheduler.queueLength(3)).isEqualTo(2);

        pool.scheduler.offline(3, 0);
        assertThat(pool.scheduler.online()).isEqualTo(all(3));
        assertThat(pool.scheduler.queueLength(3)).isZero();
        assertThat(IntStream.of(runs, queued, blocked, pinned).map(pool.scheduler::processor))
                .allMatch(cpu -> cpu < 3);
        assertThat(pool.scheduler.queueLength(0) + pool.scheduler.queueLength(1) + pool.scheduler.queueLength(2))
                .isEqualTo(2);
        assertThat(pool.scheduler.isIdler(3)).isFalse();
    }

    /** Pinned to 1 alone, it may run anywhere when 1 is gone; one that may run on 0 and 1 keeps what is left, 0. */
    @Test
    void anAffinityOfWhichNothingIsLeftIsBroken() {
        TestPool pool = TestPool.of(3);
        int pinned = pool.pinned(1);
        int two = pool.vcpu(1, only(0, 1), CreditParameters.DEFAULT_WEIGHT, 0);
        pool.scheduler.offline(1, 0);

        pool.run(pool.pinned(0), 0, 0);
        pool.scheduler.setAffinity(pinned, all(3), 0);
        pool.wake(two, 1);
        assertThat(pool.scheduler.processor(two)).isZero();
        assertThat(pool.schedule(2, 1)).as("it may not run on pCPU 2").isEqualTo(TestPool.IDLE);
        assertThat(pool.scheduler.queueLength(0)).isEqualTo(1);
    }

    @Test
    void aVcpuWithABrokenAffinityMayRunOnAllThatAreLeft() {
        TestPool pool = TestPool.of(3);
        int pinned = pool.pinned(1);
        pool.scheduler.offline(1, 0);
        pool.wake(pinned, 0);
        int home = pool.scheduler.processor(pinned);

        assertThat(home).isIn(0, 2);
        assertThat(pool.schedule(home, 0)).isEqualTo(pinned);
        int other = 2 - home;
        pool.wake(pool.pinned(home), 1);
        pool.pokes();
        pool.scheduler.yield(pinned);
        pool.schedule(home, 30);
        assertThat(pool.schedule(other, 31)).as("stolen").isEqualTo(pinned);
    }

    /** A pot of 300 credits for each pCPU in use: two vCPUs share 600, then 300, and each has run through 300. */
    @Test
    void thePotOfTheAccountingShrinksWithThePool() {
        assertThat(creditsAfterAPeriod(false)).isEqualTo(-300 + 300);
        assertThat(creditsAfterAPeriod(true)).isEqualTo(-300 + 150);
    }

    private static int creditsAfterAPeriod(boolean offline) {
        TestPool pool = TestPool.of(2);
        int a = pool.pinned(0);
        int b = pool.pinned(0);
        pool.run(a, 0, 0);
        pool.tick(0, 30);
        pool.wake(b, 30);
        pool.scheduler.yield(a);
        assertThat(pool.schedule(0, 30)).isEqualTo(b);
        pool.tick(0, 60);
        if (offline) {
            pool.scheduler.offline(1, 0);
        }
        pool.account(60);
        assertThat(pool.scheduler.credit(b)).isEqualTo(pool.scheduler.credit(a));
        return pool.scheduler.credit(a);
    }

    /** Woken on pCPU 0, which is busy, with nobody else to poke. */
    @Test
    void aPcpuOutOfUseIsNoIdlerThatAWakeUpCouldPoke() {
        TestPool pool = TestPool.of(2);
        pool.run(pool.vcpu(0), 0, 0);
        assertThat(pool.scheduler.isIdler(1)).isTrue();
        pool.scheduler.offline(1, 0);
        assertThat(pool.schedule(1, 1)).isEqualTo(TestPool.IDLE);
        assertThat(pool.scheduler.isIdler(1)).isFalse();
        pool.wake(pool.vcpu(0), 1);

        assertThat(pool.pokes()).doesNotContain(1);
        assertThat(pool.scheduler.hasIdlers()).isFalse();
        assertThat(pool.scheduler.queueLength(0)).isEqualTo(1);
    }

    /** Nobody's affinity is broken by it. */
    @Test
    void aRestoredPoolKnowsWhichPcpusAreOutOfUse() {
        TestPool pool = TestPool.of(2);
        int a = pool.vcpu(0);
        pool.run(a, 0, 0);
        pool.scheduler.offline(1, 0);
        TestPool restored = TestPool.of(2);
        restored.vcpu(0);
        restore(pool, restored);

        assertThat(restored.scheduler.online()).isEqualTo(only(0));
    }

    @Test
    void aRestoredPoolKnowsTheAffinities() {
        TestPool pool = TestPool.of(3);
        int a = pool.preferring(0);
        int b = pool.preferring(0);
        pool.scheduler.setAffinity(a, only(1), 0);
        TestPool restored = TestPool.of(3);
        restored.preferring(0);
        restored.preferring(0);
        restore(pool, restored);

        restored.run(restored.scheduler.processor(a) == 1 ? a : b, 1, 0);
        assertThat(restored.scheduler.current(1)).isEqualTo(a);
        restored.scheduler.yield(a);
        restored.wake(b, 1);
        Snapshot again = new Snapshot();
        restored.scheduler.fields(again);
        assertThat(again.lines()).contains("hard 0", "no-preference 1", "affinity-changed 1");
    }

    private static void restore(TestPool from, TestPool to) {
        Snapshot snapshot = new Snapshot();
        from.scheduler.fields(snapshot);
        snapshot.rewind();
        to.scheduler.fields(snapshot);
        assertThat(snapshot.unread()).isZero();
    }

    /** Where M2 is left out: 1 runs somebody, 2 and 3 somebody with a queue of 1 and of none; the shortest takes it. */
    @Test
    void evacuationGivesToTheShortestQueue() {
        TestPool pool = TestPool.of(4);
        for (int cpu = 0; cpu < 4; cpu++) {
            pool.run(pool.pinned(cpu), cpu, 0);
        }
        pool.wake(pool.pinned(1), 1);
        pool.wake(pool.pinned(2), 1);
        int free = pool.vcpu(0);
        int pinned = pool.pinned(0);
        pool.wake(free, 1);
        pool.wake(pinned, 1);
        pool.pokes();

        pool.scheduler.evacuate(0, true, false, 0);
        assertThat(pool.scheduler.processor(free)).isEqualTo(3);
        assertThat(pool.scheduler.processor(pinned)).isZero();
        assertThat(pool.scheduler.queueLength(0)).isEqualTo(1);
        assertThat(pool.scheduler.queueLength(3)).isEqualTo(1);
    }

    /** Where M3 is left out: those that may run nowhere else, and nobody else. */
    @Test
    void evacuationOfThePinnedLeavesTheOthers() {
        TestPool pool = TestPool.of(2);
        pool.run(pool.pinned(0), 0, 0);
        pool.run(pool.pinned(1), 1, 0);
        int free = pool.vcpu(0);
        int pinned = pool.pinned(0);
        pool.wake(free, 1);
        pool.wake(pinned, 1);

        pool.scheduler.evacuate(0, false, true, 0);
        assertThat(pool.scheduler.processor(pinned)).isEqualTo(1);
        assertThat(pool.scheduler.processor(free)).isZero();
        pool.scheduler.evacuate(0, true, true, 0);
        assertThat(pool.scheduler.processor(free)).isEqualTo(1);
        assertThat(pool.scheduler.current(0)).as("the tied one itself stays").isNotEqualTo(TestPool.IDLE);
    }

    @Test
    void aPcpuAloneInItsPoolIsNotEvacuated() {
        TestPool pool = TestPool.of(1);
        pool.run(pool.pinned(0), 0, 0);
        pool.wake(pool.pinned(0), 1);
        pool.scheduler.evacuate(0, true, true, 0);

        assertThat(pool.scheduler.queueLength(0)).isEqualTo(1);
    }
}
