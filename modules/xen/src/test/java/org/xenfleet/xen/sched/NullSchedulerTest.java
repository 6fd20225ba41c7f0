package org.xenfleet.xen.sched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One vCPU a pCPU; xen-semantics 4.3. A pool of three pCPUs. */
class NullSchedulerTest {
    private static final int IDLE = PoolScheduler.IDLE;
    private static final long SECOND = 1_000_000_000L;

    private VcpuTimes times = new VcpuTimes(new Silence(), 0);
    private NullScheduler scheduler = new NullScheduler(new Topology(3, 1, 1), cpus(0, 3), times);

    @BeforeEach
    void oneDomain() {
        scheduler.addDomain(256, 0);
    }

    private static BitSet cpus(int from, int to) {
        return Credit2Pool.cpus(from, to);
    }

    private int vcpu(int cpu, Affinity affinity) {
        int vcpu = scheduler.addVcpu(0, cpu, affinity);
        scheduler.unpause(vcpu, 0, 0);
        return vcpu;
    }

    private int vcpu(int cpu) {
        return vcpu(cpu, Affinity.hard(cpus(0, 3)));
    }

    private List<Integer> wake(int vcpu, long now) {
        scheduler.wake(vcpu, now, 0, -1);
        return pokes();
    }

    private List<Integer> pokes() {
        return scheduler.takePokes().stream().boxed().toList();
    }

    private int schedule(int cpu, long now) {
        return scheduler.schedule(cpu, now, 0, 0);
    }

    @Test
    void aVcpuIsAssignedToItsPcpuIfThatIsFreeElseToTheFirstFreeOne() {
        assertThat(scheduler.processor(vcpu(1))).isEqualTo(1);
        assertThat(scheduler.processor(vcpu(1))).isZero();
        assertThat(scheduler.processor(vcpu(1))).isEqualTo(2);
    }

    @Test
    void aPreferredPcpuComesFirst() {
        assertThat(scheduler.processor(vcpu(0, new Affinity(cpus(0, 3), cpus(2, 3)))))
                .isEqualTo(2);
    }

    @Test
    void itRunsThereWheneverItWantsToAndNowhereElse() {
        int a = vcpu(1);
        assertThat(wake(a, 0)).containsExactly(1);
        assertThat(schedule(0, 0)).isEqualTo(IDLE);
        assertThat(schedule(1, 0)).isEqualTo(a);
        scheduler.block(a);
        assertThat(schedule(1, 5)).isEqualTo(IDLE);

        assertThat(wake(a, 9)).containsExactly(1);
    }

    @Test
    void aSliceNeverEndsAndYieldingChangesNothing() {
        int a = vcpu(0);
        wake(a, 0);
        schedule(0, 0);
        assertThat(scheduler.slice()).isEqualTo(Long.MAX_VALUE);
        scheduler.yield(a);

        assertThat(schedule(0, 10)).isEqualTo(a);
    }

    /** Tied or not: the fourth has no pCPU, and waits while one after the other blocks. */
    @Test
    void whoFindsNoPcpuWaitsEvenWhileTheOthersSleep() {
        int a = vcpu(0);
        vcpu(1);
        vcpu(2);
        int d = vcpu(0);
        wake(a, 0);
        schedule(0, 0);
        assertThat(wake(d, 0)).isEmpty();
        assertThat(scheduler.isAssigned(d)).isFalse();
        scheduler.block(a);
        assertThat(schedule(0, SECOND)).isEqualTo(IDLE);

        assertThat(times.state(d)).isEqualTo(Runstate.RUNNABLE);
        times.finish(d, 0, 4 * SECOND);
        assertThat(times.longestWait(d)).isEqualTo(4 * SECOND);
    }

    /** xen-semantics 4.3: a tied pCPU hurts only the vCPU assigned there. */
    @Test
    void aTiedPcpuHurtsNobodyElse() {
        int a = vcpu(0);
        int b = vcpu(1);
        wake(a, 0);
        schedule(0, 0);
        assertThat(wake(b, 10)).containsExactly(1);

        assertThat(schedule(1, 10)).isEqualTo(b);
    }

    @Test
    void aPcpuThatIsGivenUpGoesToTheFirstWhoWaitsAndMayUseIt() {
        int a = vcpu(0);
        vcpu(1);
        vcpu(2);
        int elsewhere = vcpu(0, Affinity.hard(cpus(1, 3)));
        int first = vcpu(0);
        int second = vcpu(0);
        wake(first, 0);
        wake(second, 0);
        scheduler.setAffinity(a, cpus(1, 3), 0);

        assertThat(scheduler.isAssigned(a)).isFalse();
        assertThat(scheduler.isAssigned(elsewhere)).isFalse();
        assertThat(scheduler.isAssigned(first)).isTrue();
        assertThat(scheduler.isAssigned(second)).isFalse();
        assertThat(pokes()).containsExactly(0);
        assertThat(schedule(0, 0)).isEqualTo(first);
    }

