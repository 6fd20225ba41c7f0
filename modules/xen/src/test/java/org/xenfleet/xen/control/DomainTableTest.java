package org.xenfleet.xen.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xenfleet.xen.control.DomainTable.Life;
import org.xenfleet.xen.sched.cases.Snapshot;

/**
 * dom0, a guest with domid 1, its stub domain with domid 2, and a guest without one with domid 3; xen-semantics sections 5
 * (M12) and 7.2. Instants in ns.
 */
class DomainTableTest {
    private static final int GUEST = 1;
    private static final int STUB = 2;
    private static final int OTHER = 3;

    private final DomainTable table = table();

    private static DomainTable table() {
        return new DomainTable(new int[] {-1, -1, GUEST, -1});
    }

    @Test
    void allAreAliveListedAndPausedByTheirController() {
        assertThat(table.listed()).isEqualTo(4);
        assertThat(IntStream.range(0, 4)).allMatch(table::isAlive).allMatch(table::isListed);
        assertThat(IntStream.range(0, 4)).allMatch(table::isPaused).noneMatch(table::isDying);
        assertThat(table.isListed(-1)).isFalse();
        assertThat(table.isListed(4)).isFalse();
    }

    /** Paused 0 to 100, 250 to 400, and from 900 on. */
    @Test
    void thePausesOfTheControllerAddUp() {
        assertThat(table.pausedNs(OTHER, 40)).isEqualTo(40);
        assertThat(table.unpauseByController(OTHER, 100)).isTrue();
        assertThat(table.pausedNs(OTHER, 200)).isEqualTo(100);
        table.pauseByController(OTHER, 250);
        table.unpauseByController(OTHER, 400);
        table.pauseByController(OTHER, 900);

        assertThat(table.pausedNs(OTHER, 1000)).isEqualTo(100 + 150 + 100);
        assertThat(table.pausedNs(GUEST, 1000)).isEqualTo(1000);
    }

    /** A second pause does not move the beginning of the first; one unpause ends both. */
    @Test
    void theControllersPauseDoesNotCount() {
        table.unpauseByController(OTHER, 100);

        assertThat(table.pauseByController(OTHER, 200)).isTrue();
        assertThat(table.pauseByController(OTHER, 300)).isFalse();
        assertThat(table.pausedNs(OTHER, 400)).isEqualTo(100 + 200);
        assertThat(table.unpauseByController(OTHER, 500)).isTrue();
        assertThat(table.unpauseByController(OTHER, 600)).isFalse();
        assertThat(table.isPaused(OTHER)).isFalse();
        assertThat(table.pausedNs(OTHER, 700)).isEqualTo(100 + 300);
    }

    @Test
    void aDomainShutsDownOnce() {
        assertThat(table.shutDown(OTHER, 50, true)).isTrue();
        assertThat(table.shutDown(OTHER, 60, false)).isFalse();

        assertThat(table.life(OTHER)).isEqualTo(Life.SHUT_DOWN);
        assertThat(table.shutDownAt(OTHER)).isEqualTo(50);
        assertThat(table.isByWatchdog(OTHER)).isTrue();
        assertThat(table.isAlive(OTHER)).isFalse();
        assertThat(table.isDying(OTHER)).isFalse();
        assertThat(table.isListed(OTHER)).isTrue();
        assertThat(table.shutDownAt(GUEST)).isEqualTo(-1);
    }

    /** Nobody refers to it but the table itself, so that it is unlisted as soon as it is dead. */
    @Test
    void aDomainThatNobodyRefersToDiesStepByStep() {
        table.shutDown(OTHER, 10, false);
        table.markDying(OTHER, 20);
        assertThat(table.life(OTHER)).isEqualTo(Life.DYING);
        assertThat(table.isDying(OTHER)).isTrue();
        assertThat(table.isListed(OTHER)).isTrue();
        assertThat(table.shutDown(OTHER, 25, false)).as("it does not run").isFalse();

        assertThat(table.markDead(OTHER, 30)).isTrue();
        assertThat(table.life(OTHER)).isEqualTo(Life.UNLISTED);
        assertThat(table.isListed(OTHER)).isFalse();
        assertThat(table.listed()).isEqualTo(3);

        assertThat(table.free(OTHER, 40)).isEqualTo(-1);
        assertThat(table.life(OTHER)).isEqualTo(Life.FREED);
        assertThat(table.dyingAt(OTHER)).isEqualTo(20);
        assertThat(table.unlistedAt(OTHER)).isEqualTo(30);
        assertThat(table.freedAt(OTHER)).isEqualTo(40);
    }

    /** xen-semantics M12: the guest stays listed as a zombie until RCU frees the stub domain. */
    @Test
    void aGuestStaysListedUntilItsStubDomainIsFreed() {
        table.markDying(GUEST, 10);
        assertThat(table.markDead(GUEST, 20)).as("the stub domain refers to it").isFalse();
        assertThat(table.life(GUEST)).isEqualTo(Life.DEAD);
        assertThat(table.isListed(GUEST)).isTrue();
        assertThat(table.unlistedAt(GUEST)).isEqualTo(-1);

        table.markDying(STUB, 30);
        assertThat(table.markDead(STUB, 40)).isTrue();
        assertThat(table.isListed(GUEST)).as("unlisted is not freed").isTrue();
        assertThat(table.listed()).isEqualTo(3);

        assertThat(table.free(STUB, 90)).isEqualTo(GUEST);
        assertThat(table.unlistedAt(GUEST)).isEqualTo(90);
        assertThat(table.listed()).isEqualTo(2);
        assertThat(table.free(GUEST, 120)).isEqualTo(-1);
    }

    /** The other way round: the stub domain goes first and the guest keeps the table's own reference. */
    @Test
    void aGuestThatLivesOutlivesItsStubDomain() {
        table.markDying(STUB, 10);
        table.markDead(STUB, 20);

        assertThat(table.free(STUB, 30)).isEqualTo(-1);
        assertThat(table.isListed(GUEST)).isTrue();
        table.markDying(GUEST, 40);
        assertThat(table.markDead(GUEST, 50)).isTrue();
    }

    @Test
    void aRestoredTableGoesOnAsBefore() {
        table.unpauseByController(GUEST, 5);
        table.unpauseByController(OTHER, 5);
        table.shutDown(OTHER, 8, true);
        table.pauseByController(GUEST, 9);
        table.markDying(GUEST, 10);
        table.markDead(GUEST, 20);
        table.markDying(STUB, 30);
        table.markDead(STUB, 40);
        DomainTable restored = table();
        Snapshot snapshot = new Snapshot();
        table.fields(snapshot);
        snapshot.rewind();
        restored.fields(snapshot);

        assertThat(snapshot.unread()).isZero();
        assertThat(restored.life(GUEST)).isEqualTo(Life.DEAD);
        assertThat(restored.pausedNs(GUEST, 30)).isEqualTo(5 + 21);
        assertThat(restored.isByWatchdog(OTHER)).isTrue();
        assertThat(restored.shutDownAt(OTHER)).isEqualTo(8);
        assertThat(restored.dyingAt(STUB)).isEqualTo(30);
        assertThat(restored.free(STUB, 50)).isEqualTo(GUEST);
        assertThat(restored.unlistedAt(GUEST)).isEqualTo(50);
        assertThat(restored.unlistedAt(STUB)).isEqualTo(40);
    }
}
