package org.xenfleet.xen.sched;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whom a waking vCPU has poked, and who may run it; in us, xen-semantics 4.2. */
class Credit2WakeTest {
    @Test
    void itsLastPcpuIsPokedWhenThatIsIdle() {
        Credit2Pool pool = Credit2Pool.of(4);
        int a = pool.vcpu();
        int first = pool.start(a, 0);
        pool.block(a, 100);

        assertThat(first).isEqualTo(pool.scheduler.processor(a));
        assertThat(pool.wake(a, 200)).containsExactly(first);
    }

    @Test
    void elseTheNextIdleOneInTurn() {
        Credit2Pool pool = Credit2Pool.of(4);
        int a = pool.pinned(1);
        int b = pool.pinned(1);
        pool.start(a, 0);
        pool.scheduler.setAffinity(b, Credit2Pool.cpus(0, 4), 0);
        int home = pool.scheduler.processor(b);
        int c = pool.pinned(home);
        pool.start(c, 0);

        assertThat(pool.wake(b, 0)).containsExactly((home + 1) % 4 == 1 ? 2 : (home + 1) % 4);
    }

    /** Cores (0 1) (2 3); 0 is busy, so that 1 is half of a busy core. */
    @Test
    void aWhollyIdleCoreComesBeforeAnIdleThread() {
        Credit2Pool pool = Credit2Pool.of(new Topology(4, 1, 2));
        pool.start(pool.pinned(0), 0);
        int b = pool.pinned(1);
        pool.scheduler.setAffinity(b, Credit2Pool.cpus(1, 4), 0);
        int cpu = pool.wake(b, 0).get(0);

        assertThat(cpu).isIn(2, 3);
    }

    @Test
    void anIdlePcpuThatWasPokedIsLeftAlone() {
        Credit2Pool pool = Credit2Pool.of(2);
        int a = pool.vcpu();
        int b = pool.vcpu();
        int cpu = pool.wake(a, 0).get(0);

        assertThat(pool.wake(b, 0)).containsExactly(1 - cpu);
    }

    @Test
    void withoutIdlersItsOwnPcpuIsPokedWhenItBeatsWhoRunsThere() {
        Credit2Pool pool = Credit2Pool.of(2);
        int a = pool.pinned(0);
        int b = pool.pinned(1);
        int c = pool.vcpu();
        pool.start(a, 0);
        pool.start(b, 0);
        int own = pool.scheduler.processor(c);

        assertThat(pool.wake(c, 3_000)).containsExactly(own);
        assertThat(pool.schedule(own, 3_000)).isEqualTo(c);
    }

    /** Its own pCPU runs one with as much credit; the other has run for 3 ms, which is more than the resistance of 0.5. */
    @Test
    void elseThePcpuWhereItWinsMost() {
        Credit2Pool pool = Credit2Pool.of(2);
        int c = pool.vcpu();
        int own = pool.scheduler.processor(c);
        pool.start(pool.pinned(1 - own), 0);
        pool.start(pool.pinned(own), 3_000);

        assertThat(pool.wake(c, 3_000)).containsExactly(1 - own);
    }

    @Test
    void nobodyIsPokedWhenNobodyHasLessCredit() {
        Credit2Pool pool = Credit2Pool.of(1);
        int a = pool.vcpu();
        int b = pool.vcpu();
        pool.start(a, 0);
        pool.schedule(0, 9_000);
        pool.block(a, 9_000);
        pool.start(b, 9_000);

        assertThat(pool.wake(a, 12_000)).isEmpty();
        assertThat(pool.scheduler.queueLength(0)).isEqualTo(1);
    }

    /** Traced (boot P, f): within the limit nobody is poked, and nobody tries again when it ends. */
    @Test
    void whoHasRunForLessThanTheRateLimitIsNotPreempted() {
        Credit2Pool pool = Credit2Pool.of(1);
        int a = pool.vcpu();
        pool.start(a, 0);

        assertThat(pool.wake(pool.vcpu(), 950)).isEmpty();
        assertThat(pool.wake(pool.vcpu(), 951)).containsExactly(0);
    }

    @Test
    void withoutARateLimitAtOnce() {
        Credit2Pool pool = Credit2Pool.unlimited(1);
        int a = pool.vcpu();
        pool.start(a, 0);

        assertThat(pool.wake(pool.vcpu(), 1)).containsExactly(0);
    }

    /** At 400 us it has 400 more than who runs elsewhere, at 500 us 500; on its own pCPU runs one with as much as itself. */
    @Test
    void aPcpuOfTheSameQueuePullsOnlyFor500UsOfCredit() {
        Credit2Pool pool = Credit2Pool.unlimited(2);
        int c = pool.vcpu();
        int other = 1 - pool.scheduler.processor(c);
        int a = pool.pinned(other);
        pool.start(a, 0);
        pool.start(pool.pinned(1 - other), 400);
        assertThat(pool.wake(c, 400)).isEmpty();

        assertThat(pool.schedule(other, 400)).isEqualTo(a);
        assertThat(pool.schedule(other, 500)).isEqualTo(c);
    }

    @Test
    void whoIsPulledIsGiven50Us() {
        Credit2Pool pool = Credit2Pool.of(2);
        int c = pool.vcpu();
        int own = pool.scheduler.processor(c);
        pool.start(pool.pinned(own), 0);
        int other = pool.wake(c, 0).get(0);
        assertThat(other).isEqualTo(1 - own);
        pool.schedule(other, 0);

        assertThat(pool.credit(c)).isEqualTo(10_050);
    }

    @Test
    void wakingTwiceQueuesOnce() {
        Credit2Pool pool = Credit2Pool.of(1);
        int a = pool.vcpu();
        pool.wake(a, 0);
        pool.wake(a, 0);

        assertThat(pool.scheduler.queueLength(0)).isEqualTo(1);
        assertThat(pool.scheduler.loadOf(0)).isEqualTo(1);
    }

    @Test
    void aPausedVcpuIsQueuedWhenItsLastPauseGoes() {
        Credit2Pool pool = Credit2Pool.of(1);
        int a = pool.vcpu();
        pool.scheduler.pause(a, 0);
        assertThat(pool.wake(a, 0)).isEmpty();
        pool.scheduler.unpause(a, 5_000_000, 0);

        assertThat(pool.pokes()).containsExactly(0);
        assertThat(pool.times.since(a)).isEqualTo(5_000_000);
    }

    @Test
    void aPreferredIdlePcpuComesFirst() {
        Credit2Pool pool = Credit2Pool.of(4);
        for (int cpu = 0; cpu < 4; cpu++) {
            assertThat(pool.wake(pool.preferring(cpu), 0)).containsExactly(cpu);
        }
    }

    /** It prefers 0, where a pinned one runs; the one that runs it elsewhere gives it up as soon as 0 is idle. */
    @Test
    void whoRunsWhereItDoesNotPreferMovesWhenAPreferredPcpuIsIdle() {
        Credit2Pool pool = Credit2Pool.of(2);
        int pinned = pool.pinned(0);
        pool.start(pinned, 0);
        int a = pool.preferring(0);
        assertThat(pool.start(a, 0)).isEqualTo(1);
        pool.block(pinned, 2_000);
        assertThat(pool.schedule(1, 5_000)).isEqualTo(Credit2Pool.IDLE);

        assertThat(pool.pokes()).containsExactly(0);
        assertThat(pool.schedule(0, 5_000)).isEqualTo(a);
    }
}
