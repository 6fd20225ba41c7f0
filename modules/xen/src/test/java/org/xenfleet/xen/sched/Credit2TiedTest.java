package org.xenfleet.xen.sched;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * A pCPU that is tied by a hypercall never schedules. In us; xen-semantics 4.2, "Tied pCPU", and 9, statements 16, 17 and
 * 20. pCPU 0 is tied from 0 to 4 s by the vCPU of an attacker that is pinned to it.
 */
class Credit2TiedTest {
    private static final long SECOND = 1_000_000L;

    private final Credit2Pool pool = Credit2Pool.of(2);
    private final int attacker = pool.pinned(0);
    private final int victim = pool.pinned(1);

    private void tie() {
        pool.start(attacker, 0);
        pool.start(victim, 0);
    }

    /** Free to run on both, and last on the pCPU that is tied. */
    private int lastOnTheTied() {
        int vcpu = pool.pinned(0);
        pool.scheduler.setAffinity(vcpu, Credit2Pool.cpus(0, 2), 0);
        while (pool.scheduler.processor(vcpu) != 0) {
            pool.scheduler.setAffinity(vcpu, Credit2Pool.cpus(0, 2), 0);
        }
        return vcpu;
    }

    @Test
    void whoWaitsInTheQueueOfTheSocketIsRunByTheOthers() {
        int floating = pool.vcpu();
        tie();
        assertThat(pool.wake(floating, 500)).isEmpty();

        assertThat(pool.schedule(1, 10_000)).isEqualTo(floating);
    }

    @Test
    void whoMayRunNowhereElseWaitsForTheWholeCall() {
        int pinned = pool.pinned(0);
        tie();
        pool.wake(pinned, 1_500);
        for (long us = 2_000; us < 4 * SECOND; us += 1_000) {
            assertThat(pool.schedule(1, us)).isEqualTo(victim);
        }

        assertThat(pool.schedule(0, 4 * SECOND)).isEqualTo(pinned);
        assertThat(pool.waits).contains(4 * SECOND - 1_500);
    }

    /** It beats the attacker, which has burnt 1.5 ms, on its own pCPU; the others leave it to that one. */
    @Test
    void theFirstThatIsEarmarkedForTheTiedPcpuWaitsForTheWholeCall() {
        int first = lastOnTheTied();
        tie();
        assertThat(pool.wake(first, 1_500)).containsExactly(0);
        assertThat(pool.scheduler.earmark(first)).isZero();
        for (long us = 2_000; us < 4 * SECOND; us += 1_000) {
            assertThat(pool.schedule(1, us)).isEqualTo(victim);
        }

        assertThat(pool.schedule(0, 4 * SECOND)).isEqualTo(first);
        assertThat(pool.waits).contains(4 * SECOND - 1_500);
        assertThat(pool.scheduler.earmark(first)).isEqualTo(-1);
    }

    /** The tied pCPU is tickled already, so that the next has the other poked, where the victim has burnt 3 ms. */
    @Test
    void laterOnesAvoidTheTiedPcpu() {
        int first = lastOnTheTied();
        int second = lastOnTheTied();
        tie();
        pool.wake(first, 1_500);
        assertThat(pool.wake(second, 3_000)).containsExactly(1);

        assertThat(pool.schedule(1, 3_000)).isEqualTo(second);
        assertThat(pool.scheduler.earmark(first)).isZero();
    }

    @Test
    void withAnIdlePcpuNobodyIsEarmarkedForTheTiedOne() {
        int first = lastOnTheTied();
        pool.start(attacker, 0);

        assertThat(pool.wake(first, 1_500)).containsExactly(1);
        assertThat(pool.schedule(1, 1_500)).isEqualTo(first);
    }

    /** Its credit, 10 ms, tops the queue: nobody else is given any. */
    @Test
    void whileTheEarmarkedOneWaitsWithCreditThereIsNoReset() {
        int first = lastOnTheTied();
        tie();
        pool.wake(first, 1_500);
        pool.schedule(1, 15_000);

        assertThat(pool.credit(victim)).isEqualTo(10_000 - 15_000);
        assertThat(pool.credit(first)).isEqualTo(10_000);
    }

    /** 4 s of monopoly cost 20 ms at most: down from 10 to -10 ms. */
    @Test
    void afterTheCallTheAttackerOwesNoMoreThan10Ms() {
        int first = lastOnTheTied();
        tie();
        pool.wake(first, 1_500);
        pool.schedule(0, 4 * SECOND);

        assertThat(pool.credit(attacker)).isEqualTo(-10_000);
    }

    /** Statement 16: a waking vCPU of the socket waits for no more than the 10 ms of a slice. */
    @Test
    void whoIsNotEarmarkedWaitsForASliceAtMost() {
        int first = lastOnTheTied();
        int second = pool.vcpu();
        tie();
        pool.wake(first, 1_500);
        pool.schedule(1, 10_000);
        assertThat(pool.wake(second, 10_500)).containsExactly(1);

        assertThat(pool.schedule(1, 10_500)).isEqualTo(second);
    }

    @Test
    void pausingTheTiedVcpuTakesEffectWhenItsPcpuSchedules() {
        tie();
        assertThat(pool.scheduler.pause(attacker, 2_000_000)).isTrue();
        assertThat(pool.pokes()).containsExactly(0);
        assertThat(pool.scheduler.isOnCpu(attacker)).isTrue();

        assertThat(pool.schedule(0, 4 * SECOND)).isEqualTo(Credit2Pool.IDLE);
        assertThat(pool.scheduler.isOnCpu(attacker)).isFalse();
        assertThat(pool.times.state(attacker)).isEqualTo(Runstate.OFFLINE);
    }

    @Test
    void pausingTheTiedVcpuKeepsWakingOnesAwayFromItsPcpu() {
        int floating = lastOnTheTied();
        tie();
        pool.scheduler.pause(attacker, 1_000_000);
        pool.pokes();

        assertThat(pool.wake(floating, 3_000)).containsExactly(1);
    }

    /** With the mechanism left out, the earmarked and the pinned are run by the others. */
    @Test
    void evacuationFreesTheEarmarkedAndThePinned() {
        int first = lastOnTheTied();
        int pinned = pool.pinned(0);
        tie();
        pool.wake(first, 1_500);
        pool.wake(pinned, 1_500);
        pool.scheduler.evacuate(0, true, false, 2_000_000);
        assertThat(pool.pokes()).containsExactly(1);
        assertThat(pool.schedule(1, 2_000)).isEqualTo(first);
        pool.block(first, 2_500);
        assertThat(pool.scheduler.current(1)).isEqualTo(victim);
        pool.scheduler.evacuate(0, false, true, 5_000_000);

        assertThat(pool.pokes()).containsExactly(1);
        assertThat(pool.schedule(1, 5_000)).isEqualTo(pinned);
    }
}
