package org.xenfleet.host;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import org.xenfleet.host.CpuTimes.Stall;
import org.xenfleet.host.DomctlGate.DomctlHold;
import org.xenfleet.host.ReportBuilder.VcpuAccount;
import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.host.plan.VcpuPlan;
import org.xenfleet.observe.HostReport.Cause;
import org.xenfleet.observe.HostReport.Incident;
import org.xenfleet.scenario.KernelSpec;
import org.xenfleet.xen.Mechanism;
import org.xenfleet.xen.dom0.DetectorThresholds;
import org.xenfleet.xen.dom0.KernelDetectors;
import org.xenfleet.xen.dom0.KernelReport;
import org.xenfleet.xen.dom0.PendingRequest;
import org.xenfleet.xen.dom0.PendingRequest.Waiter;
import org.xenfleet.xen.dom0.Standstill.Where;
import org.xenfleet.xen.sched.VcpuTimes.Standstill;
import org.xenfleet.xen.sched.VcpuTimes.Why;
import org.xenfleet.xen.time.Damage;

/** What happened to a host as a whole, and what its kernels said of it. Times are ns. Used by one thread. */
final class HostIncidents {
    private static final String DOM0 = "Domain-0";

    private final HostPlan plan;
    private final SortedMap<Integer, VcpuAccount> vcpus;
    private final Causes causes;
    private final long up;
    private final List<Incident> incidents = new ArrayList<>();

    /** {@code up} is when the host went down, or the run ended. */
    HostIncidents(HostPlan plan, SortedMap<Integer, VcpuAccount> vcpus, Causes causes, long up) {
        this.plan = plan;
        this.vcpus = vcpus;
        this.causes = causes;
        this.up = up;
    }

    List<Incident> all() {
        return incidents;
    }

    void stalls(SortedMap<Integer, List<Stall>> stalls) {
        stalls.forEach((cpu, ofCpu) -> {
            for (Stall stall : ofCpu) {
                incidents.add(new Incident(
                        stall.start(),
                        "pcpu-stall",
                        "pcpu " + cpu,
                        "its softirqs waited " + ReportBuilder.seconds(stall.end() - stall.start()),
                        causes.of(cpu, stall.start(), stall.end(), "it was busy in Xen")));
            }
        });
    }

    /** Whether nothing could be done with the host for long: no vCPU of dom0 made progress, or the domctl lock was held. */
    boolean unresponsive(List<DomctlHold> holds) {
        long least = plan.spec().unresponsiveAfterNs();
        boolean found = false;
        for (DomctlHold hold : holds) {
            if (hold.end() - hold.start() < least) {
                continue;
            }
            found = true;
            incidents.add(new Incident(
                    hold.start() + least,
                    "host-unresponsive",
                    "domctl lock",
                    "held for " + ReportBuilder.seconds(hold.end() - hold.start()),
                    causes.of(hold.cpu(), hold.start(), hold.end(), "a long domctl on pcpu " + hold.cpu())));
        }
        return dom0StoodStill(least) || found;
    }

    /** Whether there was a stretch of at least {@code least} in which no vCPU of dom0 made progress. */
    private boolean dom0StoodStill(long least) {
        List<VcpuPlan> dom0 = plan.domains().get(0).vcpus();
        List<Standstill> common = stoodStill(dom0.get(0));
        for (VcpuPlan vcpu : dom0.subList(1, dom0.size())) {
            common = intersect(common, stoodStill(vcpu));
        }
        boolean stood = false;
        for (Standstill s : common) {
            if (s.end() - s.start() >= least) {
                stood = true;
                incidents.add(new Incident(
                        s.start() + least,
                        "host-unresponsive",
                        DOM0,
                        "no vCPU of dom0 made progress for " + ReportBuilder.seconds(s.end() - s.start()),
                        causes.of(s.cpu(), s.start(), s.end(), "dom0 did not run")));
            }
        }
        return stood;
    }

    private List<Standstill> stoodStill(VcpuPlan vcpu) {
        return account(vcpu).standstills().stream()
                .filter(s -> s.why() != Why.IO)
                .toList();
    }

    private static List<Standstill> intersect(List<Standstill> a, List<Standstill> b) {
        List<Standstill> both = new ArrayList<>();
        for (Standstill x : a) {
            for (Standstill y : b) {
                long start = Math.max(x.start(), y.start());
                long end = Math.min(x.end(), y.end());
                if (start < end) {
                    both.add(new Standstill(start, end, x.why(), x.cpu()));
                }
            }
        }
        return both;
    }

    /** What the kernels of dom0 and of guests said. */
    void kernels() {
        if (!plan.has(Mechanism.M19)) {
            return;
        }
        KernelSpec spec = plan.spec().dom0().kernel();
        DetectorThresholds thresholds =
                new DetectorThresholds(spec.softLockupNs(), spec.rcuStallNs(), spec.hungTaskNs(), spec.ioTimeoutNs());
        List<VcpuPlan> dom0 = plan.domains().get(0).vcpus();
        List<String> waiters = new ArrayList<>();
        List<PendingRequest> requests = requests(waiters);
        List<org.xenfleet.xen.dom0.Standstill> stood = new ArrayList<>();
        dom0.forEach(vcpu -> stood.addAll(ofKernel(vcpu)));
        for (KernelReport report : KernelDetectors.reports(thresholds, dom0.size(), stood, requests, up)) {
            incidents.add(incident(report, waiters));
        }
    }

