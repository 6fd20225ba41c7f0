package org.xenfleet.host.statements;

import java.util.Arrays;
import java.util.Locale;
import org.xenfleet.host.TestHost;
import org.xenfleet.observe.HostReport;

/**
 * What the hosts of the statements about outages have in common: the call that ties a pCPU, the guest it is made on, and how
 * to read what came of it.
 */
final class Outage {
    static final double MS = 1e6;
    static final double SECOND = 1e9;

    private Outage() {}

    /** The workload {@code attack}: one call on so many pages. */
    static String attack(long pages, String start) {
        return "attack { kind = hypercalls, operation = set_mem_access, access = n, pages = %d, start = %s, repeat = 1 }"
                .formatted(pages, start);
    }

    /** The workload {@code name}: one operation, once. */
    static String once(String name, String operation, String start, String rest) {
        return "%s { kind = hypercalls, operation = %s, start = %s, repeat = 1, %s }"
                .formatted(name, operation, start, rest);
    }

    /** A page costs so much, and flushes and tables nothing. */
    static String costs(long pageNs) {
        return "costs { p2m-entry = %dns, flush-idle = 0ns, flush-base = 0ns, flush-per-cpu = 0ns, p2m-table = 0ns }"
                .formatted(pageNs);
    }

    /** The entry of {@code domains} whose stub makes the call, on {@code cpu}. */
    static String victim(long cpu, String rest) {
        return "victim { xl = victim.cfg, device-model-workload = attack, device-model-cpus = \"%d\", %s }"
                .formatted(cpu, rest);
    }

    /** An HVM guest that has a stub domain. */
    static String hvm(String name, long mebibytes, String rest) {
        return """
            name = "%s"
            type = "hvm"
            memory = %d
            device_model_stubdomain_override = 1
            %s
            """.formatted(name, mebibytes, rest);
    }

    /** A PV guest of one vCPU. */
    static String pv(String name, long mebibytes, String rest) {
        return """
            name = "%s"
            kernel = "/boot/vmlinuz"
            memory = %d
            %s
            """.formatted(name, mebibytes, rest);
    }

    /** How long the longest call took its caller, in ms; for ever if one has not returned. */
    static double longest(TestHost.Outcome outcome, String caller, String operation) {
        HostReport.Hypercall call = calls(outcome, caller, operation);
        return call.unfinished() > 0 ? Double.POSITIVE_INFINITY : call.longestCallNs() / MS;
    }

    static HostReport.Hypercall calls(TestHost.Outcome outcome, String caller, String operation) {
        return outcome.report().hypercalls().stream()
                .filter(c -> c.caller().equals(caller) && c.operation().equals(operation))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(caller + " has made no call of " + operation));
    }

    static long incidents(TestHost.Outcome outcome, String kind) {
        return outcome.report().incidents().stream()
                .filter(i -> i.kind().equals(kind))
                .count();
    }

    /** When the first incident of a kind happened, in s; never if there was none. */
    static double firstIncident(TestHost.Outcome outcome, String kind) {
        return outcome.report().incidents().stream()
                .filter(i -> i.kind().equals(kind))
                .mapToLong(HostReport.Incident::timeNs)
                .min()
                .stream()
                .mapToDouble(ns -> ns / SECOND)
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** The pCPU that the watchdog found stuck, or -1. */
    static long panickedCpu(TestHost.Outcome outcome) {
        return outcome.report().incidents().stream()
                .filter(i -> i.kind().equals("watchdog-panic"))
                .mapToLong(
                        i -> Long.parseLong(i.subject().toLowerCase(Locale.ROOT).replace("pcpu ", "")))
                .findFirst()
                .orElse(-1);
    }

    /** How many pCPUs had a softirq pending for at least {@code ms} without serving it. */
    static long tied(TestHost.Outcome outcome, double ms) {
        return outcome.report().pcpus().stream()
                .filter(p -> p.longestStallNs() / MS >= ms)
                .count();
    }

    /** For how long a domain was not available beyond what it tolerates, in ms. */
    static double unavailable(TestHost.Outcome outcome, String domain) {
        HostReport.Domain d = outcome.domain(domain);
        return (d.observedNs() - d.availableNs()) / MS;
    }

    static double longestWait(TestHost.Outcome outcome, String domain) {
        return outcome.seen().longestWait(domain) / MS;
    }

    /** How many of some domains are in a state. */
    static long inState(TestHost.Outcome outcome, String state, String... domains) {
        return Arrays.stream(domains)
                .filter(d -> outcome.domain(d).state().equals(state))
                .count();
    }
}
