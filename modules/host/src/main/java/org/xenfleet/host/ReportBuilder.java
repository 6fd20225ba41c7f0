package org.xenfleet.host;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.xenfleet.host.CpuTimes.Mode;
import org.xenfleet.host.CpuTimes.Stall;
import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.host.plan.VcpuPlan;
import org.xenfleet.host.protocol.HostControl.Panic;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Fate;
import org.xenfleet.observe.HostReport.Hypercall;
import org.xenfleet.observe.HostReport.Incident;
import org.xenfleet.observe.HostReport.Pcpu;
import org.xenfleet.observe.HostReport.Role;
import org.xenfleet.xen.PageAccounts;
import org.xenfleet.xen.sched.VcpuTimes.Standstill;

/**
 * Takes what the actors of a host have counted, once they are told to finish, and makes the host's report of it. Used by
 * one thread.
 */
final class ReportBuilder {
    private static final long NOT_DOWN = -1;

    private record VcpuAccount(long ran, long waited, long late, List<Standstill> standstills) {}

    private static final long PAGE = 4096;

    private final HostPlan plan;
    private final List<Pcpu> pcpus = new ArrayList<>();
    private final TreeMap<Integer, VcpuAccount> vcpus = new TreeMap<>();
    private final TreeMap<Integer, Long> unpausedAt = new TreeMap<>();
    private final TreeMap<Integer, Long> allocatedPages = new TreeMap<>();
    private long freePages;
    private final List<Hypercall> hypercalls = new ArrayList<>();
    private final List<Incident> incidents = new ArrayList<>();
    private @Nullable PanicReport panic;

    ReportBuilder(HostPlan plan) {
        this.plan = plan;
    }

    /** The host is down since {@code at}; {@code operation} is what the panic's operation is called. */
    void panicked(long at, Panic message, String operation) {
        panic = new PanicReport(plan, at, message, operation);
    }

    /** Until when the host was up in a run that lasted until {@code end}. */
    long upUntil(long end) {
        return panic == null ? end : panic.at();
    }

    void pcpu(int cpu, CpuTimes times, long longestSlice) {
        pcpus.add(new Pcpu(
                cpu,
                times.total(Mode.GUEST),
                times.total(Mode.HYPERCALL),
                times.total(Mode.SPIN),
                times.total(Mode.XEN),
                times.total(Mode.IDLE),
                times.longestStall(),
                longestSlice));
        for (Stall stall : times.notableStalls()) {
            String waited = "its softirqs waited " + seconds(stall.end() - stall.start());
            incidents.add(new Incident(stall.start(), "pcpu-stall", "pcpu " + cpu, waited));
        }
    }

    void vcpu(int vcpu, long ran, long wait, long late, List<Standstill> standstills) {
        vcpus.put(vcpu, new VcpuAccount(ran, wait, late, standstills));
    }

    /** {@code unpaused}: when the domain was unpaused, or -1 if it never was. */
    void domain(DomainPlan domain, long unpaused) {
        unpausedAt.put(domain.domid(), unpaused);
    }

    /** Whose the host's memory is in the end. */
    void memory(PageAccounts accounts) {
        freePages = accounts.free();
        plan.domains().forEach(d -> allocatedPages.put(d.domid(), accounts.allocated(d.domid())));
    }

    void calls(DomainPlan caller, String operation, CallAccount account, Optional<Long> lostAt) {
        hypercalls.add(new Hypercall(
                caller.name(),
                operation,
                account.calls(),
                account.unfinished(),
                account.continuations(),
                account.iterations(),
                account.longestSlice(),
                account.longestCall(),
                new TreeMap<>(account.returned())));
        lostAt.ifPresent(at -> incidents.add(new Incident(
                at,
                "hypercall-unfinished",
                caller.name(),
                operation + ", first issued then, was neither continued nor returned to: its progress is lost")));
    }

