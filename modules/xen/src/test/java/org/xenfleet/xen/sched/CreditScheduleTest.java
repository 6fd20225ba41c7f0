package org.xenfleet.xen.sched;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Slices, the rate limit and lazy switching; xen-semantics 4.1, "Schedule()". */
class CreditScheduleTest {
    private static final long MS = TestPool.MS;

    @Test
    void withNothingToDoThePcpuIdles() {
        TestPool pool = TestPool.of(1);

        assertThat(pool.schedule(0, 0)).isEqualTo(TestPool.IDLE);
        assertThat(pool.scheduler.isIdler(0)).isTrue();
        assertThat(pool.scheduler.hasIdlers()).isTrue();
    }

    @Test
    void aVcpuRunsForASliceOf30Milliseconds() {
        TestPool pool = TestPool.of(1);
        int a = pool.vcpu(0);
        pool.wake(a, 0);

        assertThat(pool.schedule(0, 0)).isEqualTo(a);
        assertThat(pool.scheduler.current(0)).isEqualTo(a);
        assertThat(pool.scheduler.slice()).isEqualTo(30 * MS);
        assertThat(pool.scheduler.hasIdlers()).isFalse();
    }

    /** Measured property of 4.4: not the remainder of the first millisecond, another full one. */
    @Test
    void theRateLimitKeepsTheCurrentForAnotherMillisecond() {
        TestPool pool = TestPool.of(1);
        int a = pool.vcpu(0);
        pool.run(a, 0, 0);
        pool.tick(0, 0);
        int boosted = pool.vcpu(0);
        pool.scheduler.wake(boosted, MS - 1, 0, -1);

        assertThat(pool.scheduler.schedule(0, MS - 1, 0, 0)).isEqualTo(a);
        assertThat(pool.scheduler.slice()).isEqualTo(MS);
        assertThat(pool.scheduler.queueLength(0)).isEqualTo(1);
    }

    /** No timer is shorter than 100 us: kept at 99 us it is asked again at 199, and kept at 100 us for the other 900. */
    @Test
    void in417TheRateLimitKeepsTheCurrentForWhatIsLeftOfAMillisecond() {
        assertThat(keptAfter(99_000)).isEqualTo(100_000);
        assertThat(keptAfter(100_000)).isEqualTo(900_000);
        assertThat(keptAfter(999_999)).isEqualTo(1);
        assertThat(keptAfter(1_000_000)).as("another slice").isEqualTo(30 * MS);
    }

    private static long keptAfter(long ran) {
        TestPool pool = new TestPool(new Topology(1, 1, 1), CreditRules.V4_17, CreditParameters.DEFAULT);
        pool.run(pool.vcpu(0), 0, 0);
        pool.scheduler.schedule(0, ran, 0, 0);
        return pool.scheduler.slice();
    }

    @Test
    void afterOneMillisecondTheRateLimitKeepsNobody() {
        TestPool pool = TestPool.of(1);
        pool.run(pool.vcpu(0), 0, 0);
        pool.tick(0, 0);
        int boosted = pool.vcpu(0);
        pool.wake(boosted, 1);

        assertThat(pool.schedule(0, 1)).isEqualTo(boosted);
        assertThat(pool.scheduler.slice()).isEqualTo(30 * MS);
    }

    @Test
    void aRateLimitOfZeroIsOff() {
        TestPool pool = new TestPool(new Topology(1, 1, 1), new CreditParameters(30, 0));
        pool.run(pool.vcpu(0), 0, 0);
        pool.tick(0, 0);
        int boosted = pool.vcpu(0);
        pool.scheduler.wake(boosted, 1000, 0, -1);

        assertThat(pool.scheduler.schedule(0, 1000, 0, 0)).isEqualTo(boosted);
    }

    @Test
    void theRateLimitDoesNotKeepAVcpuThatSleeps() {
        TestPool pool = TestPool.of(1);
        int a = pool.vcpu(0);
        pool.run(a, 0, 0);
        int b = pool.vcpu(0);
        pool.wake(b, 0);

        assertThat(pool.block(a, 0, 0)).isEqualTo(b);
    }

