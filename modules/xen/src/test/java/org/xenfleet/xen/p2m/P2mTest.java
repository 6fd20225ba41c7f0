package org.xenfleet.xen.p2m;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xenfleet.xen.Access;
import org.xenfleet.xen.Costs;

/** 512 gfns to a table; 250 ns an entry, 50 ns the flush of a present one nobody runs, 600 ns a table. */
class P2mTest {
    private static final Costs COSTS = Costs.DEFAULT;
    private static final long ENTRY = 250;

    @Test
    void firstPassOverSuperpagesPaysEntryFlushAndOneTableForEach512() {
        P2m p2m = new P2m(2048, 100);

        RangeWork work = p2m.plan(0, 2048, ENTRY);

        assertThat(work.pages()).isEqualTo(2048);
        assertThat(work.costOf(2048, COSTS, 0)).isEqualTo(2048 * 300 + 4 * 600);
    }

    @Test
    void secondPassOverPagesWithoutAccessPaysTheEntryOnly() {
        P2m p2m = new P2m(2048, 100);
        p2m.rewrite(0, 2048, Access.N);

        assertThat(p2m.plan(0, 2048, ENTRY).costOf(2048, COSTS, 3)).isEqualTo(2048 * 250);
    }

    @Test
    void aFlushCostsTwoMicrosecondsAndHalfAMicrosecondForEachPcpuOfTheDirtyMask() {
        P2m p2m = new P2m(512, 100);

        assertThat(p2m.plan(0, 512, ENTRY).costOf(512, COSTS, 2)).isEqualTo(512 * (250 + 2000 + 2 * 500) + 600);
    }

    @Test
    void holesCostTheEntryAndTheirTables() {
        P2m p2m = new P2m(512, 100);
        p2m.map(2047, 1);

        RangeWork work = p2m.plan(512, 1535, ENTRY);

        assertThat(work.costOf(1535, COSTS, 4)).isEqualTo(1535 * 250 + 2 * 600);
        assertThat(p2m.maxMappedGfn()).isEqualTo(2047);
    }

    /** One table of the pool stays with the gfn; what is there is a hole. */
    @Test
    void aPageThatWasThereForAMomentRaisesTheMaximumForGood() {
        P2m p2m = new P2m(512, 100);
        long before = p2m.poolFree();

        p2m.raiseMaxGfn((1L << 36) - 1);

        assertThat(p2m.maxMappedGfn()).isEqualTo(68_719_476_735L);
        assertThat(p2m.isMapped(68_719_476_735L)).isFalse();
        assertThat(p2m.mappedEnd()).isEqualTo(512);
        assertThat(p2m.lowestHole()).isEqualTo(512);
        assertThat(p2m.poolFree()).isEqualTo(before - 1);
    }

    @Test
    void aRangeThatBeginsInTheMiddleOfASuperpageSplitsItAtItsFirstPage() {
        P2m p2m = new P2m(1024, 100);

        RangeWork work = p2m.plan(100, 500, ENTRY);

        assertThat(work.costOf(1, COSTS, 0)).isEqualTo(300 + 600);
        assertThat(work.costOf(500, COSTS, 0)).isEqualTo(500 * 300 + 2 * 600);
    }

    @Test
    void whenThePoolRunsOutTheWalkEndsBeforeTheBlockItCannotSplit() {
        // 4 superpages; the pool: 3 upper tables and 2 to split with
        P2m p2m = new P2m(2048, 5);

        RangeWork work = p2m.plan(0, 2048, ENTRY);

        assertThat(work.exhausted()).isTrue();
        assertThat(work.pages()).isEqualTo(1024);
    }

