package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.host.HoldLog.Hold;
import org.xenfleet.host.HoldLog.What;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.observe.HostReport.Cause;
import org.xenfleet.xen.operation.CallRequest;
import org.xenfleet.xen.operation.OperationCatalogue;

/**
 * From the pCPU that something happened on to the call that it all began with. dom0's vCPU is number 0; those of the guest g
 * are 1 and 2, that of its stub domain is 3. The stub is in set_mem_access on pCPU 3 from 1 s to 9 s.
 */
class CausesTest {
    private static final long S = 1_000_000_000L;
    private static final int DOM0 = 0;
    private static final int GUEST_1 = 2;
    private static final int STUB = 3;
    private static final String CALL = "set_mem_access of g-dm on pcpu 3 since 1.000 s";

    @TempDir
    Path temp;

    private HostPlan plan;
    private final List<Hold> holds = new ArrayList<>();

    @BeforeEach
    void planHost() {
        plan = TestHost.in(temp, "10s", """
                        cpus = 4, xen { version = "4.4.0" }
                        dom0 { vcpus = 1 }
                        domains { g { xl = g.cfg } }
                        """, "").xl("g.cfg", """
                        name = "g"
                        type = "hvm"
                        memory = 1024
                        vcpus = 2
                        device_model_stubdomain_override = 1
                        """).plan();
        hold(3, 1, 9, What.CALL, STUB, "set_mem_access", 1, -1);
    }

    private void hold(int cpu, long from, long to, What what, int vcpu, String operation, int domid, int forCpu) {
        int number = operation.isEmpty() ? -1 : OperationCatalogue.shipped().indexOf(operation);
        holds.add(new Hold(cpu, from * S, to * S, what, vcpu, number, domid, forCpu));
    }

    private Causes causes() {
        Causes causes = new Causes(plan, OperationCatalogue.shipped());
        causes.add(holds);
        return causes;
    }

    private Cause of(int cpu, long from, long to) {
        return causes().of(cpu, from * S, to * S, "nothing is known");
    }

    @Test
    void aCallThatWaitedForNobodyIsTheCauseItself() {
        assertThat(of(3, 2, 5)).isEqualTo(new Cause(CALL, List.of()));
    }

    /** pCPU 1 is in a call as well, for 8 s, and of that it spun for 6 s. */
    @Test
    void whoSpinsForALockIsThereBecauseOfTheCallThatHoldsIt() {
        hold(1, 1, 9, What.CALL, DOM0, "grant_copy", 1, -1);
        hold(1, 2, 8, What.P2M_LOCK, DOM0, "grant_copy", 1, 3);

        assertThat(of(1, 1, 9))
                .isEqualTo(new Cause(
                        CALL,
                        List.of(
                                "grant_copy of Domain-0 on pcpu 1 since 2.000 s spun for the p2m lock of g, held on pcpu"
                                        + " 3")));
    }

    @Test
    void aFaultThatSpinsNamesItsVcpu() {
        hold(2, 2, 8, What.FAULT_P2M_LOCK, GUEST_1, "", 1, 3);

        assertThat(of(2, 2, 8).chain())
                .containsExactly("a page fault of g vcpu 1 on pcpu 2 since 2.000 s spun for the p2m lock of g, held on"
                        + " pcpu 3");
    }

    /** M11 behind M10 behind M1. */
    @Test
    void aDomctlThatTriesIsThereBecauseOfAPauseBecauseOfTheCall() {
        hold(1, 3, 8, What.PAUSE, DOM0, "pausedomain", 2, 3);
        hold(0, 4, 8, What.DOMCTL, DOM0, "getdomaininfo", 1, 1);

        assertThat(of(0, 4, 8))
                .isEqualTo(new Cause(
                        CALL,
                        List.of(
                                "getdomaininfo of Domain-0 on pcpu 0 since 4.000 s tried for the domctl lock, held on"
                                        + " pcpu 1",
                                "pausedomain of Domain-0 on pcpu 1 since 3.000 s spun until g-dm had left pcpu 3")));
    }

    @Test
    void whoIsStoppedIsThereBecauseOfThePcpuThatDoesNotCome() {
        hold(0, 2, 8, What.STOP_MACHINE, -1, "", -1, 3);
        hold(1, 2, 8, What.STOPPED, -1, "", -1, 3);

        assertThat(of(1, 2, 8))
                .isEqualTo(new Cause(CALL, List.of("stop_machine held pcpu 1 since 2.000 s until pcpu 3 had stopped")));
        assertThat(of(0, 2, 8).chain())
                .containsExactly("stop_machine on pcpu 0 since 2.000 s spun until pcpu 3 had stopped");
    }

