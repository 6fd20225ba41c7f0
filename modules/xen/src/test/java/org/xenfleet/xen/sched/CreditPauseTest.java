package org.xenfleet.xen.sched;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Pauses, what is left behind on a pCPU, and tasklets, which need the idle vCPU; xen-semantics sections 4.1 and 5 (M10, M14).
 * One pCPU; instants in ms.
 */
class CreditPauseTest {
    private static final long MS = TestPool.MS;

    private final TestPool pool = TestPool.of(1);
    private int a;
    private int b;

    @BeforeEach
    void addVcpus() {
        a = pool.vcpu(0);
        b = pool.vcpu(0);
    }

    private boolean pause(int vcpu, long ms) {
        return pool.scheduler.pause(vcpu, ms * MS);
    }

    private void unpause(int vcpu, long ms) {
        pool.scheduler.unpause(vcpu, ms * MS, 0);
    }

    /** domain_pause waits for exactly this. */
    @Test
    void aRunningVcpuIsOnItsPcpuUntilThatSchedules() {
        pool.run(a, 0, 0);

        assertThat(pause(a, 5)).isTrue();
        assertThat(pool.pokes()).containsExactly(0);
        assertThat(pool.scheduler.isOnCpu(a)).isTrue();
        assertThat(pool.scheduler.current(0)).isEqualTo(a);
        assertThat(pool.schedule(0, 6)).isEqualTo(TestPool.IDLE);
        assertThat(pool.scheduler.isOnCpu(a)).isFalse();
    }

    @Test
    void theRateLimitDoesNotKeepAPausedVcpu() {
        pool.run(a, 0, 0);
        pause(a, 0);

        assertThat(pool.scheduler.schedule(0, MS / 2, 0, 0)).isEqualTo(TestPool.IDLE);
    }

    @Test
    void aQueuedVcpuLeavesItsQueueAtOnce() {
        pool.run(a, 0, 0);
        pool.wake(b, 1);
        pool.pokes();

        assertThat(pause(b, 2)).isFalse();
        assertThat(pool.scheduler.queueLength(0)).isZero();
        assertThat(pool.scheduler.hasPokes()).isFalse();
        assertThat(pool.block(a, 0, 3)).isEqualTo(TestPool.IDLE);
    }

    @Test
    void aQueuedVcpuThatWasPausedIsQueuedAgain() {
        pool.run(a, 0, 0);
        pool.wake(b, 1);
        pause(b, 2);
        unpause(b, 3);

        assertThat(pool.scheduler.queueLength(0)).isEqualTo(1);
        assertThat(pool.block(a, 0, 4)).isEqualTo(b);
    }

    /** What it is woken for meanwhile it does after the pause. */
    @Test
    void aBlockedVcpuIsWokenByTheEndOfThePauseOnlyIfItHasSomethingToDo() {
        assertThat(pause(a, 0)).isFalse();
        assertThat(pause(b, 0)).isFalse();
        pool.wake(b, 1);
        assertThat(pool.scheduler.queueLength(0)).isZero();
        unpause(a, 2);
        unpause(b, 2);

        assertThat(pool.scheduler.queueLength(0)).isEqualTo(1);
        assertThat(pool.schedule(0, 2)).isEqualTo(b);
    }

    @Test
    void pausesCount() {
        pool.wake(a, 0);
        pause(a, 1);
        pause(a, 2);
        unpause(a, 3);
        assertThat(pool.scheduler.queueLength(0)).isZero();
        assertThat(pool.schedule(0, 3)).isEqualTo(TestPool.IDLE);
        unpause(a, 4);

        assertThat(pool.schedule(0, 4)).isEqualTo(a);
    }

    @Test
    void aRunningVcpuThatIsUnpausedBeforeItsPcpuSchedulesGoesOn() {
        pool.run(a, 0, 0);
        pause(a, 5);
        unpause(a, 6);

        assertThat(pool.scheduler.queueLength(0)).isZero();
        assertThat(pool.schedule(0, 7)).isEqualTo(a);
    }

    /** The rate limit is 1 ms; without a tasklet it would keep a. */
    @Test
    void aTaskletForcesTheIdleVcpuEvenWithinTheRateLimit() {
        pool.run(a, 0, 0);
        assertThat(pool.scheduler.schedule(0, MS / 4, 0, 0)).isEqualTo(a);

        assertThat(pool.scheduler.schedule(0, MS / 2, 0, 0, true)).isEqualTo(TestPool.IDLE);
        assertThat(pool.scheduler.queueLength(0)).as("a is runnable").isEqualTo(1);
        assertThat(pool.scheduler.schedule(0, MS, 0, 0)).isEqualTo(a);
    }

    @Test
    void aTaskletComesBeforeWhatIsQueued() {
        pool.wake(a, 0);

        assertThat(pool.scheduler.schedule(0, 0, 0, 0, true)).isEqualTo(TestPool.IDLE);
        assertThat(pool.scheduler.queueLength(0)).isEqualTo(1);
    }

    /** a blocked and its pCPU idles with its state; the flush of domain_pause takes that away. */
    @Test
    void aSyncTakesTheStateOfWhatDoesNotRun() {
        pool.run(a, 0, 0);
        pool.block(a, 0, 1);
        assertThat(pool.scheduler.dirtyCpus(0)).isEqualTo(1);
        pool.scheduler.sync(1);
        assertThat(pool.scheduler.dirtyCpus(0)).as("another domain's").isEqualTo(1);
        pool.scheduler.sync(0);

        assertThat(pool.scheduler.dirtyCpus(0)).isZero();
    }

    @Test
    void aSyncLeavesTheStateOfWhatRuns() {
        pool.run(a, 0, 0);
        pool.scheduler.sync(0);

        assertThat(pool.scheduler.dirtyCpus(0)).isEqualTo(1);
    }

    /** A context switch costs 3 us, but not back to a vCPU whose state is still there; after a sync it is not. */
    @Test
    void whatWasSyncedIsLoadedAgain() {
        pool.run(a, 0, 0);
        pool.block(a, 0, 1);
        pool.wake(a, 2);
        pool.scheduler.schedule(0, 2 * MS, 1000, 3000);
        assertThat(pool.scheduler.firstInstruction()).isEqualTo(2 * MS + 1000);
        pool.block(a, 0, 3);
        pool.scheduler.sync(0);
        pool.wake(a, 4);
        pool.scheduler.schedule(0, 4 * MS, 1000, 3000);

        assertThat(pool.scheduler.firstInstruction()).isEqualTo(4 * MS + 1000 + 3000);
    }
}
