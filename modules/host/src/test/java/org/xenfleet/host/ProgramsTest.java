package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.host.protocol.Work;
import org.xenfleet.host.workload.Next;
import org.xenfleet.host.workload.Program;
import org.xenfleet.host.workload.Programs;
import org.xenfleet.xen.operation.CallRequest;
import org.xenfleet.xen.operation.OperationCatalogue;

/** The workload kinds of the design's section 6. */
class ProgramsTest {
    private static final long MS = 1_000_000L;
    private static final Next ASLEEP = new Next.Sleep(Program.NEVER);

    @TempDir
    Path folder;

    /** dom0's vCPU is number 0, the guest's number 1, its stub's number 2. */
    private Program program(String workload, String role, int vcpu) {
        HostPlan plan = TestHost.in(folder, "10s", """
                        cpus = 2, xen { version = "4.4.0" }
                        dom0 { vcpus = 1 }
                        domains { g { xl = g.cfg, %s = w } }
                        """.formatted(role), "workloads { w { %s } }".formatted(workload))
                .xl("g.cfg", """
                        name = "g"
                        type = "hvm"
                        memory = 1024
                        device_model_stubdomain_override = 1
                        """)
                .plan();
        return Programs.of(plan, plan.vcpus().get(vcpu), OperationCatalogue.shipped());
    }

    private Program guest(String workload) {
        return program(workload, "workload", 1);
    }

    private Program stub(String workload) {
        return program(
                "kind = hypercalls, operation = set_mem_access, access = r, " + workload, "device-model-workload", 2);
    }

    @Test
    void anIdleVcpuNeverWakes() {
        Program idle = guest("kind = idle");

        assertThat(idle.wakesAtBoot(0)).isFalse();
        assertThat(idle.next(0)).isEqualTo(ASLEEP);
        assertThat(idle.nextArrival(0)).isEqualTo(Program.NEVER);
    }

    @Test
    void aCpuBoundVcpuComputesForEver() {
        Program cpu = guest("kind = cpu");

        assertThat(cpu.wakesAtBoot(0)).isTrue();
        assertThat(cpu.next(0)).isEqualTo(new Next.Compute(Long.MAX_VALUE));
    }

    @Test
    void aPeriodicVcpuWakesOnItsGrid() {
        Program periodic = guest("kind = periodic, burst = 2ms, period = 10ms, phase = 3ms");

        assertThat(periodic.wakesAtBoot(0)).isTrue();
        assertThat(periodic.next(0)).isEqualTo(new Next.Sleep(3 * MS));
        assertThat(periodic.next(3 * MS)).isEqualTo(new Next.Compute(2 * MS));
        assertThat(periodic.next(5 * MS)).isEqualTo(new Next.Sleep(13 * MS));
        assertThat(periodic.next(13 * MS)).isEqualTo(new Next.Compute(2 * MS));
    }

    /** The grid is 3, 13, 23, 33 ms: woken for 13 it runs only at 24 ms, for one burst; 23 is lost. */
    @Test
    void pointsThatPassWhileItWaitsAreSkipped() {
        Program periodic = guest("kind = periodic, burst = 2ms, period = 10ms, phase = 3ms");
        periodic.next(3 * MS);
        periodic.next(5 * MS);

        assertThat(periodic.next(24 * MS)).isEqualTo(new Next.Compute(2 * MS));
        assertThat(periodic.next(26 * MS)).isEqualTo(new Next.Sleep(33 * MS));
    }

    /** As if it were asked at its first instruction: woken at 13 ms and done at 26, it has skipped 23. */
    @Test
    void shouldKnowTheBurstOfAPointWhenItIsWokenForIt() {
        Program periodic = guest("kind = periodic, burst = 2ms, period = 10ms, phase = 3ms");

        assertThat(periodic.wokenFor(0)).isEqualTo(Work.ASK);
        assertThat(periodic.wokenFor(3 * MS)).isEqualTo(2 * MS);
        assertThat(periodic.next(5 * MS)).isEqualTo(new Next.Sleep(13 * MS));
        assertThat(periodic.wokenFor(13 * MS)).isEqualTo(2 * MS);
        assertThat(periodic.next(26 * MS)).isEqualTo(new Next.Sleep(33 * MS));
    }

    @Test
    void shouldTakeTheFirstOfTheWaitingRequestsWhenItIsWoken() {
        Program poisson = guest("kind = poisson, burst = 2ms, period = 10ms");

        assertThat(poisson.wokenFor(0)).isEqualTo(Work.ASK);
        poisson.arrived();
        poisson.arrived();
        assertThat(poisson.wokenFor(0)).isEqualTo(2 * MS);
        assertThat(poisson.next(2 * MS)).isEqualTo(new Next.Compute(2 * MS));
        assertThat(poisson.next(4 * MS)).isEqualTo(ASLEEP);
    }

