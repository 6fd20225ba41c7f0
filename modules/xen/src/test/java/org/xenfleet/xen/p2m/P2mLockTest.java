package org.xenfleet.xen.p2m;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenfleet.xen.p2m.P2mLock.Side;
import org.xenfleet.xen.sched.cases.Snapshot;

/** Who holds the lock of a p2m and who comes next; xen-semantics section 5, M8 and M9. pCPUs 0 to 5. */
class P2mLockTest {
    private static P2mLock unfair() {
        return new P2mLock(P2mLockKind.UNFAIR);
    }

    private static P2mLock fair() {
        return new P2mLock(P2mLockKind.FAIR);
    }

    /** pCPU 0 writes; 1 waits to read, 2 to write, 3 and 4 to read. */
    private static P2mLock crowded(P2mLockKind kind) {
        P2mLock lock = new P2mLock(kind);
        assertThat(lock.acquire(0, Side.WRITE)).isTrue();
        assertThat(lock.acquire(1, Side.READ)).isFalse();
        assertThat(lock.acquire(2, Side.WRITE)).isFalse();
        assertThat(lock.acquire(3, Side.READ)).isFalse();
        assertThat(lock.acquire(4, Side.READ)).isFalse();
        return lock;
    }

    @ParameterizedTest
    @EnumSource(P2mLockKind.class)
    void anyNumberOfReadersHoldItAndNoWriterBesideThem(P2mLockKind kind) {
        P2mLock lock = new P2mLock(kind);

        assertThat(lock.acquire(0, Side.READ)).isTrue();
        assertThat(lock.acquire(1, Side.READ)).isTrue();
        assertThat(lock.acquire(2, Side.WRITE)).isFalse();
        assertThat(lock.isHeldBy(0)).isTrue();
        assertThat(lock.isHeldBy(1)).isTrue();
        assertThat(lock.isHeldBy(2)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(P2mLockKind.class)
    void aWriterHoldsItAlone(P2mLockKind kind) {
        P2mLock lock = new P2mLock(kind);

        assertThat(lock.acquire(3, Side.WRITE)).isTrue();
        assertThat(lock.acquire(4, Side.READ)).isFalse();
        assertThat(lock.acquire(5, Side.WRITE)).isFalse();
        assertThat(lock.holder()).isEqualTo(3);
        assertThat(lock.letsAnybodyIn()).isFalse();
        assertThat(lock.admit()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(P2mLockKind.class)
    void nobodyHoldsANewOne(P2mLockKind kind) {
        P2mLock lock = new P2mLock(kind);

        assertThat(lock.holder()).isEqualTo(-1);
        assertThat(lock.letsAnybodyIn()).isFalse();
        assertThat(lock.isFair()).isEqualTo(kind == P2mLockKind.FAIR);
    }

    /** With two readers one that leaves does not let a writer in. */
    @ParameterizedTest
    @EnumSource(P2mLockKind.class)
    void aWriterNeedsTheLastReaderToLeave(P2mLockKind kind) {
        P2mLock lock = new P2mLock(kind);
        lock.acquire(0, Side.READ);
        lock.acquire(1, Side.READ);
        lock.acquire(2, Side.WRITE);

        lock.release(0);
        assertThat(lock.holder()).isEqualTo(1);
        assertThat(lock.letsAnybodyIn()).isFalse();
        lock.release(1);
        assertThat(lock.holder()).isEqualTo(-1);
        assertThat(lock.letsAnybodyIn()).isTrue();
        assertThat(lock.admit()).containsExactly(2);
        assertThat(lock.holder()).isEqualTo(2);
    }

    /** pCPU 1 has been spinning; 2 comes after the release and before 1 notices. */
    @Test
    void withoutAQueueANewcomerBeatsWhoHasBeenSpinning() {
        P2mLock lock = unfair();
        lock.acquire(0, Side.WRITE);
        lock.acquire(1, Side.WRITE);
        lock.release(0);

        assertThat(lock.acquire(2, Side.WRITE)).isTrue();
        assertThat(lock.letsAnybodyIn()).isFalse();
        assertThat(lock.admit()).isEmpty();
        lock.release(2);
        assertThat(lock.admit()).containsExactly(1);
    }

    @Test
    void aFairLockMakesANewcomerWaitBehindWhoHasBeenSpinning() {
        P2mLock lock = fair();
        lock.acquire(0, Side.WRITE);
        lock.acquire(1, Side.WRITE);
        lock.release(0);

        assertThat(lock.acquire(2, Side.WRITE)).isFalse();
        assertThat(lock.admit()).containsExactly(1);
        lock.release(1);
        assertThat(lock.admit()).containsExactly(2);
    }

    @Test
    void withoutAQueueANewReaderPassesAWaitingWriter() {
        P2mLock lock = unfair();
        lock.acquire(0, Side.READ);
        lock.acquire(1, Side.WRITE);

        assertThat(lock.acquire(2, Side.READ)).isTrue();
        lock.release(0);
        assertThat(lock.letsAnybodyIn()).as("2 still reads").isFalse();
    }

    @Test
    void aFairLockMakesANewReaderWaitBehindAWaitingWriter() {
        P2mLock lock = fair();
        lock.acquire(0, Side.READ);
        lock.acquire(1, Side.WRITE);

        assertThat(lock.acquire(2, Side.READ)).isFalse();
        lock.release(0);
        assertThat(lock.admit()).containsExactly(1);
        lock.release(1);
        assertThat(lock.admit()).containsExactly(2);
    }

    /** All readers at once, past writer 2. */
    @Test
    void withoutAQueueReadersGoInPastAWriter() {
        P2mLock lock = crowded(P2mLockKind.UNFAIR);
        lock.release(0);

        assertThat(lock.admit()).containsExactly(1, 3, 4);
        lock.release(1);
        lock.release(3);
        assertThat(lock.letsAnybodyIn()).isFalse();
        lock.release(4);
        assertThat(lock.admit()).containsExactly(2);
    }

    /** Reader 1, then writer 2, then readers 3 and 4 together. */
    @Test
    void aFairLockLetsInFirstComeFirstServedAndReadersInARowTogether() {
        P2mLock lock = crowded(P2mLockKind.FAIR);
        lock.release(0);

        assertThat(lock.admit()).containsExactly(1);
        lock.release(1);
        assertThat(lock.admit()).containsExactly(2);
        lock.release(2);
        assertThat(lock.admit()).containsExactly(3, 4);
        assertThat(lock.holder()).isEqualTo(3);
    }

    /** Writer 2 waits in front; reader 3 behind it finds it open as soon as 0 has made place for readers. */
    @Test
    void withoutAQueueAReaderBehindAWriterIsLetInBesideOtherReaders() {
        P2mLock lock = unfair();
        lock.acquire(0, Side.WRITE);
        lock.acquire(2, Side.WRITE);
        lock.acquire(3, Side.READ);
        lock.release(0);
        assertThat(lock.acquire(1, Side.READ)).isTrue();

        assertThat(lock.letsAnybodyIn()).isTrue();
        assertThat(lock.admit()).containsExactly(3);
    }

    @Test
    void aFairLockDoesNotLetInAReaderBehindAWriterBesideOtherReaders() {
        P2mLock lock = fair();
        lock.acquire(0, Side.READ);
        lock.acquire(2, Side.WRITE);
        lock.acquire(3, Side.READ);

        assertThat(lock.letsAnybodyIn()).isFalse();
        assertThat(lock.admit()).isEmpty();
    }

    /** XSA-114: readers of pCPUs 0 and 3 take turns; the writer of pCPU 1 gets in when nobody new may come. */
    @Test
    void readersPassAWaitingWriterUnlessTheLockIsWriteBiased() {
        for (P2mLockKind kind : new P2mLockKind[] {P2mLockKind.UNFAIR, P2mLockKind.WRITE_BIASED}) {
            boolean biased = kind == P2mLockKind.WRITE_BIASED;
            P2mLock lock = new P2mLock(kind);
            lock.acquire(0, Side.READ);
            assertThat(lock.acquire(1, Side.WRITE)).isFalse();

            assertThat(lock.acquire(3, Side.READ)).as("a new reader, %s", kind).isEqualTo(!biased);
            lock.release(0);
            assertThat(lock.letsAnybodyIn()).as("to whom, %s", kind).isEqualTo(biased);
            assertThat(lock.admit()).isEqualTo(biased ? List.of(1) : List.of());
        }
    }

    /** Who spins notices late: a new writer may still beat one who waits. */
    @Test
    void aWriteBiasedLockHasNoQueue() {
        P2mLock lock = new P2mLock(P2mLockKind.WRITE_BIASED);
        lock.acquire(0, Side.WRITE);
        lock.acquire(1, Side.WRITE);
        lock.release(0);

        assertThat(lock.acquire(2, Side.READ)).as("a writer waits").isFalse();
        assertThat(lock.acquire(3, Side.WRITE)).isTrue();
        lock.release(3);
        assertThat(lock.admit()).containsExactly(1);
        lock.release(1);
        assertThat(lock.admit()).as("the reader, now that no writer waits").containsExactly(2);
    }

    @ParameterizedTest
    @EnumSource(P2mLockKind.class)
    void aReleaseByAStrangerIsRefused(P2mLockKind kind) {
        P2mLock lock = crowded(kind);

        assertThatThrownBy(() -> lock.release(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("pCPU 1 releases a lock that it does not hold");
        lock.release(0);
        assertThatThrownBy(() -> lock.release(0)).hasMessage("pCPU 0 releases a lock that it does not hold");
    }

    @ParameterizedTest
    @EnumSource(P2mLockKind.class)
    void aRestoredLockGoesOnAsBefore(P2mLockKind kind) {
        P2mLock kept = crowded(kind);
        P2mLock restored = new P2mLock(kind);
        restored.acquire(5, Side.READ);
        restore(kept, restored);

        assertThat(restored.holder()).isZero();
        assertThat(restored.isHeldBy(5)).as("what was there before").isFalse();
        kept.release(0);
        restored.release(0);
        assertThat(restored.admit()).isEqualTo(kept.admit()).isNotEmpty();
        P2mLock again = new P2mLock(kind);
        restore(kept, again);
        int first = kind == P2mLockKind.WRITE_BIASED ? 2 : 1;
        assertThat(again.isHeldBy(first)).as("the first reader, or the writer").isTrue();
        assertThat(again.holder()).isEqualTo(first);
    }

    private static void restore(P2mLock from, P2mLock to) {
        Snapshot snapshot = new Snapshot();
        from.fields(snapshot);
        snapshot.rewind();
        to.fields(snapshot);
        assertThat(snapshot.unread()).isZero();
    }
}