    @Test
    void anAffinityThatStillHasItsPcpuChangesNothing() {
        int a = vcpu(2);
        scheduler.setAffinity(a, cpus(1, 3), 0);

        assertThat(scheduler.processor(a)).isEqualTo(2);
    }

    @Test
    void aRunningVcpuMovesWhenItsPcpuSchedules() {
        int a = vcpu(0);
        wake(a, 0);
        schedule(0, 0);
        scheduler.setAffinity(a, cpus(2, 3), 10);
        assertThat(pokes()).containsExactly(0);
        assertThat(scheduler.processor(a)).isZero();
        assertThat(schedule(0, 20)).isEqualTo(IDLE);

        assertThat(pokes()).containsExactly(2);
        assertThat(schedule(2, 20)).isEqualTo(a);
    }

    @Test
    void aPausedVcpuDoesNotRunUntilItsLastPauseGoes() {
        int a = vcpu(0);
        wake(a, 0);
        schedule(0, 0);
        assertThat(scheduler.pause(a, 5)).isTrue();
        assertThat(pokes()).containsExactly(0);
        assertThat(schedule(0, 6)).isEqualTo(IDLE);
        assertThat(times.state(a)).isEqualTo(Runstate.OFFLINE);
        assertThat(scheduler.pause(a, 7)).isFalse();
        scheduler.unpause(a, 8, 0);
        assertThat(pokes()).isEmpty();
        scheduler.unpause(a, 9, 0);

        assertThat(pokes()).containsExactly(0);
        assertThat(schedule(0, 9)).isEqualTo(a);
    }

    @Test
    void aPausedVcpuKeepsItsPcpu() {
        int a = vcpu(0);
        scheduler.pause(a, 0);

        assertThat(scheduler.processor(vcpu(0))).isEqualTo(1);
    }

    @Test
    void whoWasOnAPcpuThatGoesTakesAFreeOne() {
        int a = vcpu(0, Affinity.hard(cpus(0, 1)));
        int b = vcpu(1);
        scheduler.offline(0, 0);

        assertThat(scheduler.processor(a)).isEqualTo(2);
        assertThat(wake(a, 0)).containsExactly(2);
        scheduler.offline(1, 0);
        assertThat(scheduler.isAssigned(b)).isFalse();
        assertThat(scheduler.online()).isEqualTo(cpus(2, 3));
    }

    @Test
    void aTaskletHasTheIdleVcpuRun() {
        int a = vcpu(0);
        wake(a, 0);
        assertThat(scheduler.schedule(0, 0, 0, 0, true)).isEqualTo(IDLE);

        assertThat(schedule(0, 3)).isEqualTo(a);
    }

    @Test
    void loadingItsStateTakesTimeOnce() {
        int a = vcpu(0);
        wake(a, 0);
        scheduler.schedule(0, 0, 1_000, 3_000);
        assertThat(scheduler.firstInstruction()).isEqualTo(4_000);
        assertThat(scheduler.dirtyCpus(0)).isEqualTo(1);
        scheduler.block(a);
        scheduler.schedule(0, 10_000, 1_000, 3_000);
        wake(a, 20_000);
        scheduler.schedule(0, 20_000, 1_000, 3_000);

        assertThat(scheduler.firstInstruction()).isEqualTo(21_000);
    }

    @Test
    void anAffinityWithoutAPcpuOfThePoolIsRefused() {
        int a = vcpu(0);
        assertThatThrownBy(() -> scheduler.setAffinity(a, cpus(5, 6), 0))
                .hasMessage("a hard affinity names a pCPU of the pool, which has {0, 1, 2}; {5} of vCPU 0 names none");
        assertThatThrownBy(() -> scheduler.addVcpu(0, 0, Affinity.hard(cpus(5, 6))))
                .hasMessageContaining("may run on none of its pCPUs {0, 1, 2}: {5}");
    }

    private static final class Silence implements VcpuTimes.Listener {
        @Override
        public void ran(int vcpu, int cpu, long start, long end) {}

        @Override
        public void waited(int vcpu, int cpu, long start, long end) {}

        @Override
        public void late(int vcpu, int cpu, long due, long firstInstruction) {}
    }
}
