package org.xenfleet.host;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.xenfleet.host.CpuTimes.Mode;
import org.xenfleet.host.CpuTimes.Stall;
import org.xenfleet.host.DomctlGate.DomctlHold;
import org.xenfleet.host.HoldLog.Hold;
import org.xenfleet.host.plan.AgentPlan;
import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.host.protocol.HostControl.Panic;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Cause;
import org.xenfleet.observe.HostReport.Fate;
import org.xenfleet.observe.HostReport.Heartbeats;
import org.xenfleet.observe.HostReport.Hypercall;
import org.xenfleet.observe.HostReport.Incident;
import org.xenfleet.observe.HostReport.Pcpu;
import org.xenfleet.observe.HostReport.Role;
import org.xenfleet.xen.PageAccounts;
import org.xenfleet.xen.control.DomainTable;
import org.xenfleet.xen.dom0.PeerWatch.Finding;
import org.xenfleet.xen.sched.VcpuTimes.Standstill;
import org.xenfleet.xen.time.Damage;

/**
 * Takes what the actors of a host have counted, once they are told to finish, and makes the host's report of it. Used by
 * one thread.
 */
final class ReportBuilder {
    /** What a vCPU's scheduler counted. */
    record VcpuAccount(long ran, long waited, long late, List<Standstill> standstills) {}

    static final long PAGE = 4096;
    private static final long NOT_DOWN = -1;

    private final HostPlan plan;
    private final Causes causes;
    private final List<Pcpu> pcpus = new ArrayList<>();
    private final TreeMap<Integer, List<Stall>> stalls = new TreeMap<>();
    private final TreeMap<Integer, VcpuAccount> vcpus = new TreeMap<>();
    private final TreeMap<Integer, Long> unpausedAt = new TreeMap<>();
    private final List<Hypercall> hypercalls = new ArrayList<>();
    private final List<Incident> incidents = new ArrayList<>();
    private List<DomctlHold> domctlHolds = List.of();
    private List<Damage> clockDamage = List.of();
    private @Nullable PageAccounts pages;
    private @Nullable DomainTable table;
    private @Nullable PanicReport panic;
    private long fencedAt = NOT_DOWN;
    private Optional<Heartbeats> heartbeats = Optional.empty();

    ReportBuilder(HostPlan plan) {
        this.plan = plan;
        this.causes = new Causes(plan, plan.catalogue());
    }

    /** The host is down since {@code at}; {@code operation} is what the panic's operation is called. */
    void panicked(long at, Panic message, String operation) {
        panic = new PanicReport(plan, at, message, operation);
    }

    /** dom0's watchdog restarted the host at {@code at}. */
    void fenced(long at) {
        fencedAt = at;
    }

    /** Until when the host was up in a run that lasted until {@code end}. */
    long upUntil(long end) {
        return panic != null ? panic.at() : fencedAt >= 0 ? fencedAt : end;
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
        stalls.put(cpu, times.notableStalls());
    }

    /** What held a pCPU in Xen. */
    void holds(List<Hold> holds) {
        causes.add(holds);
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
        pages = accounts;
    }

    /** What became of the domains. */
    void lives(DomainTable domains) {
        table = domains;
    }

    /** Who had the domctl lock for so long that nobody else could do anything. */
    void domctlHeld(List<DomctlHold> holds) {
        domctlHolds = List.copyOf(holds);
    }

    /** How Xen's system time left the true time. */
    void clock(List<Damage> damage) {
        clockDamage = List.copyOf(damage);
    }

    void calls(DomainPlan caller, String operation, CallAccount account) {
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
    }

    /** A call's progress is lost for good; it was issued at {@code at}. */
    void lost(DomainPlan caller, String operation, long at) {
        incidents.add(new Incident(
                at,
                "hypercall-unfinished",
                caller.name(),
                operation + ", first issued then, was neither continued nor returned to: its progress is lost",
                new Cause("a continuation did not arrive", List.of())));
    }

    /** What the heartbeat agent did, and whom it found lost or back. */
    void heartbeats(AgentPlan agent, List<Finding> findings, Heartbeats account) {
        heartbeats = Optional.of(account);
        for (Finding finding : findings) {
            String peer = agent.peer(finding.peer());
            String since = "since " + seconds(finding.since());
            String lasted = "for " + seconds(finding.time() - finding.since());
            incidents.add(
                    finding.back()
                            ? new Incident(
                                    finding.time(),
                                    "heartbeat-back",
                                    peer,
                                    "heard again; had counted as lost, heard last at " + seconds(finding.since()),
                                    new Cause("heartbeats of " + peer + " arrive again", List.of()))
                            : new Incident(
                                    finding.time(),
                                    "heartbeat-lost",
                                    peer,
                                    "not heard " + since + ", " + lasted,
                                    new Cause(
                                            "no heartbeat of " + peer + " arrived; why, this host cannot know",
                                            List.of())));
        }
    }

    HostReport build(long end, long events, List<Long> epochDigests) {
        long up = upUntil(end);
        DomainReports reports = new DomainReports(plan, vcpus, unpausedAt, table(), pages(), causes, end, up);
        List<HostReport.Domain> domains = reports.all();
        incidents.addAll(reports.incidents());
        boolean degraded = domains.stream()
                .anyMatch(d -> d.role() == Role.GUEST && !d.attacked() && d.availableNs() < d.observedNs());
        HostIncidents ofHost = new HostIncidents(plan, vcpus, causes, up);
        boolean unresponsive = ofHost.unresponsive(domctlHolds);
        ofHost.stalls(stalls);
        ofHost.kernels();
        ofHost.clock(clockDamage);
        ofHost.fenced(fencedAt);
        incidents.addAll(ofHost.all());
        if (panic != null) {
            incidents.addAll(panic.incidents(end, causes));
        }
        incidents.sort(Comparator.comparingLong(Incident::timeNs)
                .thenComparing(Incident::kind)
                .thenComparing(Incident::subject));
        return new HostReport(
                plan.name(),
                fate(unresponsive, degraded),
                end,
                up < end || panic != null || fencedAt >= 0 ? up : NOT_DOWN,
                events,
                epochDigests,
                List.copyOf(pcpus),
                domains,
                List.copyOf(hypercalls),
                List.copyOf(incidents),
                pages().free() * PAGE,
                heartbeats);
    }

    private Fate fate(boolean unresponsive, boolean degraded) {
        if (panic != null) {
            return Fate.CRASHED;
        }
        if (fencedAt >= 0) {
            return Fate.FENCED;
        }
        return unresponsive ? Fate.UNRESPONSIVE : degraded ? Fate.DEGRADED : Fate.HEALTHY;
    }

    /** Whole milliseconds, rounded down, as seconds. */
    static String seconds(long ns) {
        long ms = ns / 1_000_000;
        return ms / 1000 + "." + String.valueOf(1000 + ms % 1000).substring(1) + " s";
    }

    private DomainTable table() {
        if (table == null) {
            throw new IllegalStateException("the hypervisor has not reported its domains");
        }
        return table;
    }

    private PageAccounts pages() {
        if (pages == null) {
            throw new IllegalStateException("the hypervisor has not reported its memory");
        }
        return pages;
    }
}