    @Test
    void afterThatThePagesDoneKeepTheirAccessAndASecondTryFailsAtTheSamePlace() {
        P2m p2m = new P2m(2048, 5);
        p2m.rewrite(0, 1024, Access.N);

        assertThat(p2m.accessOf(1023)).isEqualTo(Access.N.code());
        assertThat(p2m.accessOf(1024)).isEqualTo(Access.RWX.code());
        assertThat(p2m.poolFree()).isZero();
        assertThat(p2m.plan(0, 2048, ENTRY).pages()).isEqualTo(1024);
        assertThat(p2m.plan(0, 2048, ENTRY).exhausted()).isTrue();
    }

    @Test
    void theDefaultPoolOfLibxlBoundsACallAsTheSemanticsSay() {
        // 1 vCPU, 1 GiB: 256 + 2048 pages, 3 of them upper tables; 512 gfns each: about 1.18 million
        P2m p2m = new P2m(262_144, 256 + 2 * 1024);
        p2m.map((1L << 36) - 1, 1);

        RangeWork work = p2m.plan(0, 0xFFFF_FFFFL, ENTRY);

        assertThat(work.pages()).isEqualTo((256 + 2048 - 3 - 1) * 512L);
        assertThat(work.pages()).isBetween(1_170_000L, 1_180_000L);
    }

    /** 2,048 pages, 512 to a table: taking out the upper 1,000 splits two superpages, pages 1,048 to 2,047. */
    @Test
    void pagesThatAreTakenOutLeaveAHoleAndTheirTables() {
        P2m p2m = new P2m(2048, 100);
        long pool = p2m.poolFree();

        RangeWork work = p2m.plan(1048, 1000, 1680);
        p2m.unmap(1048, 1000);

        assertThat(work.costOf(1000, COSTS, 1)).isEqualTo(1000 * (1680 + 2500) + 2 * 600);
        assertThat(p2m.mappedEnd()).isEqualTo(1048);
        assertThat(p2m.lowestHole()).isEqualTo(1048);
        assertThat(p2m.poolFree()).isEqualTo(pool - 2);
        assertThat(p2m.maxMappedGfn()).as("never shrinks").isEqualTo(2047);
    }

    @Test
    void pagesThatComeBackFillTheHoleFromBelow() {
        P2m p2m = new P2m(2048, 100);
        p2m.unmap(1048, 1000);

        RangeWork work = p2m.plan(p2m.lowestHole(), 300, 2240);
        p2m.map(p2m.lowestHole(), 300);

        assertThat(work.costOf(300, COSTS, 1)).as("no flush, no table").isEqualTo(300 * 2240);
        assertThat(p2m.lowestHole()).isEqualTo(1348);
        assertThat(p2m.accessOf(1347)).isEqualTo(Access.RWX.code());
    }

    @Test
    void aGuestTripsOverTheFirstPageItMayNotWriteGoingRound() {
        P2m p2m = new P2m(2048, 100);
        p2m.rewrite(1000, 10, Access.R);

        assertThat(p2m.stepsToFault(0, 2048)).isEqualTo(1000);
        assertThat(p2m.stepsToFault(1005, 2048)).isZero();
        assertThat(p2m.stepsToFault(1010, 2048)).isEqualTo(2048 - 1010 + 1000);
        assertThat(p2m.stepsToFault(0, 900)).isEqualTo(-1);
    }

    @Test
    void runsOfEqualValuesBehaveAsAnArrayOfSingleOnes() {
        Random random = new Random(7);
        GfnRuns runs = new GfnRuns(-1);
        int[] plain = new int[200];
        java.util.Arrays.fill(plain, -1);
        for (int round = 0; round < 2000; round++) {
            int from = random.nextInt(200);
            int to = from + random.nextInt(200 - from + 1);
            int value = random.nextInt(4);
            runs.set(from, to, value);
            java.util.Arrays.fill(plain, from, to, value);
            for (int i = 0; i < 200; i++) {
                assertThat(runs.get(i)).as("round %d, number %d", round, i).isEqualTo(plain[i]);
            }
        }
        assertThat(runs.runs()).isLessThanOrEqualTo(201);
    }
}
