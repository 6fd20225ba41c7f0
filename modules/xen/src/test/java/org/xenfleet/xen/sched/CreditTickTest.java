package org.xenfleet.xen.sched;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The 10 ms tick and what only the accounting does; xen-semantics 4.1, "Tick" and "Accounting". */
class CreditTickTest {
    @Test
    void theBoostIsLostAtTheTick() {
        TestPool pool = TestPool.of(1);
        int a = pool.vcpu(0);
        pool.run(a, 0, 0);
        assertThat(pool.scheduler.priority(a)).isEqualTo(Priority.BOOST);
        pool.tick(0, 3);

        assertThat(pool.scheduler.priority(a)).isEqualTo(Priority.UNDER);
    }

    @Test
    void aBoostedVcpuThatWaitsKeepsItsBoostAtTheTick() {
        TestPool pool = TestPool.of(1);
        pool.run(pool.vcpu(0), 0, 0);
        int waiting = pool.vcpu(0);
        pool.wake(waiting, 1);
        pool.tick(0, 3);

        assertThat(pool.scheduler.priority(waiting)).isEqualTo(Priority.BOOST);
    }

    /** 10 credits a ms: 7.55 ms are 75.5 credits, charged as 75; at 10.1 ms it is 101 in all, the half is not lost. */
    @Test
    void theChargeIsExactOverManyTicks() {
        TestPool pool = TestPool.of(1);
        int a = pool.vcpu(0);
        pool.run(a, 0, 0);
        pool.scheduler.tick(0, 7_550_000);
        assertThat(pool.scheduler.credit(a)).isEqualTo(-75);
        pool.scheduler.tick(0, 10_100_000);

        assertThat(pool.scheduler.credit(a)).isEqualTo(-101);
    }

    @Test
    void aNewVcpuGetsCreditOnlyAfterATickHasMadeItActive() {
        TestPool pool = TestPool.of(1);
        int a = pool.vcpu(0);
        pool.run(a, 0, 0);
        assertThat(pool.account(5)).isFalse();
        assertThat(pool.scheduler.accountingMatters()).isFalse();
        pool.tick(0, 10);

        assertThat(pool.scheduler.accountingMatters()).isTrue();
        assertThat(pool.account(10)).isTrue();
        assertThat(pool.scheduler.credit(a)).as("10 ms and one pot of 300").isEqualTo(-100 + 300);
    }

    /** Nine bursts of 9 ms between the ticks: 810 credits of debt, and still UNDER and inactive. */
    @Test
    void aVcpuThatEvadesTheTicksPaysButIsNeverJudged() {
        TestPool pool = TestPool.of(1);
        int a = pool.vcpu(0);
        for (int i = 0; i < 9; i++) {
            pool.run(a, 0, i * 10);
            pool.block(a, 0, i * 10 + 9);
            pool.tick(0, i * 10 + 10);
        }
        pool.account(90);

        assertThat(pool.scheduler.credit(a)).isEqualTo(-810);
        assertThat(pool.scheduler.priority(a)).isGreaterThan(Priority.OVER);
    }

    @Test
    void runningIntoDebtMakesOverOnlyAtTheAccounting() {
        TestPool pool = TestPool.of(1);
        int a = pool.vcpu(0);
        pool.run(a, 0, 0);
        for (int ms = 10; ms <= 50; ms += 10) {
            pool.tick(0, ms);
        }
        assertThat(pool.scheduler.credit(a)).isEqualTo(-500);
        assertThat(pool.scheduler.priority(a)).isEqualTo(Priority.UNDER);
        pool.account(50);

        assertThat(pool.scheduler.credit(a)).isEqualTo(-200);
        assertThat(pool.scheduler.priority(a)).isEqualTo(Priority.OVER);
    }

