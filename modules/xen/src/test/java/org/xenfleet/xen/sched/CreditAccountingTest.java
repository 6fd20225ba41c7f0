package org.xenfleet.xen.sched;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One period's credits: 300 a pCPU, by weight, up to 300 a vCPU and up to the cap; xen-semantics 4.1, "Accounting". */
class CreditAccountingTest {
    private final CreditVcpus vcpus = new CreditVcpus();
    private final List<String> parking = new ArrayList<>();

    private CreditAccounting on(int cpus) {
        return new CreditAccounting(vcpus, CreditParameters.DEFAULT, first(cpus));
    }

    private int vcpuOf(int domain, int credit) {
        int vcpu = vcpus.add(domain, 0, new BitSet(), null);
        vcpus.credit[vcpu] = credit;
        return vcpu;
    }

    private int active(CreditAccounting accounting, int domain, int credit) {
        int vcpu = vcpuOf(domain, credit);
        accounting.start(vcpu);
        return vcpu;
    }

    private boolean distribute(CreditAccounting accounting) {
        return accounting.distribute(new CreditAccounting.Parking() {
            @Override
            public void park(int vcpu) {
                parking.add("park " + vcpu);
                vcpus.parked[vcpu] = true;
            }

            @Override
            public void unpark(int vcpu) {
                parking.add("unpark " + vcpu);
                vcpus.parked[vcpu] = false;
            }
        });
    }

    @Test
    void withNobodyActiveNothingIsGiven() {
        CreditAccounting accounting = on(1);
        int vcpu = vcpuOf(vcpus.addDomain(256, 0), -100);

        assertThat(accounting.isIdle()).isTrue();
        assertThat(distribute(accounting)).isFalse();
        assertThat(vcpus.credit[vcpu]).isEqualTo(-100);
    }

    @Test
    void twoEqualDomainsShareThePotOfOnePcpu() {
        CreditAccounting accounting = on(1);
        int a = active(accounting, vcpus.addDomain(256, 0), 0);
        int b = active(accounting, vcpus.addDomain(256, 0), 0);

        assertThat(distribute(accounting)).isTrue();
        assertThat(vcpus.credit[a]).isEqualTo(150);
        assertThat(vcpus.credit[b]).isEqualTo(150);
    }

    @Test
    void weights256And512Give100And200() {
        CreditAccounting accounting = on(1);
        int light = active(accounting, vcpus.addDomain(256, 0), 0);
        int heavy = active(accounting, vcpus.addDomain(512, 0), 0);
        distribute(accounting);

        assertThat(vcpus.credit[light]).isEqualTo(100);
        assertThat(vcpus.credit[heavy]).isEqualTo(200);
    }

    @Test
    void weights256And1024Give60And240() {
        CreditAccounting accounting = on(1);
        int light = active(accounting, vcpus.addDomain(256, 0), 0);
        int heavy = active(accounting, vcpus.addDomain(1024, 0), 0);
        distribute(accounting);

        assertThat(vcpus.credit[light]).isEqualTo(60);
        assertThat(vcpus.credit[heavy]).isEqualTo(240);
    }

    /** 300 * (3 * 256) / (4 * 256) = 225, 75 for each of three; 300 * 256 / 1024 = 75 for the one. */
    @Test
    void theWeightOfADomainCountsOncePerActiveVcpu() {
        CreditAccounting accounting = on(1);
        int big = vcpus.addDomain(256, 0);
        int a = active(accounting, big, 0);
        int b = active(accounting, big, 0);
        int c = active(accounting, big, 0);
        int alone = active(accounting, vcpus.addDomain(256, 0), 0);
        distribute(accounting);

        assertThat(List.of(vcpus.credit[a], vcpus.credit[b], vcpus.credit[c], vcpus.credit[alone]))
                .containsOnly(75);
    }

    @Test
    void theInactiveVcpusOfADomainGetNothingAndDoNotCount() {
        CreditAccounting accounting = on(1);
        int domain = vcpus.addDomain(256, 0);
        int busy = active(accounting, domain, 0);
        int idle = vcpuOf(domain, 0);
        int other = active(accounting, vcpus.addDomain(256, 0), 0);
        distribute(accounting);

        assertThat(vcpus.credit[idle]).isZero();
        assertThat(vcpus.credit[busy]).isEqualTo(150);
        assertThat(vcpus.credit[other]).isEqualTo(150);
    }

    /** 300 / 7 is 42.86: each of seven equal vCPUs gets 43. */
    @Test
    void sharesAreRoundedUp() {
        CreditAccounting accounting = on(1);
        List<Integer> seven = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            seven.add(active(accounting, vcpus.addDomain(256, 0), 0));
        }
        distribute(accounting);