    /** 0 waits for 1 and 1 for 0: the one that is told last is taken for the cause. */
    @Test
    void aCycleEnds() {
        hold(0, 2, 8, What.P2M_LOCK, DOM0, "foreign_map", 1, 1);
        hold(1, 2, 8, What.PAUSE, DOM0, "pausedomain", 1, 0);

        assertThat(of(0, 2, 8))
                .isEqualTo(new Cause(
                        "pausedomain of Domain-0 on pcpu 1 since 2.000 s spun until g had left pcpu 0",
                        List.of("foreign_map of Domain-0 on pcpu 0 since 2.000 s spun for the p2m lock of g, held on"
                                + " pcpu 1")));
    }

    @Test
    void aPcpuThatWaitsForItselfEnds() {
        hold(0, 2, 8, What.PAUSE, DOM0, "pausedomain", 1, 0);

        assertThat(of(0, 2, 8))
                .isEqualTo(new Cause(
                        "pausedomain of Domain-0 on pcpu 0 since 2.000 s spun until g had left pcpu 0", List.of()));
    }

    /** Nothing is known of pCPU 2, which was busy for less than is remembered. */
    @Test
    void aWaitForAPcpuOfWhichNothingIsKnownSaysSo() {
        hold(1, 2, 8, What.PAUSE, DOM0, "pausedomain", 1, 2);

        assertThat(of(1, 2, 8).first()).isEqualTo("pcpu 2 did not come to its softirqs");
        assertThat(of(1, 2, 8).chain()).hasSize(1);
    }

    /** Many who take turns at a lock: nobody held it for long. */
    @Test
    void contentionWithoutAHolderIsTheCauseItself() {
        hold(1, 2, 8, What.P2M_LOCK, DOM0, "grant_copy", 1, -1);

        assertThat(of(1, 2, 8))
                .isEqualTo(new Cause(
                        "grant_copy of Domain-0 on pcpu 1 since 2.000 s spun for the p2m lock of g", List.of()));
    }

    @Test
    void whereNothingWasHeldItIsSomethingElse() {
        assertThat(of(0, 2, 8)).isEqualTo(new Cause("nothing is known", List.of()));
        assertThat(of(3, 9, 10)).as("the call was over").isEqualTo(new Cause("nothing is known", List.of()));
        assertThat(of(3, 0, 1)).as("the call had not begun").isEqualTo(new Cause("nothing is known", List.of()));
        assertThat(causes().of(-1, 2 * S, 8 * S, "no pcpu").first()).isEqualTo("no pcpu");
    }

    /** Of 2 s to 8 s the first call has 1 s and the second 4 s. */
    @Test
    void ofSeveralHoldsTheOneWithMostOfTheIntervalCounts() {
        hold(0, 0, 3, What.CALL, DOM0, "mmu_update", 0, -1);
        hold(0, 4, 8, What.CALL, DOM0, "foreign_map", 1, -1);

        assertThat(of(0, 2, 8).first()).isEqualTo("foreign_map of Domain-0 on pcpu 0 since 4.000 s");
        assertThat(of(0, 0, 4).first()).isEqualTo("mmu_update of Domain-0 on pcpu 0 since 0.000 s");
    }

    @Test
    void ofAnyPcpuTheOneThatWasHeldMostCounts() {
        hold(0, 4, 8, What.CALL, DOM0, "foreign_map", 1, -1);

        assertThat(causes().ofAny(0, 9 * S, "nothing").first()).isEqualTo(CALL);
        assertThat(causes().ofAny(4 * S, 8 * S, "nothing").first())
                .as("both 4 s: the first pCPU")
                .isEqualTo("foreign_map of Domain-0 on pcpu 0 since 4.000 s");
        assertThat(causes().ofAny(9 * S, 10 * S, "nothing")).isEqualTo(new Cause("nothing", List.of()));
    }

    /** A call on its own caller names nobody in its arguments. */
    @Test
    void whoSpinsForTheLockOfHisOwnP2mSpinsForThatOfHisDomain() {
        hold(1, 2, 8, What.P2M_LOCK, GUEST_1, "decrease_reservation", CallRequest.DOMID_SELF, 3);

        assertThat(of(1, 2, 8).chain())
                .containsExactly("decrease_reservation of g vcpu 1 on pcpu 1 since 2.000 s spun for the p2m lock of g,"
                        + " held on pcpu 3");
    }
}
