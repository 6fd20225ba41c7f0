package org.xenfleet.xen.sched;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** Boost and the four cases of whom to poke; xen-semantics 4.1, "Wake". */
class CreditWakeTest {
    @Test
    void wakingFromUnderBoosts() {
        TestPool pool = TestPool.of(1);
        int a = pool.vcpu(0);
        assertThat(pool.scheduler.priority(a)).isEqualTo(Priority.UNDER);
        pool.wake(a, 0);

        assertThat(pool.scheduler.priority(a)).isEqualTo(Priority.BOOST);
    }

    @Test
    void wakingFromOverDoesNotBoost() {
        TestPool pool = TestPool.of(1);
        int a = pool.vcpu(0);
        pool.makeOver(a, 0, 0);
        pool.block(a, 0, 3601);
        pool.wake(a, 3602);

        assertThat(pool.scheduler.priority(a)).isEqualTo(Priority.OVER);
    }

    @Test
    void aVcpuThatIsPausedIsQueuedOnlyWhenUnpaused() {
        TestPool pool = TestPool.of(1);
        int a = pool.scheduler.addVcpu(pool.scheduler.addDomain(256, 0), 0, Affinity.hard(TestPool.cpus(0, 1)));
        pool.wake(a, 0);
        assertThat(pool.scheduler.queueLength(0)).isZero();
        pool.scheduler.unpause(a, 0, 0);

        assertThat(pool.scheduler.queueLength(0)).isEqualTo(1);
        assertThat(pool.pokes()).containsExactly(0);
    }

    @Test
    void wakingTwiceQueuesOnce() {
        TestPool pool = TestPool.of(1);
        int a = pool.vcpu(0);
        pool.wake(a, 0);
        pool.wake(a, 0);

        assertThat(pool.scheduler.queueLength(0)).isEqualTo(1);
    }

    @Test
    void wakingTheRunningVcpuDoesNothing() {
        TestPool pool = TestPool.of(2);
        int a = pool.vcpu(0);
        pool.run(a, 0, 0);
        pool.wake(a, 1);

        assertThat(pool.scheduler.queueLength(0)).isZero();
        assertThat(pool.pokes()).isEmpty();
    }

    @Test
    void aWokenVcpuIsQueuedWhereItRanLast() {
        TestPool pool = TestPool.of(3);
        int a = pool.vcpu(2);
        pool.run(a, 2, 0);
        pool.block(a, 2, 1);
        pool.scheduler.wake(a, 5 * TestPool.MS, 0, -1);

        assertThat(pool.scheduler.queueLength(2)).isEqualTo(1);
        assertThat(pool.scheduler.queueLength(0)).isZero();
    }

    @Test
    void anIdlePcpuOfItsOwnIsPokedAndNoOther() {
        TestPool pool = TestPool.of(4);
        int a = pool.vcpu(2);
        pool.wake(a, 0);

        assertThat(pool.pokes()).containsExactly(2);
    }

    @Test
    void withoutIdlersAHigherPriorityPokesItsOwnPcpu() {
        TestPool pool = TestPool.of(1);
        int a = pool.vcpu(0);
        pool.run(a, 0, 0);
        pool.tick(0, 10);
        int b = pool.vcpu(0);
        pool.wake(b, 11);

        assertThat(pool.pokes()).containsExactly(0);
    }

    @Test
    void withoutIdlersAnEqualPriorityPokesNobody() {
        TestPool pool = TestPool.of(1);
        int a = pool.vcpu(0);
        pool.run(a, 0, 0);
        int b = pool.vcpu(0);
        pool.wake(b, 1);

        assertThat(pool.scheduler.priority(a)).isEqualTo(pool.scheduler.priority(b));
        assertThat(pool.pokes()).isEmpty();
    }

    /** pCPU 0 is busy; with 1, 2 and 3 idle the pokes go 1, 2, 3 and around to 1, as none of them has answered. */
    @Test
    void idlersArePokedInTurn() {
        TestPool pool = TestPool.of(4);
        pool.run(pool.vcpu(0), 0, 0);
        int[] woken = {pool.vcpu(0), pool.vcpu(0), pool.vcpu(0), pool.vcpu(0)};
        int[] expected = {1, 2, 3, 1};
        for (int i = 0; i < woken.length; i++) {
            pool.wake(woken[i], 1);
            assertThat(pool.pokes()).as("wake %d", i).containsExactly(expected[i]);
        }
    }

    @Test
    void anIdlerIsPokedForAVcpuOfLowerPriorityToo() {
        TestPool pool = TestPool.of(2);
        int low = pool.vcpu(0);
        pool.makeOver(low, 0, 0);
        pool.block(low, 0, 3601);
        pool.run(pool.vcpu(0), 0, 3602);
        pool.wake(low, 3603);

        assertThat(pool.scheduler.priority(low)).isEqualTo(Priority.OVER);
        assertThat(pool.pokes()).containsExactly(1);
    }

