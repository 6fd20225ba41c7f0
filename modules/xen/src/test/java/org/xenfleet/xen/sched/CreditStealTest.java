package org.xenfleet.xen.sched;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who takes whose work; xen-semantics 4.1, "Load balance / steal". pCPU 0 is the busy one, unless said otherwise. */
class CreditStealTest {
    /** A vCPU that is UNDER, waits on {@code cpu}, and ran there before a boosted one came. */
    private static int underQueuedOn(TestPool pool, int cpu, long ms) {
        int under = pool.vcpu(cpu);
        pool.run(under, cpu, ms);
        pool.tick(cpu, ms);
        pool.run(pool.vcpu(cpu), cpu, ms + 1);
        assertThat(pool.scheduler.current(cpu)).isNotEqualTo(under);
        assertThat(pool.scheduler.priority(under)).isEqualTo(Priority.UNDER);
        return under;
    }

    /** A vCPU that is OVER and waits on {@code cpu}, behind a newcomer that runs. */
    private static int overQueuedOn(TestPool pool, int cpu, long ms) {
        int over = pool.vcpu(cpu);
        pool.makeOver(over, cpu, ms);
        pool.run(pool.vcpu(cpu), cpu, ms + 3601);
        assertThat(pool.scheduler.priority(over)).isEqualTo(Priority.OVER);
        assertThat(pool.scheduler.queueLength(cpu)).isEqualTo(1);
        return over;
    }

    @Test
    void anIdlePcpuTakesQueuedWork() {
        TestPool pool = TestPool.of(2);
        int under = underQueuedOn(pool, 0, 0);

        assertThat(pool.schedule(1, 2)).isEqualTo(under);
        assertThat(pool.scheduler.queueLength(0)).isZero();
        assertThat(pool.scheduler.processor(under)).isEqualTo(1);
    }

    @Test
    void anIdlePcpuTakesEvenOverWork() {
        TestPool pool = TestPool.of(2);
        int over = overQueuedOn(pool, 0, 0);

        assertThat(pool.schedule(1, 3602)).isEqualTo(over);
    }

    @Test
    void aStolenVcpuWakesWhereItWasTaken() {
        TestPool pool = TestPool.of(2);
        int under = underQueuedOn(pool, 0, 0);
        pool.schedule(1, 2);
        pool.block(under, 1, 3);
        pool.wake(under, 4);

        assertThat(pool.pokes()).containsExactly(1);
    }

    @Test
    void anOverVcpuGivesWayToUnderWorkFromElsewhere() {
        TestPool pool = TestPool.of(2);
        pool.makeOver(pool.vcpu(1), 1, 0);
        int under = underQueuedOn(pool, 0, 3601);

        assertThat(pool.schedule(1, 3630)).isEqualTo(under);
    }

    /** Both have run for 3.6 s when they are judged; then a newcomer pushes the one on pCPU 0 into the queue. */
    @Test
    void overWorkIsNotTakenInPlaceOfOverWork() {
        TestPool pool = TestPool.of(2);
        int own = pool.vcpu(1);
        int other = pool.vcpu(0);
        pool.run(own, 1, 0);
        pool.run(other, 0, 0);
        pool.tick(0, 3600);
        pool.tick(1, 3600);
        pool.account(3600);
        pool.run(pool.vcpu(0), 0, 3601);
        assertThat(pool.scheduler.priority(own)).isEqualTo(Priority.OVER);
        assertThat(pool.scheduler.priority(other)).isEqualTo(Priority.OVER);
        assertThat(pool.scheduler.queueLength(0)).isEqualTo(1);

        assertThat(pool.schedule(1, 3630)).isEqualTo(own);
    }

    @Test
    void aPcpuWithUnderWorkNeverLooksElsewhere() {
        TestPool pool = TestPool.of(2);
        int under = pool.vcpu(1);
        pool.run(under, 1, 0);
        pool.tick(1, 0);
        pool.run(pool.vcpu(0), 0, 0);
        int boosted = pool.vcpu(0);
        pool.wake(boosted, 1);
        assertThat(pool.scheduler.priority(boosted)).isEqualTo(Priority.BOOST);

        assertThat(pool.schedule(1, 30)).isEqualTo(under);
        assertThat(pool.scheduler.queueLength(0)).isEqualTo(1);
    }

    @Test
    void workPinnedElsewhereIsNotTaken() {
        TestPool pool = TestPool.of(2);
        pool.run(pool.vcpu(0), 0, 0);
        pool.wake(pool.pinned(0), 1);

        assertThat(pool.schedule(1, 2)).isEqualTo(TestPool.IDLE);
    }