    HostReport build(long end, long events, List<Long> epochDigests) {
        List<HostReport.Domain> domains = new ArrayList<>();
        boolean degraded = false;
        for (DomainPlan domain : plan.domains()) {
            HostReport.Domain reported = report(domain, end);
            domains.add(reported);
            degraded |=
                    domain.role() == Role.GUEST && !domain.attacked() && reported.availableNs() < reported.observedNs();
        }
        boolean unresponsive = dom0StoodStill();
        if (panic != null) {
            incidents.addAll(panic.incidents(end));
        }
        Fate fate = panic != null
                ? Fate.CRASHED
                : unresponsive ? Fate.UNRESPONSIVE : degraded ? Fate.DEGRADED : Fate.HEALTHY;
        incidents.sort(Comparator.comparingLong(Incident::timeNs)
                .thenComparing(Incident::kind)
                .thenComparing(Incident::subject));
        return new HostReport(
                plan.name(),
                fate,
                end,
                panic == null ? NOT_DOWN : panic.at(),
                events,
                epochDigests,
                List.copyOf(pcpus),
                domains,
                List.copyOf(hypercalls),
                List.copyOf(incidents),
                freePages * PAGE);
    }

    private HostReport.Domain report(DomainPlan domain, long end) {
        long cpu = 0;
        long wait = 0;
        long late = 0;
        List<Standstill> unavailable = new ArrayList<>();
        for (VcpuPlan vcpu : domain.vcpus()) {
            VcpuAccount account = account(vcpu);
            cpu += account.ran();
            wait = Math.max(wait, account.waited());
            late = Math.max(late, account.late());
            for (Standstill s : account.standstills()) {
                if (s.end() - s.start() > domain.toleranceNs()) {
                    unavailable.add(new Standstill(s.start() + domain.toleranceNs(), s.end()));
                }
            }
        }
        unavailable.sort(Comparator.comparingLong(Standstill::start).thenComparingLong(Standstill::end));
        long unpaused = unpausedAt.getOrDefault(domain.domid(), -1L);
        long observed = unpaused < 0 ? 0 : end - unpaused;
        long lost = end - upUntil(end);
        long reached = 0;
        for (Standstill s : unavailable) {
            long start = Math.max(s.start(), reached);
            if (s.end() > start) {
                lost += s.end() - start;
                incidents.add(new Incident(
                        start,
                        "domain-unavailable",
                        domain.name(),
                        "no progress for " + seconds(s.end() - start) + " more than it tolerates"));
            }
            reached = Math.max(reached, s.end());
        }
        return new HostReport.Domain(
                domain.domid(),
                domain.name(),
                domain.type().label(),
                domain.role(),
                domain.attacked(),
                cpu,
                wait,
                late,
                observed - Math.min(lost, observed),
                observed,
                unavailable.size(),
                allocatedPages.getOrDefault(domain.domid(), domain.ramPages()) * PAGE);
    }

    /** Whether there was a stretch of at least {@code unresponsive-after} in which no vCPU of dom0 made progress. */
    private boolean dom0StoodStill() {
        long least = plan.spec().unresponsiveAfterNs();
        List<VcpuPlan> dom0 = plan.domains().get(0).vcpus();
        List<Standstill> common = account(dom0.get(0)).standstills();
        for (VcpuPlan vcpu : dom0.subList(1, dom0.size())) {
            common = intersect(common, account(vcpu).standstills());
        }
        boolean stood = false;
        for (Standstill s : common) {
            if (s.end() - s.start() >= least) {
                stood = true;
                incidents.add(new Incident(
                        s.start() + least,
                        "host-unresponsive",
                        "Domain-0",
                        "no vCPU of dom0 made progress for " + seconds(s.end() - s.start())));
            }
        }
        return stood;
    }

    private static List<Standstill> intersect(List<Standstill> a, List<Standstill> b) {
        List<Standstill> both = new ArrayList<>();
        for (Standstill x : a) {
            for (Standstill y : b) {
                long start = Math.max(x.start(), y.start());
                long end = Math.min(x.end(), y.end());
                if (start < end) {
                    both.add(new Standstill(start, end));
                }
            }
        }
        return both;
    }

    /** Whole milliseconds, rounded down, as seconds. */
    static String seconds(long ns) {
        long ms = ns / 1_000_000;
        return ms / 1000 + "." + String.valueOf(1000 + ms % 1000).substring(1) + " s";
    }

    private VcpuAccount account(VcpuPlan vcpu) {
        VcpuAccount account = vcpus.get(vcpu.number());
        if (account == null) {
            throw new IllegalStateException("vCPU " + vcpu.number() + " has not reported");
        }
        return account;
    }
}
