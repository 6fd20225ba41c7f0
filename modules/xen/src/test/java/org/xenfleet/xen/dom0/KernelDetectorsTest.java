package org.xenfleet.xen.dom0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenfleet.xen.dom0.KernelReport.Kind;
import org.xenfleet.xen.dom0.PendingRequest.Waiter;
import org.xenfleet.xen.dom0.Standstill.Where;

/** The detectors of a kernel of two vCPUs, unless it is said otherwise; times in the text are seconds. */
class KernelDetectorsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long LATER = 10_000 * SECOND;

    private static final DetectorThresholds SOFT_LOCKUP = new DetectorThresholds(20 * SECOND, 0, 0, 0);
    private static final DetectorThresholds RCU = new DetectorThresholds(0, 21 * SECOND, 0, 0);
    private static final DetectorThresholds HUNG_TASK = new DetectorThresholds(0, 0, 120 * SECOND, 0);

    private static Standstill inXen(int vcpu, long start, long end) {
        return new Standstill(vcpu, start * SECOND, end * SECOND, Where.IN_XEN);
    }

    private static Standstill idle(int vcpu, long start, long end) {
        return new Standstill(vcpu, start * SECOND, end * SECOND, Where.IDLE);
    }

    private static Standstill preempted(int vcpu, long start, long end) {
        return new Standstill(vcpu, start * SECOND, end * SECOND, Where.PREEMPTED);
    }

    private static PendingRequest request(int number, long issued, long served, Waiter waiter) {
        return new PendingRequest(number, issued * SECOND, served * SECOND, waiter);
    }

    private static KernelReport report(long time, Kind kind, int subject, long lasted, int reporter) {
        return new KernelReport(time * SECOND, kind, subject, lasted * SECOND, reporter);
    }

    private static List<KernelReport> vcpus(DetectorThresholds thresholds, Standstill... standstills) {
        return KernelDetectors.reports(thresholds, 2, List.of(standstills), List.of(), LATER);
    }

    private static List<KernelReport> requests(PendingRequest request, Standstill... standstills) {
        return KernelDetectors.reports(DetectorThresholds.DEFAULTS, 2, List.of(standstills), List.of(request), LATER)
                .stream()
                .filter(r -> r.kind() == Kind.HUNG_TASK || r.kind() == Kind.IO_TIMEOUT)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void aVcpuThatStoodMoreThan20SecondsSaysSoWhenItRunsAgain(Where where) {
        assertThat(vcpus(SOFT_LOCKUP, new Standstill(1, 100 * SECOND, 125 * SECOND, where)))
                .containsExactly(report(125, Kind.SOFT_LOCKUP, 1, 25, 1));
        assertThat(vcpus(SOFT_LOCKUP, new Standstill(1, 100 * SECOND, 120 * SECOND, where)))
                .isEmpty();
        assertThat(vcpus(SOFT_LOCKUP, new Standstill(1, 100 * SECOND, 120 * SECOND + 1, where)))
                .hasSize(1);
    }

    @Test
    void aVcpuThatNeverRunsAgainSaysNothing() {
        Standstill open = new Standstill(0, 0, Standstill.OPEN, Where.IN_XEN);
        Standstill other = new Standstill(1, 5, Standstill.OPEN, Where.IN_XEN);

        assertThat(vcpus(SOFT_LOCKUP, open)).isEmpty();
        assertThat(vcpus(DetectorThresholds.DEFAULTS, open, other)).isEmpty();
    }

    /** vCPU 1 waits 8 s for a pCPU and then 15 s in Xen: 23 s to its kernel, though neither is more than 20. */
    @Test
    void standstillsThatTouchAreOne() {
        assertThat(vcpus(SOFT_LOCKUP, inXen(1, 108, 123), preempted(1, 100, 108)))
                .containsExactly(report(123, Kind.SOFT_LOCKUP, 1, 23, 1));
        assertThat(vcpus(SOFT_LOCKUP, inXen(1, 109, 123), preempted(1, 100, 108)))
                .isEmpty();
    }

    /** vCPU 0 stands from 100 to 140: vCPU 1 says so at 121. */
    @Test
    void anRcuStallIsReportedByAVcpuThatRuns() {
        assertThat(vcpus(RCU, inXen(0, 100, 140))).containsExactly(report(121, Kind.RCU_STALL, 0, 21, 1));
        assertThat(vcpus(RCU, inXen(0, 100, 121))).isEmpty();
    }

    /** At 121 vCPU 1 stands too, for 15 s: it says so when it runs, at 130, before vCPU 0 runs at 140. */
    @Test
    void orByTheFirstThatRunsAgain() {
        assertThat(vcpus(RCU, inXen(0, 100, 140), preempted(1, 115, 130)))
                .containsExactly(report(130, Kind.RCU_STALL, 0, 30, 1));
        assertThat(vcpus(RCU, inXen(0, 100, 140), preempted(1, 121, 130)))
                .containsExactly(report(130, Kind.RCU_STALL, 0, 30, 1));
        assertThat(vcpus(RCU, inXen(0, 100, 140), preempted(1, 115, 121)))
                .containsExactly(report(121, Kind.RCU_STALL, 0, 21, 1));
    }

    /** The only vCPU of a domain stands from 100 to 140 and finds its own stall. */
    @Test
    void orByTheVcpuItself() {
        assertThat(KernelDetectors.reports(RCU, 1, List.of(inXen(0, 100, 140)), List.of(), LATER))
                .containsExactly(report(140, Kind.RCU_STALL, 0, 40, 0));
    }

    @Test
    void rcuDoesNotWaitForAVcpuInTheIdleLoop() {
        assertThat(vcpus(RCU, idle(0, 100, 140))).isEmpty();
        assertThat(vcpus(RCU, idle(0, 100, 110), preempted(0, 110, 140))).isEmpty();
        assertThat(vcpus(RCU, preempted(0, 100, 140))).hasSize(1);
    }

    /** 45 s are a stall upstream, not where RCU waits 60 s. */
    @Test
    void rhelWaitsLongerForRcu() {
        Standstill standstill = inXen(0, 100, 145);

        assertThat(vcpus(DetectorThresholds.DEFAULTS, standstill))
                .containsExactly(report(121, Kind.RCU_STALL, 0, 21, 1), report(145, Kind.SOFT_LOCKUP, 0, 45, 0));
        assertThat(vcpus(DetectorThresholds.RHEL, standstill)).containsExactly(report(145, Kind.SOFT_LOCKUP, 0, 45, 0));
        assertThat(vcpus(DetectorThresholds.RHEL, inXen(0, 100, 165)))
                .containsExactly(report(160, Kind.RCU_STALL, 0, 60, 1), report(165, Kind.SOFT_LOCKUP, 0, 65, 0));
    }

    @Test
    void aTaskThatWaitsMoreThan120SecondsIsHung() {
        assertThat(requests(request(7, 100, 300, Waiter.TASK))).containsExactly(report(220, Kind.HUNG_TASK, 7, 120, 0));
        assertThat(requests(request(7, 100, 220, Waiter.TASK))).isEmpty();
    }

    /** At 220 no vCPU runs; vCPU 1 runs first, at 250. A request served by then is not noticed. */
    @Test
    void aHungTaskIsNoticedWhenSomeVcpuRunsAndItStillWaits() {
        Standstill[] both = {inXen(0, 150, 400), inXen(1, 150, 250)};

        assertThat(requests(request(7, 100, 300, Waiter.TASK), both))
                .containsExactly(report(250, Kind.HUNG_TASK, 7, 150, 1));
        assertThat(requests(request(7, 100, 250, Waiter.TASK), both)).isEmpty();
    }

    /** Issued at 100 and not served before 160; what stands in the back-end's domain does not keep the guest from noticing. */
    @Test
    void aGuestGivesUpARequestAfter30Seconds() {
        assertThat(requests(request(3, 100, 160, Waiter.GUEST_IO), inXen(0, 90, 160), inXen(1, 90, 160)))
                .containsExactly(report(130, Kind.IO_TIMEOUT, 3, 30, KernelReport.GUEST));
        assertThat(requests(request(3, 100, 130, Waiter.GUEST_IO))).isEmpty();
        assertThat(requests(new PendingRequest(3, 100 * SECOND, Standstill.OPEN, Waiter.GUEST_IO)))
                .hasSize(1);
    }

    /** In a pause from 10 to 140; the guest of request 1 says so at 42, dom0 of its task with request 2 not before 140. */
    @Test
    void aDom0OfOneVcpuInAPauseIsSilentUntilItIsOver() {
        List<KernelReport> reports = KernelDetectors.reports(
                DetectorThresholds.DEFAULTS,
                1,
                List.of(inXen(0, 10, 140)),
                List.of(request(1, 12, 141, Waiter.GUEST_IO), request(2, 5, 142, Waiter.TASK)),
                LATER);

        assertThat(reports)
                .containsExactly(
                        report(42, Kind.IO_TIMEOUT, 1, 30, KernelReport.GUEST),
                        report(140, Kind.SOFT_LOCKUP, 0, 130, 0),
                        report(140, Kind.RCU_STALL, 0, 130, 0),
                        report(140, Kind.HUNG_TASK, 2, 135, 0));
    }

    @ParameterizedTest
    @CsvSource({"120,0", "121,1", "139,1", "140,2"})
    void nothingIsReportedAfterTheEndOfTheRun(long until, int reports) {
        assertThat(KernelDetectors.reports(
                        DetectorThresholds.DEFAULTS, 2, List.of(inXen(0, 100, 140)), List.of(), until * SECOND))
                .hasSize(reports);
    }

    @Test
    void aThresholdOf0TurnsADetectorOff() {
        assertThat(KernelDetectors.reports(
                        new DetectorThresholds(0, 0, 0, 0),
                        1,
                        List.of(inXen(0, 10, 1000)),
                        List.of(request(1, 12, 900, Waiter.GUEST_IO), request(2, 5, 2000, Waiter.TASK)),
                        LATER))
                .isEmpty();
    }

    @Test
    void theDefaultsAreThoseOfLinux() {
        assertThat(DetectorThresholds.DEFAULTS)
                .isEqualTo(new DetectorThresholds(20 * SECOND, 21 * SECOND, 120 * SECOND, 30 * SECOND));
        assertThat(DetectorThresholds.RHEL.rcuStall()).isEqualTo(60 * SECOND);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> vcpus(RCU, inXen(2, 1, 2)))
                .hasMessage("vCPU 2 stands still from 1000000000 ns, but the domain has vCPUs 0 to 1");
        assertThatThrownBy(() -> vcpus(RCU, inXen(0, 1, 5), preempted(0, 4, 6)))
                .hasMessage("vCPU 0 stands still from 4000000000 ns, but also until 5000000000 ns; "
                        + "standstills of a vCPU must not overlap");
        assertThatThrownBy(() -> KernelDetectors.reports(RCU, 0, List.of(), List.of(), LATER))
                .hasMessage("a domain of 0 vCPUs; it has to have at least 1");
        assertThatThrownBy(() -> inXen(0, 5, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> inXen(-1, 5, 6)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> inXen(0, -1, 6)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> request(9, 5, 4, Waiter.TASK)).hasMessageStartingWith("request 9 was issued at ");
        assertThatThrownBy(() -> new DetectorThresholds(1, -2, 1, 1))
                .hasMessageStartingWith("the threshold of the detector of RCU stall is -2 ns");
    }
}
