package org.xenfleet.xen.sched;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Burning, reset, and how long a vCPU may run; in us, xen-semantics 4.2. */
class Credit2CreditsTest {
    private static int weighing(Credit2Pool pool, int weight) {
        return pool.vcpu(weight, Affinity.hard(Credit2Pool.cpus(0, 1)));
    }

    @Test
    void aNewVcpuHas10MsOfCreditAndMaySpendThem() {
        Credit2Pool pool = Credit2Pool.of(1);
        int a = pool.vcpu();
        pool.start(a, 0);

        assertThat(pool.credit(a)).isEqualTo(10_000);
        assertThat(pool.slice()).isEqualTo(10_000);
    }

    @Test
    void theHeaviestPaysOneCreditANanosecondAndHalfTheWeightTwo() {
        Credit2Pool pool = Credit2Pool.of(1);
        int light = weighing(pool, 256);
        int heavy = weighing(pool, 512);
        pool.start(light, 0);
        assertThat(pool.slice()).isEqualTo(5_000);
        pool.wake(heavy, 0);
        pool.schedule(0, 3_000);

        assertThat(pool.credit(light)).isEqualTo(10_000 - 2 * 3_000);
        assertThat(pool.scheduler.current(0)).isEqualTo(heavy);
        pool.schedule(0, 5_000);
        assertThat(pool.credit(heavy)).isEqualTo(10_000 - 2_000);
    }

    /** A ns at weight 256 beside 640 is 2.5 credits, of which the half is kept for the next. */
    @Test
    void whatTheDivisionByTheWeightLeavesIsChargedLater() {
        Credit2Pool pool = Credit2Pool.unlimited(1);
        int light = weighing(pool, 256);
        weighing(pool, 640);
        pool.start(light, 0);
        pool.scheduler.schedule(0, 1, 0, 0);
        assertThat(pool.scheduler.credit(light)).isEqualTo(10_000_000 - 2);
        pool.scheduler.schedule(0, 2, 0, 0);

        assertThat(pool.scheduler.credit(light)).isEqualTo(10_000_000 - 5);
    }

    @Test
    void aLoneVcpuIsResetWheneverItsCreditIsGone() {
        Credit2Pool pool = Credit2Pool.of(1);
        int a = pool.vcpu();
        pool.start(a, 0);

        assertThat(pool.schedule(0, 10_000)).isEqualTo(a);
        assertThat(pool.credit(a)).isEqualTo(10_000);
        assertThat(pool.slice()).isEqualTo(10_000);
    }

    /** A run queue of one pCPU, traced: after 10 ms the other's 10 ms are untouched, so that nobody needs a reset. */
    @Test
    void aResetComesOnlyWhenNeitherWhoRunsNorWhoWaitsHasCredit() {
        Credit2Pool pool = Credit2Pool.of(1);
        int a = pool.vcpu();
        int b = pool.vcpu();
        pool.start(a, 0);
        pool.wake(b, 0);
        assertThat(pool.schedule(0, 10_000)).isEqualTo(b);
        assertThat(pool.credit(a)).isZero();
        assertThat(pool.credit(b)).isEqualTo(10_000);

        assertThat(pool.schedule(0, 20_001)).isEqualTo(a);
        assertThat(pool.credit(a)).isEqualTo(10_000);
        assertThat(pool.credit(b)).isEqualTo(9_999);
    }

    @Test
    void nobodyHasMoreThan10_5MsAfterAReset() {
        Credit2Pool pool = Credit2Pool.of(1);
        int sleeper = pool.vcpu();
        int a = pool.vcpu();
        pool.start(a, 0);
        pool.schedule(0, 10_000);

        assertThat(pool.credit(sleeper)).isEqualTo(10_500);
    }

