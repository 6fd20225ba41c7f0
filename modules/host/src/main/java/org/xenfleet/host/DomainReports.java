package org.xenfleet.host;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.xenfleet.host.ReportBuilder.VcpuAccount;
import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.host.plan.VcpuPlan;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Cause;
import org.xenfleet.observe.HostReport.Incident;
import org.xenfleet.xen.PageAccounts;
import org.xenfleet.xen.control.DomainTable;
import org.xenfleet.xen.control.DomainTable.Life;
import org.xenfleet.xen.sched.VcpuTimes.Standstill;

/**
 * What became of the domains of a host: their times, how long each was available, and what happened to them. Times are ns.
 * Used by one thread.
 */
final class DomainReports {
    /** A destroyed domain that is not freed for so long is worth a line. */
    private static final long ZOMBIE_NS = 1_000_000_000L;

    private final HostPlan plan;
    private final SortedMap<Integer, VcpuAccount> vcpus;
    private final SortedMap<Integer, Long> unpausedAt;
    private final DomainTable table;
    private final PageAccounts pages;
    private final Causes causes;
    private final long end;
    private final long up;
    private final List<Incident> incidents = new ArrayList<>();

    /** {@code up} is when the host went down, or {@code end}. */
    DomainReports(
            HostPlan plan,
            SortedMap<Integer, VcpuAccount> vcpus,
            SortedMap<Integer, Long> unpausedAt,
            DomainTable table,
            PageAccounts pages,
            Causes causes,
            long end,
            long up) {
        this.plan = plan;
        this.vcpus = vcpus;
        this.unpausedAt = unpausedAt;
        this.table = table;
        this.pages = pages;
        this.causes = causes;
        this.end = end;
        this.up = up;
    }

    List<HostReport.Domain> all() {
        List<HostReport.Domain> reports = new ArrayList<>();
        for (DomainPlan domain : plan.domains()) {
            fates(domain);
            reports.add(report(domain));
        }
        return reports;
    }

    /** Those of {@link #all}, in no order. */
    List<Incident> incidents() {
        return incidents;
    }

    private HostReport.Domain report(DomainPlan domain) {
        long cpu = 0;
        long wait = 0;
        long late = 0;
        for (VcpuPlan vcpu : domain.vcpus()) {
            VcpuAccount account = account(vcpu);
            cpu += account.ran();
            wait = Math.max(wait, account.waited());
            late = Math.max(late, account.late());
        }
        long unpaused = unpausedAt.getOrDefault(domain.domid(), -1L);
        long observed = unpaused < 0 ? 0 : end - unpaused;
        List<Standstill> unavailable = beyondTolerance(domain);
        long lost = standstills(domain, unavailable);
        if (unpaused >= 0) {
            lost += end - runsUntil(domain.domid());
            lost += table.pausedNs(domain.domid(), runsUntil(domain.domid())) - unpaused;
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
                pages.allocated(domain.domid()) * ReportBuilder.PAGE,
                state(domain.domid()));
    }

    /** When the domain stopped running for good, or the host went down. */
    private long runsUntil(int domid) {
        long until = up;
        for (long stopped : new long[] {table.shutDownAt(domid), table.dyingAt(domid)}) {
            until = stopped >= 0 ? Math.min(until, stopped) : until;
        }
        return until;
    }

    private List<Standstill> beyondTolerance(DomainPlan domain) {
        List<Standstill> unavailable = new ArrayList<>();
        for (VcpuPlan vcpu : domain.vcpus()) {
            for (Standstill s : account(vcpu).standstills()) {
                long until = Math.min(s.end(), runsUntil(domain.domid()));
                if (until - s.start() > domain.toleranceNs()) {
                    unavailable.add(new Standstill(s.start(), until, s.why(), s.cpu()));
                }
            }
        }
        unavailable.sort(Comparator.comparingLong(Standstill::start).thenComparingLong(Standstill::end));
        return unavailable;
    }

    /** How long the domain was unavailable because it made no progress; stretches that touch are one. */
    private long standstills(DomainPlan domain, List<Standstill> unavailable) {
        long lost = 0;
        long begun = 0;
        long reached = 0;
        Standstill behind = null;
        for (Standstill s : unavailable) {
            long start = s.start() + domain.toleranceNs();
            if (behind == null || start > reached) {
                lost += unavailable(domain, behind, begun, reached);
                behind = s;
                begun = start;
                reached = s.end();
            }
            reached = Math.max(reached, s.end());
        }
        return lost + unavailable(domain, behind, begun, reached);
    }

