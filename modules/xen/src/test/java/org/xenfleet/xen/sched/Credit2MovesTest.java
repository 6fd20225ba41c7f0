package org.xenfleet.xen.sched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Pausing, new affinities, pCPUs that go, tasklets; in us. */
class Credit2MovesTest {
    private final Credit2Pool pool = Credit2Pool.of(2);

    @Test
    void aWaitingVcpuThatIsPausedLeavesItsQueueAndItsWaitEnds() {
        pool.start(pool.pinned(0), 0);
        int a = pool.pinned(0);
        pool.wake(a, 100);
        assertThat(pool.scheduler.pause(a, 400_000)).isFalse();

        assertThat(pool.scheduler.queueLength(0)).isZero();
        assertThat(pool.waits).containsExactly(300L);
        assertThat(pool.schedule(0, 5_000)).isNotEqualTo(a);
        pool.scheduler.unpause(a, 6_000_000, 0);
        assertThat(pool.scheduler.queueLength(0)).isEqualTo(1);
    }

    @Test
    void twoPausesNeedTwoUnpauses() {
        int a = pool.vcpu();
        pool.scheduler.pause(a, 0);
        pool.scheduler.pause(a, 0);
        pool.wake(a, 0);
        pool.scheduler.unpause(a, 0, 0);
        assertThat(pool.pokes()).isEmpty();
        pool.scheduler.unpause(a, 0, 0);

        assertThat(pool.pokes()).hasSize(1);
    }

    @Test
    void aWaitingVcpuGoesWhereItsNewAffinityAllowsAndItsWaitGoesOn() {
        pool.start(pool.pinned(0), 0);
        int a = pool.pinned(0);
        pool.wake(a, 100);
        pool.scheduler.setAffinity(a, Credit2Pool.cpus(1, 2), 300_000);

        assertThat(pool.pokes()).containsExactly(1);
        assertThat(pool.schedule(1, 300)).isEqualTo(a);
        assertThat(pool.waits).containsExactly(200L);
    }

    @Test
    void aRunningVcpuLeavesItsPcpuWhenThatSchedules() {
        int a = pool.pinned(0);
        pool.start(a, 0);
        pool.scheduler.setAffinity(a, Credit2Pool.cpus(1, 2), 2_000_000);
        assertThat(pool.pokes()).containsExactly(0);
        assertThat(pool.schedule(0, 2_010)).isEqualTo(Credit2Pool.IDLE);

        assertThat(pool.pokes()).containsExactly(1);
        assertThat(pool.schedule(1, 2_020)).isEqualTo(a);
        assertThat(pool.scheduler.loadOf(0)).isEqualTo(1);
    }

    @Test
    void anAffinityWithoutAPcpuOfThePoolIsRefused() {
        int a = pool.vcpu();
        assertThatThrownBy(() -> pool.scheduler.setAffinity(a, Credit2Pool.cpus(4, 6), 0))
                .hasMessage("a hard affinity names a pCPU of the pool, which has {0, 1}; {4, 5} of vCPU 0 names none");
    }

    @Test
    void whoWasOnAPcpuThatGoesIsPlacedElsewhereEvenIfItWasPinnedThere() {
        int a = pool.pinned(1);
        pool.start(a, 0);
        pool.block(a, 100);
        pool.scheduler.offline(1, 200_000);

        assertThat(pool.scheduler.processor(a)).isZero();
        assertThat(pool.scheduler.online()).isEqualTo(Credit2Pool.cpus(0, 1));
        assertThat(pool.wake(a, 300)).containsExactly(0);
        assertThat(pool.schedule(1, 300)).isEqualTo(Credit2Pool.IDLE);
        assertThat(pool.schedule(0, 300)).isEqualTo(a);
    }

    @Test
    void theLastPcpuOfARunQueueThatGoesLeavesItsVcpusToTheOtherQueues() {
        Credit2Pool two = Credit2Pool.of(new Topology(2, 2, 1));
        int a = two.pinned(1);
        two.scheduler.offline(1, 0);
        assertThat(two.wake(a, 0)).containsExactly(0);
        two.schedule(0, 0);

        assertThat(two.schedule(0, 10_000)).isEqualTo(a);
    }

    @Test
    void aTaskletHasTheIdleVcpuRunAndThePcpuIsNotIdle() {
        int a = pool.pinned(0);
        pool.start(a, 0);
        assertThat(pool.scheduler.schedule(0, 100_000, 0, 0, true)).isEqualTo(Credit2Pool.IDLE);

        assertThat(pool.times.state(a)).isEqualTo(Runstate.RUNNABLE);
        assertThat(pool.pokes()).isEmpty();
        assertThat(pool.schedule(0, 150)).isEqualTo(a);
        assertThat(pool.waits).containsExactly(50L);
    }

    /** Yields to one with less credit, is not kept by the rate limit, and does not come back before the other's slice ends. */
    @Test
    void whoYieldsLetsTheFirstWhoWaitsRun() {
        Credit2Pool one = Credit2Pool.of(1);
        int a = one.vcpu();
        int b = one.vcpu();
        one.start(a, 0);
        one.wake(b, 0);
        one.schedule(0, 2_000);
        one.schedule(0, 5_000);
        assertThat(one.scheduler.current(0)).isEqualTo(a);
        assertThat(one.credit(b)).isEqualTo(7_000);
        one.scheduler.yield(a);

        assertThat(one.schedule(0, 5_200)).isEqualTo(b);
        assertThat(one.pokes()).isEmpty();
    }

    @Test
    void whoYieldsWhenNobodyWaitsGoesOn() {
        int a = pool.vcpu();
        int cpu = pool.start(a, 0);
        pool.scheduler.yield(a);

        assertThat(pool.schedule(cpu, 200)).isEqualTo(a);
    }

    @Test
    void theStateOfADomainStaysLoadedWhereItsVcpuBlockedUntilAnotherComesOrItIsToldToGo() {
        int a = pool.pinned(0);
        pool.start(a, 0);
        pool.block(a, 100);
        assertThat(pool.scheduler.dirtyCpus(0)).isEqualTo(1);
        pool.scheduler.sync(0);

        assertThat(pool.scheduler.dirtyCpus(0)).isZero();
    }

    /** 1,000 for the pass, 3,000 for loading its state; going on costs the pass alone. */
    @Test
    void loadingAnothersStateTakesTime() {
        int a = pool.pinned(0);
        pool.wake(a, 0);
        pool.scheduler.schedule(0, 0, 1_000, 3_000);
        assertThat(pool.scheduler.firstInstruction()).isEqualTo(4_000);
        pool.scheduler.schedule(0, 10_000_000, 1_000, 3_000);

        assertThat(pool.scheduler.firstInstruction()).isEqualTo(10_001_000);
    }
}