    /** An hour of monopoly costs no more than 10 ms; xen-semantics 9, statement 20, for credit2. */
    @Test
    void creditNeverFallsBelowMinus10MsAndTheResetMakesGoodForIt() {
        Credit2Pool pool = Credit2Pool.of(1);
        int a = pool.vcpu();
        int b = pool.vcpu();
        pool.start(a, 0);
        pool.wake(b, 0);
        pool.schedule(0, 3_600_000_000L);
        assertThat(pool.credit(a)).isEqualTo(-10_000);
        pool.block(b, 3_600_000_000L + 1);

        assertThat(pool.scheduler.current(0)).isEqualTo(a);
        assertThat(pool.credit(a)).isEqualTo(10_000);
    }

    @Test
    void aSliceLastsUntilTheCreditIsAsLittleAsThatOfTheFirstWhoWaits() {
        Credit2Pool pool = Credit2Pool.unlimited(1);
        int a = pool.vcpu();
        int b = pool.vcpu();
        int c = pool.vcpu();
        pool.start(a, 0);
        assertThat(pool.block(a, 3_000)).isEqualTo(Credit2Pool.IDLE);
        pool.start(b, 3_000);
        pool.block(b, 7_000);
        pool.wake(a, 7_000);
        pool.wake(b, 7_000);
        pool.wake(c, 7_000);
        assertThat(pool.schedule(0, 7_000)).isEqualTo(c);

        assertThat(pool.credit(a)).isEqualTo(7_000);
        assertThat(pool.credit(b)).isEqualTo(6_000);
        assertThat(pool.slice()).isEqualTo(10_000 - 7_000);
    }

    @Test
    void whoHasJustBeenSentAwayDoesNotWaitYet() {
        Credit2Pool pool = Credit2Pool.of(1);
        int a = pool.vcpu();
        int b = pool.vcpu();
        pool.start(a, 0);
        pool.wake(b, 2_000);
        assertThat(pool.schedule(0, 2_000)).isEqualTo(b);

        assertThat(pool.credit(a)).isEqualTo(8_000);
        assertThat(pool.slice()).isEqualTo(10_000);
    }

    @Test
    void aSliceIsNeverShorterThanTheRateLimitOr500Us() {
        Credit2Pool limited = Credit2Pool.of(1);
        assertThat(sliceOfOneOfThree(limited)).isEqualTo(1_000);

        Credit2Pool unlimited = Credit2Pool.unlimited(1);
        assertThat(sliceOfOneOfThree(unlimited)).isEqualTo(500);
    }

    private static long sliceOfOneOfThree(Credit2Pool pool) {
        int a = pool.vcpu();
        pool.start(a, 0);
        pool.wake(pool.vcpu(), 0);
        pool.wake(pool.vcpu(), 0);
        pool.schedule(0, 2_000);
        assertThat(pool.scheduler.current(0)).isNotEqualTo(a);
        return pool.slice();
    }

    /** What is left of the limit, but 500 us at least: 1,000 - 300 and 1,000 - 800. */
    @Test
    void whoIsKeptByTheRateLimitIsGivenTheRestOfIt() {
        Credit2Pool pool = Credit2Pool.of(1);
        int a = pool.vcpu();
        pool.start(a, 0);
        pool.wake(pool.vcpu(), 100);
        assertThat(pool.schedule(0, 300)).isEqualTo(a);
        assertThat(pool.slice()).isEqualTo(700);
        assertThat(pool.schedule(0, 800)).isEqualTo(a);

        assertThat(pool.slice()).isEqualTo(500);
        assertThat(pool.schedule(0, 1_000)).isNotEqualTo(a);
    }

    @Test
    void aVcpuThatBecomesTheHeaviestMakesTheOthersPayMore() {
        Credit2Pool pool = Credit2Pool.of(1);
        int a = pool.vcpu();
        pool.start(a, 0);
        pool.schedule(0, 1_000);
        weighing(pool, 1024);
        pool.schedule(0, 2_000);

        assertThat(pool.credit(a)).isEqualTo(10_000 - 1_000 - 4 * 1_000);
    }
}
