package org.xenfleet.xen.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xenfleet.xen.sched.cases.Snapshot;

/** One domctl at a time, the others try again; xen-semantics section 5, M11. pCPUs 0 to 4, ns. */
class DomctlLockTest {
    private final DomctlLock lock = new DomctlLock(true);

    @Test
    void aNewOneIsFree() {
        assertThat(lock.holder()).isEqualTo(-1);
        assertThat(lock.next()).isEqualTo(-1);
    }

    @Test
    void whoeverFindsItFreeHasItFromThenOn() {
        assertThat(lock.tryLock(3, 100)).isTrue();
        assertThat(lock.holder()).isEqualTo(3);
        assertThat(lock.heldSince()).isEqualTo(100);
    }

    /** The one who tries changes neither the holder nor since when. */
    @Test
    void whoeverFindsItTakenGoesOnTrying() {
        lock.tryLock(3, 100);

        assertThat(lock.tryLock(1, 200)).isFalse();
        assertThat(lock.holder()).isEqualTo(3);
        assertThat(lock.heldSince()).isEqualTo(100);
        assertThat(lock.next()).as("it is not free").isEqualTo(-1);
    }

    @Test
    void whoeverHasBeenTryingLongestIsNext() {
        lock.tryLock(0, 10);
        lock.tryLock(2, 20);
        lock.tryLock(1, 30);

        assertThat(lock.unlock()).isEqualTo(2);
        assertThat(lock.holder()).as("until its next try").isEqualTo(-1);
        assertThat(lock.tryLock(2, 40)).isTrue();
        assertThat(lock.heldSince()).isEqualTo(40);
        assertThat(lock.unlock()).isEqualTo(1);
        lock.tryLock(1, 50);
        assertThat(lock.unlock()).isEqualTo(-1);
    }

    /** pCPU 2 is told to try; 4 comes first and has it, and 2 tries again at the end. */
    @Test
    void aNewcomerMayComeBeforeTheNextTry() {
        lock.tryLock(0, 10);
        lock.tryLock(2, 20);
        lock.tryLock(1, 30);
        assertThat(lock.unlock()).isEqualTo(2);

        assertThat(lock.tryLock(4, 40)).isTrue();
        assertThat(lock.tryLock(2, 41)).isFalse();
        assertThat(lock.unlock()).isEqualTo(1);
    }

    /** A pCPU whose caller was preempted between two tries runs somebody else. */
    @Test
    void whoeverStopsTryingIsPassedOver() {
        lock.tryLock(0, 10);
        lock.tryLock(2, 20);
        lock.tryLock(1, 30);
        lock.stopTrying(2);
        lock.stopTrying(4);

        assertThat(lock.unlock()).isEqualTo(1);
    }

    @Test
    void withoutTheMechanismAnyNumberHaveIt() {
        DomctlLock shared = new DomctlLock(false);

        assertThat(shared.tryLock(0, 10)).isTrue();
        assertThat(shared.tryLock(1, 20)).isTrue();
        assertThat(shared.unlock()).isEqualTo(-1);
        assertThat(shared.unlock()).isEqualTo(-1);
    }

    @Test
    void aRestoredLockGoesOnAsBefore() {
        lock.tryLock(0, 10);
        lock.tryLock(2, 20);
        lock.tryLock(1, 30);
        DomctlLock restored = new DomctlLock(true);
        restored.tryLock(4, 1);
        restored.tryLock(3, 2);
        Snapshot snapshot = new Snapshot();
        lock.fields(snapshot);
        snapshot.rewind();
        restored.fields(snapshot);

        assertThat(snapshot.unread()).isZero();
        assertThat(restored.holder()).isZero();
        assertThat(restored.heldSince()).isEqualTo(10);
        assertThat(restored.unlock()).isEqualTo(2);
        assertThat(restored.next()).isEqualTo(1);
        assertThat(restored.next()).isEqualTo(-1);
    }
}