    @Test
    void anIdlerOutsideTheAffinityIsPassedOver() {
        TestPool pool = TestPool.of(4);
        pool.run(pool.vcpu(0), 0, 0);
        BitSet allowed = TestPool.cpus(0, 1);
        allowed.set(3);
        int a = pool.vcpu(0, allowed, 256, 0);
        pool.wake(a, 1);

        assertThat(pool.pokes()).containsExactly(3);
    }

    /** Nobody else is queued on its pCPU, which so counts as idle as pCPU 1: it is queued there, and pCPU 1 takes it. */
    @Test
    void withNoSuitableIdlerTheRunningVcpuMakesRoomAndGoesToTheIdler() {
        TestPool pool = TestPool.of(2);
        int running = pool.vcpu(0);
        pool.run(running, 0, 0);
        pool.tick(0, 10);
        int pinned = pool.pinned(0);
        pool.wake(pinned, 11);
        assertThat(pool.pokes()).containsExactly(0);

        assertThat(pool.schedule(0, 11)).isEqualTo(pinned);
        assertThat(pool.scheduler.queueLength(0)).isEqualTo(1);
        assertThat(pool.pokes()).containsExactly(1);
        assertThat(pool.schedule(1, 11)).isEqualTo(running);
        assertThat(pool.scheduler.processor(running)).isEqualTo(1);
    }

    /** A vCPU that is being migrated is not runnable, and only a runnable one is kept by the rate limit. */
    @Test
    void theRateLimitDoesNotKeepAVcpuThatIsMovedAway() {
        TestPool pool = TestPool.of(2);
        pool.scheduler.addDomain(256, 0);
        int running = pool.vcpu(0);
        pool.run(running, 0, 0);
        pool.tick(0, 0);
        int pinned = pool.pinned(0);
        pool.scheduler.wake(pinned, TestPool.MS / 2, 0, -1);

        assertThat(pool.scheduler.schedule(0, TestPool.MS / 2, 0, 0)).isEqualTo(pinned);
    }

    @Test
    void withNoSuitableIdlerAndNoHigherPriorityNobodyIsPoked() {
        TestPool pool = TestPool.of(2);
        pool.run(pool.vcpu(0), 0, 0);
        int pinned = pool.pinned(0);
        pool.wake(pinned, 1);

        assertThat(pool.scheduler.isIdler(1)).isTrue();
        assertThat(pool.pokes()).isEmpty();
        assertThat(pool.scheduler.queueLength(0)).isEqualTo(1);
    }

    @Test
    void aVcpuBornOutsideItsAffinityIsPlacedInsideAtOnce() {
        TestPool pool = TestPool.of(4);
        int a = pool.vcpu(0, TestPool.cpus(2, 3), 256, 0);

        assertThat(pool.scheduler.processor(a)).isEqualTo(2);
    }

    /** Both pinned to 0 while 1 idles: who runs makes room at 13 ms, has nowhere to go, and waits on 0 from then on. */
    @Test
    void whoMakesRoomAndComesBackWaits() {
        VcpuTimes times = new VcpuTimes(new Ignored(), 0);
        CreditScheduler scheduler = new CreditScheduler(
                new Topology(2, 1, 1), TestPool.cpus(0, 2), CreditRules.V4_4, CreditParameters.DEFAULT, times);
        long ms = TestPool.MS;
        int runs = scheduler.addVcpu(scheduler.addDomain(256, 0), 0, Affinity.hard(TestPool.cpus(0, 1)));
        int wakes = scheduler.addVcpu(scheduler.addDomain(256, 0), 0, Affinity.hard(TestPool.cpus(0, 1)));
        scheduler.unpause(runs, 0, 0);
        scheduler.unpause(wakes, 0, 0);
        scheduler.wake(runs, 0, 0, -1);
        scheduler.schedule(0, 0, 0, 0);
        scheduler.tick(0, 10 * ms);
        scheduler.wake(wakes, 13 * ms, 0, -1);

        assertThat(scheduler.schedule(0, 13 * ms, 0, 0)).isEqualTo(wakes);
        assertThat(scheduler.queueLength(0)).isEqualTo(1);
        assertThat(times.state(runs)).isEqualTo(Runstate.RUNNABLE);
        assertThat(times.since(runs)).isEqualTo(13 * ms);
    }

    @Test
    void pokesPileUpUntilTheyAreTaken() {
        TestPool pool = TestPool.of(2);
        int vcpu = pool.vcpu(1);
        assertThat(pool.scheduler.hasPokes()).isFalse();

        pool.wake(vcpu, 0);
        assertThat(pool.scheduler.hasPokes()).isTrue();
        assertThat(pool.pokes()).containsExactly(1);
        assertThat(pool.scheduler.hasPokes()).isFalse();
    }

    private static final class Ignored implements VcpuTimes.Listener {
        @Override
        public void ran(int vcpu, int cpu, long start, long end) {}

        @Override
        public void waited(int vcpu, int cpu, long start, long end) {}

        @Override
        public void late(int vcpu, int cpu, long due, long firstInstruction) {}
    }
}