    private long unavailable(DomainPlan domain, @Nullable Standstill behind, long start, long until) {
        if (behind != null) {
            incidents.add(new Incident(
                    start,
                    "domain-unavailable",
                    domain.name(),
                    "no progress for " + ReportBuilder.seconds(until - start) + " more than it tolerates",
                    cause(domain, behind)));
        }
        return until - start;
    }

    private Cause cause(DomainPlan domain, Standstill s) {
        String otherwise = switch (s.why()) {
            case QUEUED -> "pcpu " + s.cpu() + " was busy with others";
            case LATE -> "its timer on pcpu " + s.cpu() + " was served late";
            case SPINNING -> "it spun in Xen on pcpu " + s.cpu();
            case IO -> s.cpu() < 0 ? unanswered(domain) : "its I/O was answered late, on pcpu " + s.cpu();
        };
        Cause found = causes.of(s.cpu(), s.start(), s.end(), otherwise);
        String first = switch (s.why()) {
            case QUEUED -> domain.name() + " was queued on pcpu " + s.cpu();
            case LATE -> domain.name() + " had its timer on pcpu " + s.cpu();
            case SPINNING -> domain.name() + " spun on pcpu " + s.cpu();
            case IO -> domain.name() + " waited for I/O" + (s.cpu() < 0 ? "" : " served on pcpu " + s.cpu());
        };
        List<String> chain = new ArrayList<>(List.of(first));
        chain.addAll(found.chain());
        return new Cause(found.first(), chain);
    }

    /** Why nobody answered a domain's I/O. */
    private String unanswered(DomainPlan domain) {
        if (domain.deviceModelVcpu() >= 0) {
            DomainPlan model = plan.domainOf(domain.deviceModelVcpu());
            if (!table.isAlive(model.domid())) {
                return "its device model " + model.name() + " does not run any more";
            }
        }
        return "nobody answered its I/O";
    }

    /** That a domain was shut down or destroyed, and what became of it then. */
    private void fates(DomainPlan domain) {
        int domid = domain.domid();
        long shutDown = table.shutDownAt(domid);
        if (shutDown >= 0) {
            boolean watchdog = table.isByWatchdog(domid);
            incidents.add(new Incident(
                    shutDown,
                    watchdog ? "domain-watchdog" : "domain-shutdown",
                    domain.name(),
                    watchdog ? "its watchdog timer was not set again in time" : "it was shut down from outside",
                    watchdog ? new Cause("its watchdog timer ran out", List.of()) : Cause.NONE));
        }
        long dying = table.dyingAt(domid);
        if (dying < 0) {
            return;
        }
        incidents.add(new Incident(dying, "domain-destroyed", domain.name(), "it does not run any more", Cause.NONE));
        long freed = table.freedAt(domid);
        long zombie = (freed < 0 ? up : freed) - dying;
        if (zombie >= ZOMBIE_NS) {
            long unlisted = table.unlistedAt(domid);
            String listed =
                    unlisted < 0 ? "still listed at the end" : "listed until " + ReportBuilder.seconds(unlisted);
            incidents.add(new Incident(
                    dying,
                    "domain-zombie",
                    domain.name(),
                    (freed < 0 ? "not freed by the end" : "freed only after " + ReportBuilder.seconds(zombie)) + ", "
                            + listed,
                    causes.ofAny(dying, freed < 0 ? up : freed, "RCU's grace period was not over")));
        }
    }

    private String state(int domid) {
        Life life = table.life(domid);
        boolean paused = life == Life.ALIVE && table.isPaused(domid);
        String name = life == Life.ALIVE ? "running" : life.name().toLowerCase(Locale.ROOT);
        return paused ? "paused" : name.replace('_', '-');
    }

    private VcpuAccount account(VcpuPlan vcpu) {
        VcpuAccount account = vcpus.get(vcpu.number());
        if (account == null) {
            throw new IllegalStateException("vCPU " + vcpu.number() + " has not reported");
        }
        return account;
    }
}
