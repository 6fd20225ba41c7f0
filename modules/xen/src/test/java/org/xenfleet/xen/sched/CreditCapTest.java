package org.xenfleet.xen.sched;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Caps: a vCPU alone on a pCPU gets no more than cap % of 300 a period, is parked when it is below minus that and unparked
 * at credit 0; xen-semantics 4.1, "Accounting".
 */
class CreditCapTest {
    /** Runs from 0, ticks at 10 and 20 ms, accounting at 25 ms: 200 credits burnt by then, 250 when the pCPU is given up. */
    private static int parkedAt25(TestPool pool, int cap) {
        int vcpu = pool.vcpu(0, TestPool.cpus(0, 1), 256, cap);
        pool.run(vcpu, 0, 0);
        pool.tick(0, 10);
        pool.tick(0, 20);
        pool.account(25);
        return vcpu;
    }

    /** 25 % of 300 is 75: -200 + 75 = -125 is below -75. */
    @Test
    void aVcpuBelowMinusItsCapIsParked() {
        TestPool pool = TestPool.of(1);
        int vcpu = parkedAt25(pool, 25);
        assertThat(pool.scheduler.credit(vcpu)).isEqualTo(-125);
        assertThat(pool.pokes()).containsExactly(0);

        assertThat(pool.schedule(0, 25)).isEqualTo(TestPool.IDLE);
        assertThat(pool.scheduler.credit(vcpu)).isEqualTo(-175);
    }

    /** 50 % of 300 is 150: -200 + 150 = -50 is not below -150. */
    @Test
    void aVcpuInDebtOfLessThanItsCapRunsOnAsOver() {
        TestPool pool = TestPool.of(1);
        int vcpu = parkedAt25(pool, 50);

        assertThat(pool.scheduler.credit(vcpu)).isEqualTo(-50);
        assertThat(pool.scheduler.priority(vcpu)).isEqualTo(Priority.OVER);
        assertThat(pool.pokes()).isEmpty();
        assertThat(pool.schedule(0, 30)).isEqualTo(vcpu);
    }

    /** -175, then 75 a period: -100, -25, +50. Parked from 25 to 115 ms, which are the measured 90 ms. */
    @Test
    void aCapOfAQuarterParksForThreePeriods() {
        TestPool pool = TestPool.of(1);
        int vcpu = parkedAt25(pool, 25);
        pool.schedule(0, 25);
        pool.pokes();
        for (int ms = 55; ms <= 85; ms += 30) {
            pool.account(ms);
            assertThat(pool.pokes()).as("parked at %d ms", ms).isEmpty();
            assertThat(pool.schedule(0, ms)).isEqualTo(TestPool.IDLE);
        }
        pool.account(115);

        assertThat(pool.scheduler.credit(vcpu)).isEqualTo(50);
        assertThat(pool.pokes()).containsExactly(0);
        assertThat(pool.schedule(0, 115)).isEqualTo(vcpu);
    }

    @Test
    void anUnparkedVcpuIsUnderNotBoosted() {
        TestPool pool = TestPool.of(1);
        int vcpu = parkedAt25(pool, 25);
        pool.schedule(0, 25);
        for (int ms = 55; ms <= 115; ms += 30) {
            pool.account(ms);
        }

        assertThat(pool.scheduler.queueLength(0)).isEqualTo(1);
        assertThat(pool.scheduler.priority(vcpu)).isEqualTo(Priority.UNDER);
    }

    @Test
    void wakingAParkedVcpuDoesNotRunIt() {
        TestPool pool = TestPool.of(1);
        int vcpu = parkedAt25(pool, 25);
        pool.block(vcpu, 0, 25);
        pool.pokes();
        pool.wake(vcpu, 30);

        assertThat(pool.pokes()).isEmpty();
        assertThat(pool.scheduler.queueLength(0)).isZero();
    }

    @Test
    void aParkedVcpuLeavesTheQueue() {
        TestPool pool = TestPool.of(1);
        int capped = pool.vcpu(0, TestPool.cpus(0, 1), 256, 25);
        pool.run(capped, 0, 0);
        pool.tick(0, 25);
        int other = pool.vcpu(0);
        pool.run(other, 0, 26);
        assertThat(pool.scheduler.queueLength(0)).isEqualTo(1);
        pool.account(27);

        assertThat(pool.scheduler.credit(capped)).as("26 ms of debt and 75").isEqualTo(-260 + 75);
        assertThat(pool.scheduler.queueLength(0)).isZero();
        assertThat(pool.scheduler.current(0)).isEqualTo(other);
    }

