package org.xenfleet.xen.p2m;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xenfleet.xen.Costs;

/** 1,024 present pages, split before: 300 ns each while nobody runs the guest, 250 + 2,500 ns with one pCPU. */
class RangeWalkTest {
    private static final long START = 1_000_000;

    private static RangeWalk walk(int dirtyCpus) {
        P2m p2m = new P2m(1024, 100);
        p2m.rewrite(0, 1024, org.xenfleet.xen.Access.RWX);
        return RangeWalk.start(p2m.plan(0, 1024, 250), Costs.DEFAULT, dirtyCpus, START);
    }

    @Test
    void aPageIsCompleteWhenItsCostHasPassed() {
        assertThat(walk(0).timeOf(10)).isEqualTo(START + 3000);
        assertThat(walk(0).pagesAt(START + 2999)).isEqualTo(9);
        assertThat(walk(0).pagesAt(START + 3000)).isEqualTo(10);
        assertThat(walk(0).end()).isEqualTo(START + 1024 * 300);
    }

    @Test
    void withATestAfterEveryPageTheWalkStopsAfterThePageUnderWay() {
        assertThat(walk(0).stopAfter(START + 3001, 1, false)).isEqualTo(11);
        assertThat(walk(0).stopAfter(START + 3000, 1, false)).isEqualTo(10);
    }

    @Test
    void atLeastOnePageIsDoneBeforeTheFirstTest() {
        assertThat(walk(0).stopAfter(START, 1, false)).isEqualTo(1);
    }

    @Test
    void withATestBeforeTheFirstPageNothingIsDoneWhenSomethingIsPendingAlready() {
        assertThat(walk(0).stopAfter(START, 1, true)).isZero();
        assertThat(walk(0).stopAfter(START + 1, 1, true)).isEqualTo(1);
        assertThat(walk(0).stopAfter(START + 3000, 1, true)).isEqualTo(10);
    }

    @Test
    void iterationsThatTouchNoP2mCostTheSameWhoeverRuns() {
        RangeWalk even = RangeWalk.start(RangeWork.even(1000, 362), Costs.DEFAULT, 3, START);

        assertThat(even.timeOf(10)).isEqualTo(START + 3620);
        assertThat(even.stopAfter(START + 3621, 1, false)).isEqualTo(11);
        assertThat(even.end()).isEqualTo(START + 362_000);
    }

    @Test
    void withAStrideTheWalkStopsAtTheNextMultiple() {
        assertThat(walk(0).stopAfter(START + 3001, 256, false)).isEqualTo(256);
        assertThat(walk(0).stopAfter(START, 64, false)).isEqualTo(64);
        assertThat(walk(0).stopAfter(START + 1000 * 300, 256, false)).isEqualTo(1024);
    }

    @Test
    void aPageUnderWayKeepsItsOldCostWhenTheDirtyMaskChanges() {
        // page 11 (index 10) is 100 ns old at the change and ends after 300; the rest costs 2,750 each
        RangeWalk changed = walk(0).withDirtyCpus(1, START + 3100);

        assertThat(changed.timeOf(11)).isEqualTo(START + 3300);
        assertThat(changed.timeOf(12)).isEqualTo(START + 3300 + 2750);
        assertThat(changed.pagesAt(START + 3299)).isEqualTo(10);
        assertThat(changed.end()).isEqualTo(START + 3300 + (1024 - 11) * 2750L);
    }

    @Test
    void aChangeBetweenTwoPagesCountsFromTheNextOne() {
        RangeWalk changed = walk(1).withDirtyCpus(0, START + 2 * 2750);

        assertThat(changed.timeOf(3)).isEqualTo(START + 2 * 2750 + 300);
    }

    /** Nobody to flush: 300 ns a page, and 550 when its work costs 500 ns instead of 250. */
    @Test
    void aPageUnderWayKeepsItsOldCostWhenCostsChange() {
        RangeWalk changed = walk(0).withCosts(500, Costs.DEFAULT, START + 3100);

        assertThat(changed.timeOf(11)).isEqualTo(START + 3300);
        assertThat(changed.timeOf(12)).isEqualTo(START + 3300 + 550);
        assertThat(changed.end()).isEqualTo(START + 3300 + (1024 - 11) * 550L);
        assertThat(walk(0).withCosts(500, Costs.DEFAULT, START + 3300)).isEqualTo(changed);
        assertThat(changed.withCosts(250, Costs.DEFAULT, START + 3100).timeOf(12))
                .as("a second change within the page")
                .isEqualTo(START + 3300 + 300);
    }

    @Test
    void aWalkThatIsDoneStaysDoneWhenCostsChange() {
        long end = walk(0).end();

        assertThat(walk(0).withCosts(500, Costs.DEFAULT, end).end()).isEqualTo(end);
    }

    @Test
    void twoChangesWithinOnePageLeaveItsEndAlone() {
        RangeWalk changed = walk(1).withDirtyCpus(0, START + 10).withDirtyCpus(2, START + 20);

        assertThat(changed.timeOf(1)).isEqualTo(START + 2750);
        assertThat(changed.timeOf(2)).isEqualTo(START + 2750 + 250 + 3000);
    }

    /** 64 pages of 250 ns and one flush of 2,500 ns, where each page has one before 4.7: 64 * 2,750 ns. */
    @Test
    void aDeferredFlushComesOnceAfterTheLastPage() {
        RangeWalk deferring = RangeWalk.start(walk(1).work().flushingAtEnd(), Costs.DEFAULT, 1, START);

        assertThat(walk(1).endAfter(64)).isEqualTo(START + 176_000);
        assertThat(deferring.timeOf(64)).isEqualTo(START + 16_000);
        assertThat(deferring.endAfter(64)).isEqualTo(START + 18_500);
        assertThat(deferring.endAfter(0)).isEqualTo(START);
        assertThat(deferring.end()).isEqualTo(START + 1024 * 250 + 2_500);
        assertThat(deferring.pagesAt(START + 17_000)).isEqualTo(68);
        assertThat(deferring.stopAfter(START + 1, 64, false)).isEqualTo(64);
    }

    /** 512 pages without any access, then 512 with all: the first stretch has nothing to flush. */
    @Test
    void aDeferredFlushIsLeftOutWhereNoPageOfTheSliceWasPresent() {
        P2m p2m = new P2m(1024, 100);
        p2m.rewrite(0, 1024, org.xenfleet.xen.Access.RWX);
        p2m.rewrite(0, 512, org.xenfleet.xen.Access.N);
        RangeWalk walk = RangeWalk.start(p2m.plan(0, 1024, 250).flushingAtEnd(), Costs.DEFAULT, 4, START);

        assertThat(walk.endAfter(512)).isEqualTo(START + 512 * 250);
        assertThat(walk.endAfter(513)).isEqualTo(START + 513 * 250 + 4_000);
    }

    /** The mask counts when the flush begins: nobody 50 ns, four 4,000 ns. */
    @Test
    void aDeferredFlushCostsWhatTheMaskIsAtTheEnd() {
        RangeWalk deferring = RangeWalk.start(walk(4).work().flushingAtEnd(), Costs.DEFAULT, 4, START);

        assertThat(deferring.withDirtyCpus(0, START + 1_100).endAfter(64)).isEqualTo(START + 16_050);
        assertThat(deferring.withDirtyCpus(0, START + 1_100).timeOf(64)).isEqualTo(START + 16_000);
    }
}
