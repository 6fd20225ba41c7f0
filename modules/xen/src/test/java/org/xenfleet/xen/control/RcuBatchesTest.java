package org.xenfleet.xen.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.xenfleet.xen.sched.cases.Snapshot;

/** Grace periods on four pCPUs; xen-semantics section 5, M12. */
class RcuBatchesTest {
    private static final int CPUS = 4;

    private final RcuBatches rcu = new RcuBatches();

    private static BitSet all() {
        BitSet cpus = new BitSet();
        cpus.set(0, CPUS);
        return cpus;
    }

    @Test
    void theFirstCallbackBeginsAGracePeriod() {
        assertThat(rcu.queue(7)).isTrue();
        assertThat(rcu.hasQueued()).isTrue();
        rcu.begin(all());

        assertThat(rcu.hasQueued()).isFalse();
        assertThat(rcu.missing()).isEqualTo(all());
    }

    /** XSA-334: a read lock that is never dropped; pCPU 2 does not count as having passed any more. */
    @Test
    void aGracePeriodNeverEndsWhereAReadLockWasLeftBehind() {
        rcu.leak(2);
        rcu.queue(7);
        rcu.begin(all());
        for (int cpu = 0; cpu < CPUS; cpu++) {
            assertThat(rcu.passed(cpu)).isFalse();
        }

        assertThat(rcu.missing().stream()).containsExactly(2);
        assertThat(rcu.waitsFor()).isEqualTo(2);
        assertThat(rcu.current()).containsExactly(7);
        Snapshot snapshot = new Snapshot();
        rcu.fields(snapshot, CPUS);
        snapshot.rewind();
        RcuBatches restored = new RcuBatches();
        restored.fields(snapshot, CPUS);
        assertThat(restored.passed(2)).isFalse();
    }

    @Test
    void aGracePeriodEndsWithTheLastPcpuThatPasses() {
        rcu.queue(7);
        rcu.begin(all());

        assertThat(rcu.passed(0)).isFalse();
        assertThat(rcu.passed(3)).isFalse();
        assertThat(rcu.passed(1)).isFalse();
        assertThat(rcu.missing().stream()).containsExactly(2);
        assertThat(rcu.passed(2)).isTrue();
        assertThat(rcu.takeDone()).containsExactly(7);
    }

    @Test
    void aPcpuThatPassesTwiceCountsOnce() {
        rcu.queue(7);
        BitSet two = new BitSet();
        two.set(0, 2);
        rcu.begin(two);

        assertThat(rcu.passed(0)).isFalse();
        assertThat(rcu.passed(0)).isFalse();
        assertThat(rcu.passed(3)).as("not asked for").isFalse();
        assertThat(rcu.passed(1)).isTrue();
        assertThat(rcu.passed(1)).as("over already").isFalse();
    }

    @Test
    void thePcpusThatAreAskedForAreThoseOfTheBeginning() {
        BitSet cpus = all();
        rcu.queue(7);
        rcu.begin(cpus);
        cpus.clear();

        assertThat(rcu.passed(0)).isFalse();
        assertThat(rcu.missing().cardinality()).isEqualTo(3);
    }

    @Test
    void whatIsQueuedDuringAGracePeriodWaitsForTheNext() {
        rcu.queue(7);
        rcu.begin(all());
        rcu.passed(0);

        assertThat(rcu.queue(8)).isFalse();
        assertThat(rcu.queue(9)).isFalse();
        for (int cpu = 1; cpu < CPUS; cpu++) {
            rcu.passed(cpu);
        }
        assertThat(rcu.takeDone()).containsExactly(7);
        assertThat(rcu.hasQueued()).isTrue();
        rcu.begin(all());
        assertThat(rcu.missing()).as("pCPU 0 has to pass again").isEqualTo(all());
        for (int cpu = 0; cpu < CPUS - 1; cpu++) {
            assertThat(rcu.passed(cpu)).isFalse();
        }
        assertThat(rcu.passed(CPUS - 1)).isTrue();
        assertThat(rcu.takeDone()).containsExactly(8, 9);
    }

    @Test
    void afterAGracePeriodTheNextCallbackBeginsAnother() {
        rcu.queue(7);
        rcu.begin(all());
        for (int cpu = 0; cpu < CPUS; cpu++) {
            rcu.passed(cpu);
        }
        rcu.takeDone();

        assertThat(rcu.takeDone()).isEmpty();
        assertThat(rcu.queue(8)).isTrue();
    }

    @Test
    void restoredBatchesGoOnAsBefore() {
        rcu.queue(7);
        rcu.begin(all());
        rcu.passed(0);
        rcu.passed(2);
        rcu.queue(8);
        RcuBatches restored = new RcuBatches();
        restored.queue(1);
        restored.queue(2);
        restored.begin(all());
        restored.queue(3);
        Snapshot snapshot = new Snapshot();
        rcu.fields(snapshot, CPUS);
        snapshot.rewind();
        restored.fields(snapshot, CPUS);

        assertThat(snapshot.unread()).isZero();
        assertThat(restored.passed(1)).isFalse();
        assertThat(restored.passed(3)).isTrue();
        assertThat(restored.takeDone()).containsExactly(7);
        restored.begin(all());
        assertThat(restored.takeDone()).containsExactly(8);
    }
}