    /** -300 after the monopoly; asleep, it gets 300 a period: 0 at the next accounting, which is UNDER again. */
    @Test
    void anOverVcpuIsUnderAgainOnlyAtTheAccounting() {
        TestPool pool = TestPool.of(1);
        int a = pool.vcpu(0);
        pool.makeOver(a, 0, 0);
        assertThat(pool.scheduler.credit(a)).isEqualTo(-300);
        pool.block(a, 0, 3600);
        assertThat(pool.scheduler.priority(a)).isEqualTo(Priority.OVER);
        pool.account(3630);

        assertThat(pool.scheduler.credit(a))
                .as("the pot and the balance of 300, no more")
                .isGreaterThanOrEqualTo(0);
        assertThat(pool.scheduler.priority(a)).isEqualTo(Priority.UNDER);
    }

    /** A tick of 3,600 ms, as after a hypercall that tied the pCPU, charges 36,000 credits; the accounting forgives all but 300. */
    @Test
    void theDebtOfACallOf3600MillisecondsIs300AfterTheNextAccounting() {
        TestPool pool = TestPool.of(1);
        int a = pool.vcpu(0);
        pool.run(a, 0, 0);
        pool.tick(0, 3600);
        assertThat(pool.scheduler.credit(a)).isEqualTo(-36_000);
        pool.account(3630);

        assertThat(pool.scheduler.credit(a)).isEqualTo(-300);
    }

    @Test
    void theTickOfAnIdlePcpuChangesNothing() {
        TestPool pool = TestPool.of(1);
        int a = pool.vcpu(0);
        pool.tick(0, 10);

        assertThat(pool.scheduler.credit(a)).isZero();
        assertThat(pool.scheduler.accountingMatters()).isFalse();
        assertThat(pool.scheduler.tickMatters(0)).isFalse();
    }

    /**
     * b has run for 3.6 s and waits before c, which ran for 2 ms; a runs. Each gets 100: b is OVER, c has 80 and is UNDER.
     * The order of the queue follows at the next tick, not at the accounting.
     */
    private static int afterTheAccounting(boolean tick) {
        TestPool pool = TestPool.of(1);
        int a = pool.vcpu(0);
        int b = pool.vcpu(0);
        int c = pool.vcpu(0);
        pool.run(b, 0, 0);
        pool.tick(0, 10);
        pool.run(c, 0, 3600);
        pool.tick(0, 3601);
        pool.run(a, 0, 3602);
        pool.tick(0, 3603);
        pool.account(3603);
        assertThat(pool.scheduler.credit(c)).isEqualTo(-20 + 100);
        assertThat(pool.scheduler.priority(b)).isEqualTo(Priority.OVER);
        assertThat(pool.scheduler.tickMatters(0)).isTrue();
        if (tick) {
            pool.tick(0, 3604);
        }
        int next = pool.block(a, 0, 3605);
        return next == c ? 'c' : next == b ? 'b' : '-';
    }

    @Test
    void untilTheTickTheQueueStaysAsItWas() {
        assertThat(afterTheAccounting(false)).isEqualTo('b');
    }

    @Test
    void theTickAfterAnAccountingPutsUnderBeforeOver() {
        assertThat(afterTheAccounting(true)).isEqualTo('c');
    }

    /** a and b share the core of threads 0 and 1 while the core of 2 and 3 is idle: two idle threads there, none here. */
    @Test
    void anActiveVcpuMovesToAnIdleCoreAtATick() {
        TestPool pool = new TestPool(new Topology(4, 1, 2), CreditParameters.DEFAULT);
        int a = pool.vcpu(0);
        pool.run(a, 0, 0);
        pool.run(pool.vcpu(1), 1, 0);
        pool.tick(0, 10);
        assertThat(pool.pokes()).as("the first tick only makes it active").isEmpty();
        pool.tick(0, 20);
        assertThat(pool.pokes()).containsExactly(0);
        pool.schedule(0, 20);

        assertThat(pool.scheduler.processor(a)).isBetween(2, 3);
    }

    @Test
    void theTickOfASettledVcpuAloneDoesNotMatter() {
        TestPool pool = TestPool.of(1);
        int a = pool.vcpu(0);
        pool.run(a, 0, 0);
        assertThat(pool.scheduler.tickMatters(0)).as("boosted").isTrue();
        pool.tick(0, 10);
        assertThat(pool.scheduler.tickMatters(0)).as("UNDER and active").isFalse();
        pool.scheduler.quietTick(0, 20 * TestPool.MS);

        assertThat(pool.scheduler.credit(a)).isEqualTo(-200);
        assertThat(pool.scheduler.sliceMatters(0)).isFalse();
    }

