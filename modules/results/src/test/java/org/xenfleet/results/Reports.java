package org.xenfleet.results;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Cause;
import org.xenfleet.observe.HostReport.Domain;
import org.xenfleet.observe.HostReport.Fate;
import org.xenfleet.observe.HostReport.Hypercall;
import org.xenfleet.observe.HostReport.Incident;
import org.xenfleet.observe.HostReport.Pcpu;
import org.xenfleet.observe.HostReport.Role;

/** Host reports for tests, each number of which is given or plain to see here. */
final class Reports {
    private static final Cause CAUSE = new Cause("set_mem_access of victim-dm", List.of("pcpu 0 spun"));

    private Reports() {}

    static HostReport host(String name, Fate fate, long stallNs, List<Domain> domains) {
        return new HostReport(
                name,
                fate,
                2_000,
                fate == Fate.CRASHED ? 1_500 : -1,
                10,
                List.of(1L, 2L),
                List.of(new Pcpu(0, 500, 400, 300, 200, 100, stallNs, 7), new Pcpu(1, 1_500, 0, 0, 0, 0, 0, 0)),
                domains,
                List.of(),
                List.of(),
                4096);
    }

    static HostReport healthy(String name) {
        return host(name, Fate.HEALTHY, 0, List.of());
    }

    static Domain domain(String name, Role role, long availableNs, long observedNs) {
        return new Domain(1, name, "hvm", role, false, 11, 12, 13, availableNs, observedNs, 0, 1 << 20, "running");
    }

    static Domain guest(long availableNs, long observedNs) {
        return domain("guest", Role.GUEST, availableNs, observedNs);
    }

    static HostReport withIncidents(String name, List<Incident> incidents) {
        return new HostReport(
                name, Fate.HEALTHY, 2_000, -1, 10, List.of(), List.of(), List.of(), List.of(), incidents, 0);
    }

    static HostReport attacked() {
        return new HostReport(
                "pool-a/0",
                Fate.CRASHED,
                2_000,
                1_500,
                10,
                List.of(1L, 2L),
                List.of(new Pcpu(0, 500, 400, 300, 200, 100, 900, 800)),
                List.of(
                        new Domain(
                                0, "Domain-0", "pv", Role.CONTROL, false, 5, 6, 7, 2_000, 2_000, 0, 1 << 30, "running"),
                        new Domain(1, "victim", "hvm", Role.GUEST, true, 8, 9, 10, 500, 2_000, 3, 1 << 20, "running")),
                List.of(new Hypercall(
                        "victim-dm", "set_mem_access", 3, 1, 4, 100, 800, 850, new TreeMap<>(Map.of(0, 1L, -22, 1L)))),
                List.of(
                        new Incident(1_500, "watchdog-panic", "pcpu 0", "stuck, \"hard\"", CAUSE),
                        new Incident(1_000, "late-timer", "victim", "late", Cause.NONE)),
                4096);
    }

    static RunSummary summary(List<HostReport> reports, Expected... expected) {
        return RunSummary.of(
                new RunFacts("xsa-89", 89, "00ff", reports.size(), false, "default", List.of()),
                reports,
                List.of(expected));
    }
}
