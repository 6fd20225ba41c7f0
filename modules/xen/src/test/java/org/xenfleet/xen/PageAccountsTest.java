package org.xenfleet.xen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Domain 0 has 100 pages and no limit, domain 1 has 50 of at most 60, domain 2 has 20 of at most 500; 30 are free. */
class PageAccountsTest {
    private final PageAccounts pages =
            new PageAccounts(30, new long[] {100, 50, 20}, new long[] {PageAccounts.NO_LIMIT, 60, 500});

    @Test
    void aDomainGetsPagesUpToItsLimit() {
        long claimed = pages.claim(1, 25);
        pages.take(1, claimed, claimed);

        assertThat(claimed).isEqualTo(10);
        assertThat(pages.allocated(1)).isEqualTo(60);
        assertThat(pages.free()).isEqualTo(20);
        assertThat(pages.claim(1, 1)).isZero();
    }

    @Test
    void aDomainGetsNoMoreThanTheHostHasFree() {
        assertThat(pages.claim(2, 400)).isEqualTo(30);
        assertThat(pages.claim(0, 1)).as("a domain without a limit").isZero();
    }

    @Test
    void whatASliceClaimedAndDidNotTakeIsFreeAgain() {
        long claimed = pages.claim(2, 25);
        pages.take(2, claimed, 7);

        assertThat(pages.allocated(2)).isEqualTo(27);
        assertThat(pages.free()).isEqualTo(23);
        assertThat(pages.claim(2, 100)).isEqualTo(23);
    }

    @Test
    void twoCallsOfADomainDoNotPassItsLimitTogether() {
        assertThat(pages.claim(1, 6)).isEqualTo(6);
        assertThat(pages.claim(1, 6)).isEqualTo(4);
    }

    @Test
    void pagesThatAreGivenBackAreFreeAndTheDomainMayTakeThemAgain() {
        long offered = pages.offer(1, 40);
        pages.giveBack(1, offered, 40);

        assertThat(pages.allocated(1)).isEqualTo(10);
        assertThat(pages.free()).isEqualTo(70);
        assertThat(pages.claim(1, 1000)).isEqualTo(50);
    }

    @Test
    void aDomainGivesNoMoreThanItHasAndNoPageTwice() {
        assertThat(pages.offer(2, 15)).isEqualTo(15);
        assertThat(pages.offer(2, 15)).isEqualTo(5);
        pages.giveBack(2, 15, 3);
        assertThat(pages.allocated(2)).isEqualTo(17);
        assertThat(pages.offer(2, 100)).as("5 are still on offer").isEqualTo(12);
    }
}