        assertThat(seven).allSatisfy(v -> assertThat(vcpus.credit[v]).isEqualTo(43));
    }

    /** Two pCPUs, pot 600, but one vCPU can use only one of them. */
    @Test
    void nobodyGetsMoreThanAPcpusWorth() {
        CreditAccounting accounting = on(2);
        int alone = active(accounting, vcpus.addDomain(256, 0), -100);
        distribute(accounting);

        assertThat(vcpus.credit[alone]).isEqualTo(200);
    }

    /** Pot 600: fair shares 120 and 480; the last to become active is served first and is held to 300; 300 are left. */
    @Test
    void whatTheHeavyDomainCannotUseGoesToTheLightOne() {
        CreditAccounting accounting = on(2);
        int light = active(accounting, vcpus.addDomain(256, 0), -200);
        int heavy = active(accounting, vcpus.addDomain(1024, 0), -200);
        distribute(accounting);

        assertThat(vcpus.credit[heavy]).isEqualTo(100);
        assertThat(vcpus.credit[light]).isEqualTo(100);
    }

    /** Served before the heavy one, the light one gets its 120; afterwards the heavy one, held to 300, is in front. */
    @Test
    void aDomainThatLeavesASurplusIsServedFirstTheNextTime() {
        CreditAccounting accounting = on(2);
        int heavy = active(accounting, vcpus.addDomain(1024, 0), 0);
        int light = active(accounting, vcpus.addDomain(256, 0), 0);

        distribute(accounting);
        assertThat(vcpus.credit[light]).isEqualTo(120);
        vcpus.credit[heavy] = -100;
        vcpus.credit[light] = -100;
        distribute(accounting);
        assertThat(vcpus.credit[light]).as("120 and the surplus of 180").isEqualTo(200);
    }

    /** First period: -700 + 150 is clamped to -300 twice, balance -600. Second: pot 300 + 600, half each is 450 = 150 + 300. */
    @Test
    void aNegativeBalanceIsAddedToTheNextPot() {
        CreditAccounting accounting = on(1);
        int a = active(accounting, vcpus.addDomain(256, 0), -700);
        int b = active(accounting, vcpus.addDomain(256, 0), -700);
        distribute(accounting);
        assertThat(vcpus.credit[a]).isEqualTo(-300);

        distribute(accounting);
        assertThat(vcpus.credit[a]).isEqualTo(150);
        assertThat(vcpus.credit[b]).isEqualTo(150);
    }

    @Test
    void creditBelowZeroIsOverAndZeroIsUnder() {
        CreditAccounting accounting = on(1);
        int a = active(accounting, vcpus.addDomain(256, 0), -151);
        int b = active(accounting, vcpus.addDomain(256, 0), -150);
        distribute(accounting);

        assertThat(vcpus.credit[a]).isEqualTo(-1);
        assertThat(vcpus.priority[a]).isEqualTo(Priority.OVER);
        assertThat(vcpus.credit[b]).isZero();
        assertThat(vcpus.priority[b]).isEqualTo(Priority.UNDER);
    }

    /** 3.6 s of monopoly cost 36,000 credits; one accounting later all but 300 are forgiven. */
    @Test
    void theDebtOfAMonopolyIsForgivenDownToMinus300() {
        CreditAccounting accounting = on(1);
        int monopolist = active(accounting, vcpus.addDomain(256, 0), -36_000);
        active(accounting, vcpus.addDomain(256, 0), 0);
        distribute(accounting);

        assertThat(vcpus.credit[monopolist]).isEqualTo(-300);
        assertThat(vcpus.priority[monopolist]).isEqualTo(Priority.OVER);
    }

    /** -450 + 150 is exactly the floor. */
    @Test
    void minus300IsNotBelowTheFloor() {
        CreditAccounting accounting = on(1);
        int a = active(accounting, vcpus.addDomain(256, 0), -449);
        int b = active(accounting, vcpus.addDomain(256, 0), -451);
        distribute(accounting);

        assertThat(vcpus.credit[a]).isEqualTo(-299);
        assertThat(vcpus.credit[b]).isEqualTo(-300);
    }

    /** 1 + 300 = 301 is above 300: off the active list, and 150 is kept; the domain's weight leaves the pool. */
    @Test
    void above300AVcpuIsTakenOffTheActiveListAndHalved() {
        CreditAccounting accounting = on(1);
        int vcpu = active(accounting, vcpus.addDomain(256, 0), 1);
        distribute(accounting);

        assertThat(vcpus.credit[vcpu]).isEqualTo(150);
        assertThat(vcpus.active[vcpu]).isFalse();
        assertThat(vcpus.priority[vcpu]).isEqualTo(Priority.UNDER);
        assertThat(accounting.isIdle()).isTrue();
    }

    @Test
    void exactly300StaysActive() {
        CreditAccounting accounting = on(1);
        int vcpu = active(accounting, vcpus.addDomain(256, 0), 0);
        distribute(accounting);

        assertThat(vcpus.credit[vcpu]).isEqualTo(300);
        assertThat(vcpus.active[vcpu]).isTrue();
    }

    /** Naive reference: shares of one pCPU with single-vCPU domains, no surplus possible (two or more, each below 300). */
    @Test
    void randomWeightsMatchTheFormulaAndWasteAtMostOneCreditEach() {
        long seed = 300;
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            CreditVcpus some = new CreditVcpus();
            CreditAccounting accounting = new CreditAccounting(some, CreditParameters.DEFAULT, first(1));
            int domains = 2 + random.nextInt(6);
            long total = 0;
            for (int i = 0; i < domains; i++) {
                int weight = 1 + random.nextInt(65_535);
                total += weight;
                accounting.start(some.add(some.addDomain(weight, 0), 0, new BitSet(), null));
            }
            some.credit[0] = -300;
            accounting.distribute(new CreditAccounting.Parking() {
                @Override
                public void park(int vcpu) {}

                @Override
                public void unpark(int vcpu) {}
            });
            for (int i = 0; i < domains; i++) {
                int exact = (int) Math.ceil(300.0 * some.weight[i] / total);
                assertThat(some.credit[i])
                        .as("seed %d, round %d, domain %d", seed, round, i)
                        .isEqualTo(i == 0 ? exact - 300 : exact);
            }
        }
    }

    private static BitSet first(int cpus) {
        BitSet mask = new BitSet();
        mask.set(0, cpus);
        return mask;
    }
}