    @Test
    void withoutACapNobodyIsParked() {
        TestPool pool = TestPool.of(1);
        int vcpu = pool.vcpu(0);
        pool.makeOver(vcpu, 0, 0);

        assertThat(pool.scheduler.credit(vcpu)).isEqualTo(-300);
        assertThat(pool.schedule(0, 3630)).isEqualTo(vcpu);
    }

    /** Parked while it waits it is offline at once, while it runs when its pCPU gives it up; runnable again when unparked. */
    @Test
    void aParkedVcpuIsOfflineAndAnUnparkedOneWaits() {
        VcpuTimes times = new VcpuTimes(new Ignored(), 0);
        CreditScheduler scheduler = new CreditScheduler(
                new Topology(1, 1, 1), TestPool.cpus(0, 1), CreditRules.V4_4, CreditParameters.DEFAULT, times);
        long ms = TestPool.MS;
        int capped = scheduler.addVcpu(scheduler.addDomain(256, 25), 0, Affinity.hard(TestPool.cpus(0, 1)));
        scheduler.unpause(capped, 0, 0);
        scheduler.wake(capped, 0, 0, -1);
        scheduler.schedule(0, 0, 0, 0);
        scheduler.tick(0, 10 * ms);
        scheduler.tick(0, 20 * ms);
        scheduler.account(25 * ms, 0);
        assertThat(times.state(capped)).isEqualTo(Runstate.RUNNING);
        scheduler.schedule(0, 25 * ms, 0, 0);
        assertThat(times.state(capped)).isEqualTo(Runstate.OFFLINE);
        for (int at = 55; at <= 115; at += 30) {
            scheduler.account(at * ms, 0);
        }

        assertThat(times.state(capped)).isEqualTo(Runstate.RUNNABLE);
        assertThat(times.since(capped)).isEqualTo(115 * ms);
        scheduler.schedule(0, 115 * ms, 0, 0);
        scheduler.block(capped);
        scheduler.schedule(0, 116 * ms, 0, 0);
        assertThat(times.state(capped)).isEqualTo(Runstate.BLOCKED);
    }

    /** 50 % of 300 is 150; 30 ms cost 300: -300 + 150 is not below -150. */
    @Test
    void aVcpuInDebtOfJustItsCapIsNotParked() {
        TestPool pool = TestPool.of(1);
        int vcpu = pool.vcpu(0, TestPool.cpus(0, 1), 256, 50);
        pool.run(vcpu, 0, 0);
        pool.tick(0, 30);
        pool.account(30);

        assertThat(pool.scheduler.credit(vcpu)).isEqualTo(-150);
        assertThat(pool.pokes()).isEmpty();
        assertThat(pool.schedule(0, 30)).isEqualTo(vcpu);
    }

    /** It waits from 26 ms on, when another one runs, to 27 ms, when the accounting finds it in debt. */
    @Test
    void aVcpuThatIsParkedWhileItWaitsIsOfflineAtOnce() {
        VcpuTimes times = new VcpuTimes(new Ignored(), 0);
        CreditScheduler scheduler = new CreditScheduler(
                new Topology(1, 1, 1), TestPool.cpus(0, 1), CreditRules.V4_4, CreditParameters.DEFAULT, times);
        long ms = TestPool.MS;
        int capped = scheduler.addVcpu(scheduler.addDomain(256, 25), 0, Affinity.hard(TestPool.cpus(0, 1)));
        int other = scheduler.addVcpu(scheduler.addDomain(256, 0), 0, Affinity.hard(TestPool.cpus(0, 1)));
        scheduler.unpause(capped, 0, 0);
        scheduler.unpause(other, 0, 0);
        scheduler.wake(capped, 0, 0, -1);
        scheduler.schedule(0, 0, 0, 0);
        scheduler.tick(0, 25 * ms);
        scheduler.wake(other, 26 * ms, 0, -1);
        scheduler.schedule(0, 26 * ms, 0, 0);
        assertThat(times.state(capped)).isEqualTo(Runstate.RUNNABLE);
        scheduler.account(27 * ms, 0);

        assertThat(times.state(capped)).isEqualTo(Runstate.OFFLINE);
        assertThat(times.since(capped)).isEqualTo(27 * ms);
        assertThat(times.longestWait(capped)).isEqualTo(ms);
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
