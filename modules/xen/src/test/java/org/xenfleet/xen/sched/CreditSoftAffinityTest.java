package org.xenfleet.xen.sched;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** Who is poked and who is taken when vCPUs prefer some pCPUs; two steps in 4.17, preference first, then all allowed. */
class CreditSoftAffinityTest {
    private static TestPool pool(int cpus, CreditRules rules) {
        return new TestPool(new Topology(cpus, 1, 1), rules, CreditParameters.DEFAULT);
    }

    /** Born on 0, may run on 0 to 3. */
    private static int onZero(TestPool pool, BitSet soft) {
        int vcpu = pool.scheduler.addVcpu(pool.scheduler.addDomain(256, 0), 0, new Affinity(TestPool.cpus(0, 4), soft));
        pool.scheduler.unpause(vcpu, 0, 0);
        return vcpu;
    }

    @Test
    void thePreferredIdlerIsPokedThoughAnotherIsNext() {
        TestPool pool = pool(4, CreditRules.V4_17);
        BitSet soft = TestPool.cpus(0, 1);
        soft.set(3);
        int a = onZero(pool, soft);
        pool.run(pool.pinned(0), 0, 0);
        pool.wake(a, 1);

        assertThat(pool.scheduler.processor(a)).isZero();
        assertThat(pool.pokes()).containsExactly(3);
    }

    @Test
    void withoutAPreferredIdlerAnyOtherIsPoked() {
        TestPool pool = pool(4, CreditRules.V4_17);
        int a = onZero(pool, TestPool.cpus(0, 1));
        pool.run(pool.pinned(0), 0, 0);
        pool.wake(a, 1);

        assertThat(pool.pokes()).containsExactly(1);
    }

    @Test
    void in44APreferenceSaysNothing() {
        TestPool pool = pool(4, CreditRules.V4_4);
        pool.run(pool.pinned(0), 0, 0);
        pool.wake(onZero(pool, TestPool.cpus(3, 4)), 1);

        assertThat(pool.pokes()).containsExactly(1);
    }

    /** a and b wait on 0, a first; b prefers 1, where somebody else runs when b is placed. */
    @Test
    void whoPrefersThisPcpuIsTakenBeforeTheFirstInTheQueue() {
        TestPool pool = pool(2, CreditRules.V4_17);
        int onOne = pool.pinned(1);
        pool.run(onOne, 1, 0);
        int a = pool.vcpu(0);
        int b = pool.scheduler.addVcpu(
                pool.scheduler.addDomain(256, 0), 0, new Affinity(TestPool.cpus(0, 2), TestPool.cpus(1, 2)));
        pool.scheduler.unpause(b, 0, 0);
        pool.run(pool.pinned(0), 0, 0);
        pool.wake(a, 1);
        pool.wake(b, 1);
        assertThat(pool.scheduler.queueLength(0)).isEqualTo(2);

        assertThat(pool.block(onOne, 1, 2)).isEqualTo(b);
        assertThat(pool.scheduler.queueLength(0)).isEqualTo(1);
    }

    /** Of two idlers the second wake, on another pCPU's account, takes the other one: 4.17 strikes off who was poked. */
    @Test
    void anIdlerThatWasPokedIsNotPokedAgain() {
        assertThat(secondPoke(CreditRules.V4_17)).isEqualTo(2);
        assertThat(secondPoke(CreditRules.V4_4)).isEqualTo(1);
    }

    private static int secondPoke(CreditRules rules) {
        TestPool pool = pool(3, rules);
        pool.run(pool.pinned(0), 0, 0);
        int a = pool.vcpu(0);
        int b = pool.vcpu(0);
        pool.scheduler.wake(a, 1, 0, -1);
        assertThat(pool.pokes()).containsExactly(1);
        pool.scheduler.wake(b, 1, 1, -1);
        return pool.pokes().get(0);
    }

    /** As above, but everybody prefers some pCPU. */
    @Test
    void alsoWhereEverybodyPrefersSomePcpu() {
        TestPool pool = pool(2, CreditRules.V4_17);
        int onOne = pool.preferring(1);
        pool.run(onOne, 1, 0);
        int onZero = pool.preferring(0);
        int a = pool.preferring(0);
        int b = pool.scheduler.addVcpu(
                pool.scheduler.addDomain(256, 0), 0, new Affinity(TestPool.cpus(0, 2), TestPool.cpus(1, 2)));
        pool.scheduler.unpause(b, 0, 0);
        pool.run(onZero, 0, 0);
        pool.wake(a, 1);
        pool.wake(b, 1);
        assertThat(pool.scheduler.queueLength(0)).isEqualTo(2);

        assertThat(pool.block(onOne, 1, 2)).isEqualTo(b);
    }
}