    /** Somebody who may run on pCPU 0 alone waits there, so that it is no place as good as the idle pCPU 1. */
    @Test
    void theTickOfAVcpuBehindWhichSomebodyWaitsMattersWhileAPcpuIsIdle() {
        TestPool pool = TestPool.of(2);
        int a = pool.vcpu(0);
        pool.run(a, 0, 0);
        pool.wake(pool.pinned(0), 1);
        pool.tick(0, 10);
        assertThat(pool.scheduler.tickMatters(0)).isTrue();
        pool.tick(0, 20);

        assertThat(pool.pokes()).containsExactly(0);
    }

    /** Placement asks for the preferred pCPUs first, and comes to 0 although nobody idles there. */
    @Test
    void theTickOfAVcpuAwayFromThePcpuItPrefersMattersThoughNobodyIdles() {
        TestPool pool = new TestPool(new Topology(2, 1, 1), CreditRules.V4_17, CreditParameters.DEFAULT);
        int first = pool.preferring(0);
        int second = pool.preferring(0);
        pool.run(first, 0, 0);
        pool.wake(second, 0);
        assertThat(pool.schedule(1, 0)).isEqualTo(second);
        pool.tick(1, 10);
        assertThat(pool.scheduler.hasIdlers()).isFalse();

        assertThat(pool.scheduler.tickMatters(1)).isTrue();
    }

    /**
     * z is deep in debt and OVER, y runs, x waits before z; the queue is in order when the tick after the accounting comes.
     * Then y yields: behind x, and one further back, behind z. Returns who runs after x.
     */
    private static int afterAYield(boolean quiet) {
        TestPool pool = new TestPool(new Topology(1, 1, 1), new CreditParameters(30, 0));
        int z = pool.vcpu(0);
        int y = pool.vcpu(0);
        int x = pool.vcpu(0);
        pool.makeOver(z, 0, 0);
        pool.tick(0, 3700);
        pool.run(y, 0, 3701);
        pool.tick(0, 3702);
        pool.account(3703);
        pool.wake(x, 3704);
        assertThat(pool.scheduler.priority(z)).isEqualTo(Priority.OVER);
        assertThat(pool.scheduler.tickMatters(0)).isFalse();
        if (quiet) {
            pool.scheduler.quietTick(0, 3705 * TestPool.MS);
        } else {
            pool.tick(0, 3705);
        }
        pool.scheduler.yield(y);
        assertThat(pool.schedule(0, 3706)).isEqualTo(x);
        pool.tick(0, 3707);
        return pool.block(x, 0, 3708) == z ? 'z' : 'y';
    }

    @Test
    void aQueueIsSortedOnceAfterAnAccountingAndNotAgainAtTheNextTick() {
        assertThat(afterAYield(false)).isEqualTo('z');
    }

    @Test
    void aQuietTickIsTheOneThatFindsTheQueueSorted() {
        assertThat(afterAYield(true)).isEqualTo('z');
    }

    @Test
    void theEndOfASliceMattersWhenSomebodyWaitsOrTheRunningOneIsOverAndSomebodyWaitsElsewhere() {
        TestPool pool = TestPool.of(2);
        int a = pool.vcpu(0);
        pool.makeOver(a, 0, 0);
        assertThat(pool.scheduler.sliceMatters(0)).isFalse();
        pool.run(pool.vcpu(1), 1, 0);
        pool.wake(pool.vcpu(1), 1);
        assertThat(pool.scheduler.takeQueueNews()).isTrue();
        assertThat(pool.scheduler.sliceMatters(0)).isTrue();
        assertThat(pool.scheduler.takeQueueNews()).isFalse();

        TestPool other = TestPool.of(1);
        other.run(other.vcpu(0), 0, 0);
        other.wake(other.vcpu(0), 1);
        assertThat(other.scheduler.sliceMatters(0)).isTrue();
    }
}
