package org.xenfleet.xen.sched;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Which pCPUs hold a domain's state. Two cores of two threads, pCPUs 0 and 1, 2 and 3; domain 0 has one vCPU that may run
 * anywhere and starts on pCPU 0, domain 1 one for pCPU 0, domain 2 one for pCPU 1. Instants in ms.
 */
class DirtyMaskTest {
    private static final long MS = 1_000_000;

    private final CreditScheduler scheduler = new CreditScheduler(
            new Topology(4, 1, 2),
            mask(0b1111),
            CreditRules.V4_4,
            CreditParameters.DEFAULT,
            new VcpuTimes(
                    new VcpuTimes.Listener() {
                        @Override
                        public void ran(int vcpu, int cpu, long start, long end) {}

                        @Override
                        public void waited(int vcpu, int cpu, long start, long end) {}

                        @Override
                        public void late(int vcpu, int cpu, long due, long firstInstruction) {}
                    },
                    MS));

    private int rover;
    private int local;
    private int sibling;

    private static BitSet mask(long bits) {
        return BitSet.valueOf(new long[] {bits});
    }

    @BeforeEach
    void addVcpus() {
        rover = add(0, 0b1111);
        local = add(0, 0b0001);
        sibling = add(1, 0b0010);
    }

    private int add(int processor, long affinity) {
        int vcpu = scheduler.addVcpu(scheduler.addDomain(256, 0), processor, Affinity.hard(mask(affinity)));
        scheduler.unpause(vcpu, 0, 0);
        return vcpu;
    }

    private void run(int vcpu, int cpu, long at) {
        scheduler.wake(vcpu, at * MS, cpu, -1);
        assertThat(scheduler.schedule(cpu, at * MS, 0, 0)).isEqualTo(vcpu);
    }

    private void block(int vcpu, int cpu, long at) {
        scheduler.block(vcpu);
        assertThat(scheduler.schedule(cpu, at * MS, 0, 0)).isEqualTo(CreditScheduler.IDLE);
    }

    @Test
    void aDomainThatNeverRanIsNowhere() {
        assertThat(scheduler.dirtyCpus(0)).isZero();
    }

    @Test
    void aDomainThatBlockedStaysWhileItsPcpuIdles() {
        run(rover, 0, 0);
        block(rover, 0, 2);

        assertThat(scheduler.dirtyCpus(0)).isEqualTo(1);
    }

    @Test
    void aDomainLeavesWhenItsPcpuLoadsAnother() {
        run(rover, 0, 0);
        block(rover, 0, 2);
        run(local, 0, 3);

        assertThat(scheduler.dirtyCpus(0)).isZero();
        assertThat(scheduler.dirtyCpus(1)).isEqualTo(1);
    }

    /** The sibling keeps core 0 half busy, so the second tick moves the rover to core 1; pCPU 0 loads nothing after it. */
    @Test
    void anIdlePcpuGivesUpTheStateOfAVcpuThatIsLoadedElsewhere() {
        run(sibling, 1, 0);
        run(rover, 0, 0);
        scheduler.tick(0, 10 * MS);
        scheduler.tick(0, 20 * MS);
        assertThat(scheduler.schedule(0, 20 * MS, 0, 0)).isEqualTo(CreditScheduler.IDLE);
        int moved = scheduler.processor(rover);
        assertThat(moved).isGreaterThanOrEqualTo(2);
        assertThat(scheduler.schedule(moved, 20 * MS, 0, 0)).isEqualTo(rover);

        assertThat(scheduler.dirtyCpus(0)).isEqualTo(1);
    }
}