    @Test
    void theFirstThatMayRunHereIsTakenPastThoseThatMayNot() {
        TestPool pool = TestPool.of(2);
        pool.run(pool.vcpu(0), 0, 0);
        int pinned = pool.pinned(0);
        int first = pool.vcpu(0);
        int second = pool.vcpu(0);
        pool.wake(pinned, 1);
        pool.wake(first, 1);
        pool.wake(second, 1);

        assertThat(pool.schedule(1, 2)).isEqualTo(first);
    }

    /** pCPU 0 idles and has been poked for its own work: nobody takes that from it. */
    @Test
    void workOfAnIdlePcpuIsLeftToIt() {
        TestPool pool = TestPool.of(2);
        int woken = pool.vcpu(0);
        pool.wake(woken, 0);

        assertThat(pool.schedule(1, 0)).isEqualTo(TestPool.IDLE);
        assertThat(pool.schedule(0, 0)).isEqualTo(woken);
    }

    /** Sockets {0, 1} and {2, 3}: pCPU 3 takes from 2 although 0 has work, too. */
    @Test
    void theOwnSocketComesFirst() {
        TestPool pool = new TestPool(new Topology(4, 2, 1), CreditParameters.DEFAULT);
        int far = underQueuedOn(pool, 0, 0);
        int near = underQueuedOn(pool, 2, 0);

        assertThat(pool.schedule(3, 2)).isEqualTo(near);
        assertThat(pool.schedule(1, 2)).isEqualTo(far);
    }

    @Test
    void withoutWorkInItsSocketAPcpuTakesFromAnother() {
        TestPool pool = new TestPool(new Topology(4, 2, 1), CreditParameters.DEFAULT);
        int far = underQueuedOn(pool, 0, 0);

        assertThat(pool.schedule(3, 2)).isEqualTo(far);
    }

    @Test
    void thePcpusOfAnotherPoolAreNotOurs() {
        BitSet mine = TestPool.cpus(0, 2);
        CreditScheduler scheduler = new CreditScheduler(
                new Topology(4, 1, 1),
                mine,
                CreditRules.V4_4,
                CreditParameters.DEFAULT,
                new VcpuTimes(new NoListener(), 0));

        assertThat(scheduler.isIdler(1)).isTrue();
        assertThat(scheduler.isIdler(2)).isFalse();
    }

    /** 0 and 1 each have one waiting; 2 looks twice. 4.4 begins at 0, 4.17 behind the one from which it took last, 0 at first. */
    @Test
    void theReleaseSaysWhereItBeginsToLook() {
        assertThat(takenBy2(CreditRules.V4_4)).containsExactly(0, 0);
        assertThat(takenBy2(CreditRules.V4_17)).containsExactly(1, 0);
    }

    /** From which pCPU 2 takes first and second, while one waits on each of the others. */
    private static List<Integer> takenBy2(CreditRules rules) {
        TestPool pool = new TestPool(new Topology(3, 1, 1), rules, CreditParameters.DEFAULT);
        int[] busy = {pool.pinned(0), pool.pinned(1), pool.pinned(2)};
        int[] waiting = {pool.vcpu(0), pool.vcpu(1), pool.vcpu(0), pool.vcpu(1)};
        for (int cpu = 0; cpu < 3; cpu++) {
            pool.run(busy[cpu], cpu, 0);
        }
        for (int vcpu : waiting) {
            pool.wake(vcpu, 1);
        }
        int first = pool.block(busy[2], 2, 2);
        int second = pool.block(first, 2, 3);
        return List.of(first == waiting[0] ? 0 : 1, second == waiting[2] || second == waiting[0] ? 0 : 1);
    }

    /** Ran until 30 ms, migration delay 5 ms: hot at 34 ms, not at 35. */
    @Test
    void whoRanLessThanTheMigrationDelayAgoIsNotTaken() {
        CreditParameters parameters = new CreditParameters(30, 1000, 5000, true);
        TestPool pool = new TestPool(new Topology(2, 1, 1), parameters);
        int other = pool.vcpu(0);
        int vcpu = pool.vcpu(0);
        pool.run(vcpu, 0, 0);
        pool.wake(other, 1);
        assertThat(pool.schedule(0, 30)).isEqualTo(other);
        assertThat(pool.scheduler.queueLength(0)).isEqualTo(1);

        assertThat(pool.schedule(1, 34)).isEqualTo(TestPool.IDLE);
        assertThat(pool.schedule(1, 35)).isEqualTo(vcpu);
    }

    private static final class NoListener implements VcpuTimes.Listener {
        @Override
        public void ran(int vcpu, int cpu, long start, long end) {}

        @Override
        public void waited(int vcpu, int cpu, long start, long end) {}

        @Override
        public void late(int vcpu, int cpu, long due, long firstInstruction) {}
    }
}