    @Test
    void shouldBeAskedAtItsFirstInstructionWhereThatDecides() {
        assertThat(stub("start = 0s").wokenFor(0)).isEqualTo(Work.ASK);
        assertThat(guest("kind = cpu").wokenFor(0)).isEqualTo(Work.ASK);
    }

    @Test
    void theGridDoesNotMoveWithALateStart() {
        Program periodic = guest("kind = periodic, burst = 2ms, period = 10ms, phase = 0ms");
        periodic.next(0);
        periodic.next(2 * MS);
        periodic.next(14 * MS);

        assertThat(periodic.next(16 * MS)).isEqualTo(new Next.Sleep(20 * MS));
    }

    @Test
    void aDrawnPhaseIsWithinThePeriodAndTheSameEveryTime() {
        Next first = guest("kind = periodic, burst = 2ms, period = 10ms").next(-1);
        Next again = guest("kind = periodic, burst = 2ms, period = 10ms").next(-1);

        assertThat(first).isEqualTo(again).isInstanceOf(Next.Sleep.class);
        assertThat(((Next.Sleep) first).timerAt()).isBetween(0L, 10 * MS - 1);
    }

    @Test
    void poissonArrivalsQueue() {
        Program poisson = guest("kind = poisson, burst = 2ms, period = 10ms");
        assertThat(poisson.wakesAtBoot(0)).isFalse();
        assertThat(poisson.next(0)).isEqualTo(ASLEEP);
        poisson.arrived();
        poisson.arrived();

        assertThat(poisson.next(5 * MS)).isEqualTo(new Next.Compute(2 * MS));
        poisson.arrived();
        assertThat(poisson.next(7 * MS)).isEqualTo(new Next.Compute(2 * MS));
        assertThat(poisson.next(9 * MS)).isEqualTo(new Next.Compute(2 * MS));
        assertThat(poisson.next(11 * MS)).isEqualTo(ASLEEP);
    }

    /** The mean of 20,000 exponential gaps deviates by 0.7 % as a standard deviation; 37 % of them exceed the mean. */
    @Test
    void poissonGapsAreExponentialWithThePeriodAsMean() {
        Program poisson = guest("kind = poisson, burst = 2ms, period = 10ms");
        long now = 0;
        int above = 0;
        for (int i = 0; i < 20_000; i++) {
            long next = poisson.nextArrival(now);
            assertThat(next).isGreaterThan(now);
            above += next - now > 10 * MS ? 1 : 0;
            now = next;
        }

        assertThat(now / 20_000.0 / MS).as("scenario seed 1").isCloseTo(10, within(0.35));
        assertThat(above / 20_000.0).as("scenario seed 1").isCloseTo(0.368, within(0.02));
    }

    @Test
    void callsBeginAtTheirStartAndRepeatAfterThePause() {
        Program calls = stub("pages = 10, start = 1s, repeat = 2, pause = 5ms");

        assertThat(calls.wakesAtBoot(0)).isTrue();
        assertThat(calls.next(0)).isEqualTo(new Next.Sleep(1000 * MS));
        assertThat(calls.next(1000 * MS)).isInstanceOf(Next.Call.class);
        assertThat(calls.next(1500 * MS)).isEqualTo(new Next.Sleep(1505 * MS));
        assertThat(calls.next(1505 * MS)).isInstanceOf(Next.Call.class);
        assertThat(calls.next(1600 * MS)).isEqualTo(ASLEEP);
    }

    @Test
    void withoutAPauseTheNextCallFollowsAtOnceAndForEver() {
        Program calls = stub("pages = 10, start = 1s, repeat = forever, pause = 0ms");
        for (int i = 0; i < 100; i++) {
            assertThat(calls.next(1000 * MS + i)).as("call %d", i).isInstanceOf(Next.Call.class);
        }
    }

    /** 1024 MiB are 262,144 pages; from pfn 144 on 262,000 are left. r is code 1, the guest is domain 1. */
    @Test
    void allPagesAreThoseFromTheFirstOn() {
        Program calls = stub("first-pfn = 144, pages = all, start = 0s, repeat = 2, pause = 0ms");
        CallRequest expected = new CallRequest(true, 1, 1, 262_000, 144);

        assertThat(((Next.Call) calls.next(0)).request()).isEqualTo(expected);
        assertThat(((Next.Call) calls.next(1)).request()).as("a fresh struct").isEqualTo(expected);
    }
}
