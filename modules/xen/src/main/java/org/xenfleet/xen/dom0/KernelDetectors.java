package org.xenfleet.xen.dom0;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.xenfleet.xen.dom0.KernelReport.Kind;
import org.xenfleet.xen.dom0.PendingRequest.Waiter;
import org.xenfleet.xen.dom0.Standstill.Where;

/**
 * The detectors of a Linux kernel, mostly dom0's, as a function of what stood still and what was not served:
 *
 * <ul>
 *   <li>soft lockup: a vCPU that stood still for more than the threshold says so itself, as soon as it runs again;
 *   <li>RCU stall: a grace period waits for a vCPU that was not in the idle loop. Another vCPU that runs when the threshold
 *       is over says so, else the one that runs next, which may be the vCPU itself. It is taken to begin with the standstill,
 *       and only its first report is given;
 *   <li>hung task: any vCPU that runs when a task's request has been waiting for more than the threshold, or that runs next
 *       while it still is. The kernel looks only every so often; it is taken to look at once;
 *   <li>I/O time-out: the guest itself, which is taken to run, gives up a request as old as the threshold.
 * </ul>
 *
 * <p>The kernel's clock is taken to be true. Times are ns.
 *
 * <p>Source: xen-semantics section 5, M19.
 */
public final class KernelDetectors {
    private final DetectorThresholds thresholds;
    private final Stood stood;
    private final long until;
    private final List<KernelReport> reports = new ArrayList<>();

    private KernelDetectors(DetectorThresholds thresholds, Stood stood, long until) {
        this.thresholds = thresholds;
        this.stood = stood;
        this.until = until;
    }

    /**
     * What is reported up to and at {@code until}, in the order of {@link KernelReport}.
     *
     * @param vcpus how many vCPUs the domain has, all online
     * @param standstills in any order; those of a vCPU that touch are one to its kernel, which was where the first one says
     */
    public static List<KernelReport> reports(
            DetectorThresholds thresholds,
            int vcpus,
            List<Standstill> standstills,
            List<PendingRequest> requests,
            long until) {
        KernelDetectors detectors = new KernelDetectors(thresholds, new Stood(vcpus, standstills), until);
        for (Standstill standstill : detectors.stood.all()) {
            detectors.softLockup(standstill);
            detectors.rcuStall(standstill);
        }
        for (PendingRequest request : requests) {
            if (request.waiter() == Waiter.TASK) {
                detectors.hungTask(request);
            } else {
                detectors.ioTimeout(request);
            }
        }
        Collections.sort(detectors.reports);
        return List.copyOf(detectors.reports);
    }

    private void softLockup(Standstill s) {
        if (exceeds(thresholds.softLockup(), s.start(), s.end())) {
            report(s.end(), Kind.SOFT_LOCKUP, s.vcpu(), s.start(), s.vcpu());
        }
    }

    private void rcuStall(Standstill s) {
        if (s.where() != Where.IDLE && exceeds(thresholds.rcuStall(), s.start(), s.end())) {
            Stood.Running reporter = stood.runsFrom(s.start() + thresholds.rcuStall());
            report(reporter.time(), Kind.RCU_STALL, s.vcpu(), s.start(), reporter.vcpu());
        }
    }

    private void hungTask(PendingRequest r) {
        if (exceeds(thresholds.hungTask(), r.issued(), r.served())) {
            Stood.Running reporter = stood.runsFrom(r.issued() + thresholds.hungTask());
            if (reporter.time() < r.served()) {
                report(reporter.time(), Kind.HUNG_TASK, r.number(), r.issued(), reporter.vcpu());
            }
        }
    }

    private void ioTimeout(PendingRequest r) {
        if (exceeds(thresholds.ioTimeout(), r.issued(), r.served())) {
            report(r.issued() + thresholds.ioTimeout(), Kind.IO_TIMEOUT, r.number(), r.issued(), KernelReport.GUEST);
        }
    }

    private static boolean exceeds(long threshold, long start, long end) {
        return threshold > 0 && end - start > threshold;
    }

    private void report(long time, Kind kind, int subject, long since, int reporter) {
        if (time <= until && time != Standstill.OPEN) {
            reports.add(new KernelReport(time, kind, subject, time - since, reporter));
        }
    }
}