    @Test
    void theRateLimitCountsFromTheSwitchNotFromTheLastDecision() {
        TestPool pool = TestPool.of(1);
        pool.run(pool.vcpu(0), 0, 0);
        pool.tick(0, 0);
        pool.scheduler.schedule(0, MS / 2, 0, 0);
        int boosted = pool.vcpu(0);
        pool.wake(boosted, 1);

        assertThat(pool.schedule(0, 1)).isEqualTo(boosted);
    }

    @Test
    void equalVcpusTakeTurnsAtTheEndOfASlice() {
        TestPool pool = TestPool.of(1);
        int a = pool.vcpu(0);
        int b = pool.vcpu(0);
        pool.wake(a, 0);
        pool.wake(b, 0);

        assertThat(pool.schedule(0, 0)).isEqualTo(a);
        assertThat(pool.schedule(0, 30)).isEqualTo(b);
        assertThat(pool.schedule(0, 60)).isEqualTo(a);
        assertThat(pool.scheduler.credit(a)).isEqualTo(-300);
        assertThat(pool.scheduler.credit(b)).isEqualTo(-300);
    }

    /** Without accounting priorities are frozen: an UNDER vCPU deep in debt is not overtaken by an OVER one with less. */
    @Test
    void anUnderVcpuGoesOnAtTheEndOfItsSliceWhileTheOthersAreOver() {
        TestPool pool = TestPool.of(1);
        int over = pool.vcpu(0);
        int under = pool.vcpu(0);
        pool.makeOver(over, 0, 0);
        pool.run(under, 0, 3601);
        pool.tick(0, 3610);

        assertThat(pool.schedule(0, 3631)).isEqualTo(under);
        assertThat(pool.schedule(0, 3661)).isEqualTo(under);
    }

    @Test
    void theFirstInstructionComesAfterThePassAndTheSwitch() {
        TestPool pool = TestPool.of(1);
        pool.wake(pool.vcpu(0), 0);
        pool.scheduler.schedule(0, 0, 1000, 3000);

        assertThat(pool.scheduler.firstInstruction()).isEqualTo(4000);
    }

    @Test
    void theSwitchToIdleAndBackToTheSameVcpuLoadsNothing() {
        TestPool pool = TestPool.of(1);
        int a = pool.vcpu(0);
        pool.run(a, 0, 0);
        pool.scheduler.block(a);
        pool.scheduler.schedule(0, 2 * MS, 1000, 3000);
        assertThat(pool.scheduler.firstInstruction()).isEqualTo(2 * MS + 1000);
        pool.wake(a, 3);
        pool.scheduler.schedule(0, 3 * MS, 1000, 3000);

        assertThat(pool.scheduler.firstInstruction()).isEqualTo(3 * MS + 1000);
    }

    @Test
    void aBlockedVcpuStaysInTheDirtyMaskUntilItsPcpuLoadsAnother() {
        TestPool pool = TestPool.of(1);
        int a = pool.vcpu(0);
        assertThat(pool.scheduler.dirtyCpus(0)).isZero();
        pool.run(a, 0, 0);
        pool.block(a, 0, 1);
        assertThat(pool.scheduler.dirtyCpus(0)).isEqualTo(1);
        pool.run(pool.vcpu(0), 0, 2);

        assertThat(pool.scheduler.dirtyCpus(0)).isZero();
        assertThat(pool.scheduler.dirtyCpus(1)).isEqualTo(1);
    }

    @Test
    void sleepingCostsNoCredit() {
        TestPool pool = TestPool.of(1);
        int a = pool.vcpu(0);
        pool.run(a, 0, 0);
        pool.block(a, 0, 2);
        pool.run(a, 0, 502);
        pool.block(a, 0, 503);

        assertThat(pool.scheduler.credit(a)).isEqualTo(-30);
    }
}