    private List<org.xenfleet.xen.dom0.Standstill> ofKernel(VcpuPlan vcpu) {
        List<Standstill> sorted = new ArrayList<>(stoodStill(vcpu));
        sorted.sort(Comparator.comparingLong(Standstill::start));
        List<org.xenfleet.xen.dom0.Standstill> stood = new ArrayList<>();
        long reached = 0;
        for (Standstill s : sorted) {
            long start = Math.max(reached, s.start());
            if (s.end() > start) {
                long end = s.end() >= up ? org.xenfleet.xen.dom0.Standstill.OPEN : s.end();
                stood.add(new org.xenfleet.xen.dom0.Standstill(vcpu.index(), start, end, where(s.why())));
                reached = s.end();
            }
        }
        return stood;
    }

    private static Where where(Why why) {
        return switch (why) {
            case SPINNING -> Where.IN_XEN;
            case LATE -> Where.IDLE;
            case QUEUED, IO -> Where.PREEMPTED;
        };
    }

    /** What back-ends and device models answered late: a request of the guest, and of the task behind it. */
    private List<PendingRequest> requests(List<String> waiters) {
        List<PendingRequest> requests = new ArrayList<>();
        for (DomainPlan domain : plan.domains()) {
            for (VcpuPlan vcpu : domain.vcpus()) {
                for (Standstill s : account(vcpu).standstills()) {
                    if (s.why() == Why.IO) {
                        long served = s.cpu() < 0 ? org.xenfleet.xen.dom0.Standstill.OPEN : s.end();
                        requests.add(new PendingRequest(waiters.size(), s.start(), served, Waiter.GUEST_IO));
                        requests.add(new PendingRequest(waiters.size(), s.start(), served, Waiter.TASK));
                        waiters.add(domain.name());
                    }
                }
            }
        }
        return requests;
    }

    private Incident incident(KernelReport report, List<String> waiters) {
        String lasted = ReportBuilder.seconds(report.lasted());
        long since = report.time() - report.lasted();
        String said = report.reporter() == KernelReport.GUEST ? "" : "; said by vCPU " + report.reporter();
        return switch (report.kind()) {
            case SOFT_LOCKUP ->
                new Incident(
                        report.time(),
                        "dom0-soft-lockup",
                        DOM0 + " vcpu " + report.subject(),
                        "stuck for " + lasted + said,
                        behind(report.subject(), since, report.time()));
            case RCU_STALL ->
                new Incident(
                        report.time(),
                        "dom0-rcu-stall",
                        DOM0 + " vcpu " + report.subject(),
                        "did not pass through its scheduler for " + lasted + said,
                        behind(report.subject(), since, report.time()));
            case HUNG_TASK ->
                new Incident(
                        report.time(),
                        "dom0-hung-task",
                        DOM0,
                        "a task has waited for " + lasted + " with I/O of " + waiters.get(report.subject()) + said,
                        causes.ofAny(since, report.time(), "nobody answered"));
            case IO_TIMEOUT ->
                new Incident(
                        report.time(),
                        "io-timeout",
                        waiters.get(report.subject()),
                        "its I/O was not answered for " + lasted,
                        causes.ofAny(since, report.time(), "nobody answered"));
        };
    }

    private Cause behind(int vcpu, long start, long end) {
        VcpuPlan ofDom0 = plan.domains().get(0).vcpus().get(vcpu);
        int cpu = stoodStill(ofDom0).stream()
                .filter(s -> s.start() < end && s.end() > start)
                .mapToInt(Standstill::cpu)
                .findFirst()
                .orElse(-1);
        return causes.of(cpu, start, end, "dom0's vCPU did not run");
    }

    void clock(List<Damage> damage) {
        for (Damage d : damage) {
            String what = switch (d.kind()) {
                case SLOW ->
                    "went on by " + ReportBuilder.seconds(d.ns()) + " less than true time until "
                            + ReportBuilder.seconds(d.until());
                case FAST ->
                    "went on by " + ReportBuilder.seconds(d.ns()) + " more than true time until "
                            + ReportBuilder.seconds(d.until());
                case STEP_BACK -> "stepped back by " + ReportBuilder.seconds(d.ns());
                case STEP_FORWARD -> "stepped forward by " + ReportBuilder.seconds(d.ns());
                case LOST -> "lost " + ReportBuilder.seconds(d.ns()) + " for good";
                case GAINED -> "gained " + ReportBuilder.seconds(d.ns()) + " for good";
                case UNTOLD ->
                    "missed more wraps of its counter than Xen repairs; what comes of it is not in the model";
            };
            incidents.add(new Incident(
                    d.from(),
                    "clock-damage",
                    "xen",
                    "Xen's system time " + what,
                    causes.of(0, 0, d.from() + 1, "pcpu 0 did not serve its timers in time")));
        }
    }

    /** dom0's watchdog restarted the host; -1 if it did not. */
    void fenced(long at) {
        if (at >= 0) {
            incidents.add(new Incident(
                    at,
                    "watchdog-fence",
                    DOM0,
                    "its watchdog timer was not set again in time: the machine restarted; what it boots is not simulated,"
                            + " so the host stays down",
                    causes.ofAny(0, at, "dom0 did not set its watchdog timer again")));
        }
    }

    private VcpuAccount account(VcpuPlan vcpu) {
        VcpuAccount account = vcpus.get(vcpu.number());
        if (account == null) {
            throw new IllegalStateException("vCPU " + vcpu.number() + " has not reported");
        }
        return account;
    }
}
