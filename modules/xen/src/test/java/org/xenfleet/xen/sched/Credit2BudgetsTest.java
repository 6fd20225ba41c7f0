package org.xenfleet.xen.sched;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Caps of credit2; in ms, xen-semantics 4.2, "cap period". */
class Credit2BudgetsTest {
    private static final long MS = 1_000_000L;

    private final Credit2Vcpus vcpus = new Credit2Vcpus();
    private final Credit2Budgets budgets = new Credit2Budgets(vcpus);

    private int vcpuOf(int domain) {
        budgets.addVcpu(domain);
        return vcpus.add(domain, 0, Credit2Pool.cpus(0, 1), null);
    }

    private int domain(int cap) {
        budgets.addDomain(cap);
        return vcpus.addDomain(256);
    }

    @Test
    void aVcpuTakesItsPartOfTheBudget() {
        int domain = domain(80);
        int a = vcpuOf(domain);
        int b = vcpuOf(domain);
        assertThat(budgets.grab(a, 0)).isTrue();
        assertThat(budgets.grab(b, 0)).isTrue();

        assertThat(budgets.left(a)).isEqualTo(4 * MS);
        assertThat(budgets.left(b)).isEqualTo(4 * MS);
    }

    @Test
    void whoFindsNothingIsParkedUntilTheReplenishment() {
        int a = vcpuOf(domain(25));
        budgets.grab(a, 0);
        budgets.spend(a, 5 * MS / 2);
        assertThat(budgets.grab(a, 5 * MS / 2)).isFalse();
        assertThat(vcpus.parked[a]).isTrue();
        assertThat(budgets.due(false)).isEqualTo(10 * MS);

        assertThat(budgets.replenish(10 * MS)).containsExactly(a);
        assertThat(vcpus.parked[a]).isFalse();
        assertThat(budgets.due(true)).isEqualTo(20 * MS);
    }

    /** 2.5 taken, 4 run: 1.5 over; the next period has 2.5 - 1.5. */
    @Test
    void whatWasRunTooLongIsPaidByTheNextPeriod() {
        int a = vcpuOf(domain(25));
        budgets.grab(a, 0);
        budgets.spend(a, 4 * MS);
        budgets.grab(a, 4 * MS);
        budgets.replenish(10 * MS);
        budgets.grab(a, 10 * MS);

        assertThat(budgets.left(a)).isEqualTo(MS);
    }

    /** 4 s in a call: 1,600 periods of debt; xen-semantics 4.2 lets a tied vCPU overrun, its domain pays back all of it. */
    @Test
    void aTiedVcpuOverrunsAndItsDomainIsParkedUntilItIsPaid() {
        int a = vcpuOf(domain(25));
        budgets.grab(a, 0);
        budgets.spend(a, 4000 * MS);
        budgets.grab(a, 4000 * MS);

        assertThat(budgets.replenish(4000 * MS)).isEmpty();
        assertThat(budgets.replenish(15_980 * MS)).isEmpty();
        assertThat(budgets.replenish(16_000 * MS)).containsExactly(a);
    }

    @Test
    void aLateReplenishmentDoesNotGiveMoreThanAPeriod() {
        int a = vcpuOf(domain(50));
        budgets.grab(a, 0);
        budgets.spend(a, 5 * MS);
        budgets.grab(a, 5 * MS);
        budgets.replenish(95 * MS);
        budgets.grab(a, 95 * MS);

        assertThat(budgets.left(a)).isEqualTo(5 * MS);
        assertThat(budgets.due(true)).isEqualTo(100 * MS);
    }

    @Test
    void whatIsBroughtBackLetsAnotherRun() {
        int domain = domain(50);
        int a = vcpuOf(domain);
        int b = vcpuOf(domain);
        budgets.grab(a, 0);
        budgets.grab(b, 0);
        budgets.spend(b, 5 * MS / 2);
        assertThat(budgets.grab(b, 3 * MS)).isFalse();
        budgets.spend(a, MS);

        assertThat(budgets.giveBack(a)).containsExactly(b);
        assertThat(budgets.grab(b, 3 * MS)).isTrue();
        assertThat(budgets.left(b)).isEqualTo(3 * MS / 2);
    }

    @Test
    void aFullBudgetNeedsNoReplenishment() {
        int a = vcpuOf(domain(50));
        assertThat(budgets.due(false)).isEqualTo(Long.MAX_VALUE);
        budgets.grab(a, 37 * MS);

        assertThat(budgets.due(false)).isEqualTo(40 * MS);
    }

    @Test
    void whoHasNoCapAlwaysHasBudget() {
        int a = vcpuOf(domain(0));
        budgets.spend(a, 1000 * MS);

        assertThat(budgets.grab(a, 0)).isTrue();
        assertThat(budgets.isSpent(a)).isFalse();
        assertThat(budgets.giveBack(a)).isEmpty();
        assertThat(budgets.due(true)).isEqualTo(Long.MAX_VALUE);
    }
}
