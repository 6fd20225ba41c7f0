package org.xenfleet.host.statements;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.xenfleet.host.Recorder;
import org.xenfleet.host.TestHost;

/**
 * A host with a stub that is pinned to one pCPU, where from 1 s on it works at one call of 2 us a page; its guest is paused,
 * so that a page costs nothing else. Under credit that is set_mem_access; under credit2, of releases in which that is gone,
 * decrease_reservation, which is tested after every page: one page that takes as long as the whole call stands for a call without
 * tests. Guests are created in the order in which they are added: each on the emptiest pCPU, the
 * highest of equals, where dom0 has one vCPU on each of the first. Used by one thread.
 */
final class TiedCpu {
    static final double MS = 1e6;
    static final long CALL_AT = 1_000_000_000L;
    private static final long PAGE_NS = 2_000;
    private static final String STUB = "victim-dm";

    private final int cpus;
    private final int attacker;
    private final long callMs;
    private final StringBuilder domains = new StringBuilder();
    private final StringBuilder workloads = new StringBuilder();
    private final Map<String, String> xl = new TreeMap<>();
    private String version = "4.4.0";
    private String scheduler = "credit";
    private String attack;
    private String cost;
    private String xen = "";
    private String dom0 = "vcpus = 1";

    /** {@code callMs} is the length of the call where nobody cuts it off. */
    TiedCpu(long cpus, long attacker, long callMs) {
        this.cpus = Math.toIntExact(cpus);
        this.attacker = Math.toIntExact(attacker);
        this.callMs = callMs;
        this.attack = "operation = set_mem_access, access = n, pages = " + pages();
        this.cost = "p2m-entry = " + PAGE_NS + "ns";
    }

    TiedCpu version(String release) {
        version = release;
        return this;
    }

    /** Credit2 of 4.17.7; the call, of at most 1 s, is cut off after pages of 2 us, or never. */
    TiedCpu credit2(boolean cutOff) {
        version = "4.17.7";
        scheduler = "credit2";
        attack = "operation = decrease_reservation, target = victim, count = " + (cutOff ? pages() : 1);
        cost = "decrease-reservation = " + (cutOff ? PAGE_NS : callMs * 1_000_000) + "ns";
        return this;
    }

    /** More keys of {@code xen}. */
    TiedCpu xen(String keys) {
        xen = keys;
        return this;
    }

    TiedCpu dom0(String keys) {
        dom0 = keys;
        return this;
    }

    TiedCpu workload(String name, String keys) {
        workloads.append(name).append(" { ").append(keys).append(" }\n");
        return this;
    }

    /** A PV guest with more keys of its entry, and more lines of its xl file. */
    TiedCpu guest(String name, String keys, String... xlLines) {
        domains.append("%s { xl = \"%s.cfg\", order = %d, %s }%n".formatted(name, name, xl.size(), keys));
        xl.put(
                name + ".cfg",
                "name = \"" + name + "\"\nkernel = \"/boot/vmlinuz\"\nmemory = 256\n" + String.join("\n", xlLines)
                        + "\n");
        return this;
    }

    /** Runs until {@code afterMs} after the end of the call that nobody cuts off. */
    TestHost.Outcome run(Lab lab, long afterMs) {
        Map<String, String> files = new TreeMap<>(xl);
        files.put("victim.cfg", """
                name = "victim"
                type = "hvm"
                memory = %d
                device_model_stubdomain_override = 1
                """.formatted(pages() / 256 + 64));
        return lab.run(
                "%dms".formatted(CALL_AT / 1_000_000 + callMs + afterMs),
                """
                        cpus = %d, xen { version = "%s", scheduler = %s, time-at-start = 0ms, %s }
                        dom0 { %s }
                        domains {
                          %s
                          victim { xl = victim.cfg, order = 1000, paused = true, device-model-workload = attack, device-model-cpus = "%d" }
                        }
                        """.formatted(cpus, version, scheduler, xen, dom0, domains, attacker),
                """
                        workloads {
                          %s
                          busy { kind = cpu }
                          attack { kind = hypercalls, %s, start = 1s, repeat = 1 }
                        }
                        costs { %s, flush-idle = 0ns, p2m-table = 0ns }
                        """.formatted(workloads, attack, cost),
                files);
    }

    private long pages() {
        return callMs * 1_000_000 / PAGE_NS;
    }

    /** From when the call of the stub first gets to work to when it is done for good, and where. */
    static Recorder.Span tied(TestHost.Outcome outcome) {
        List<Recorder.Slice> slices = outcome.seen().slices.stream()
                .filter(s -> s.caller().equals(STUB))
                .toList();
        Recorder.Slice first = slices.get(0);
        return new Recorder.Span(
                STUB,
                0,
                first.cpu(),
                first.start(),
                slices.get(slices.size() - 1).end());
    }

    /** How long the stub's call was under way, in ms. */
    static double callMs(TestHost.Outcome outcome) {
        return tied(outcome).length() / MS;
    }

    /** How many pCPUs the domains of an entry had on average while the call was under way. */
    static double cpusInCall(TestHost.Outcome outcome, String entry) {
        Recorder.Span call = tied(outcome);
        long ran = outcome.seen().runs.stream()
                .filter(r -> isOf(entry, r))
                .mapToLong(r -> overlap(call, r))
                .sum();
        return (double) ran / call.length();
    }

    /** The longest wait for a pCPU, in ms, that overlaps the call. */
    static double longestWait(TestHost.Outcome outcome, String entry) {
        return longest(outcome, entry, outcome.seen().waits);
    }

    /** By how much, in ms, a timer or event was served too late at most; of those that wait during the call. */
    static double longestLate(TestHost.Outcome outcome, String entry) {
        return longest(outcome, entry, outcome.seen().lates);
    }

    private static double longest(TestHost.Outcome outcome, String entry, List<Recorder.Span> spans) {
        Recorder.Span call = tied(outcome);
        return spans.stream()
                        .filter(s -> isOf(entry, s) && overlap(call, s) > 0)
                        .mapToLong(Recorder.Span::length)
                        .max()
                        .orElse(0)
                / MS;
    }

    /** How often vCPUs got or lost a pCPU while the call was under way. */
    static long switchesInCall(TestHost.Outcome outcome, String entry) {
        Recorder.Span call = tied(outcome);
        return outcome.seen().runs.stream()
                .filter(r -> isOf(entry, r))
                .mapToLong(r -> (isInside(call, r.start()) ? 1 : 0) + (isInside(call, r.end()) ? 1 : 0))
                .sum();
    }

    /** How often vCPUs ran on a pCPU before the call. */
    static long runsBefore(TestHost.Outcome outcome, String entry, long cpu) {
        return outcome.seen().runs.stream()
                .filter(r -> isOf(entry, r) && r.cpu() == cpu && r.start() < CALL_AT)
                .count();
    }

    private static boolean isOf(String entry, Recorder.Span span) {
        return span.domain().equals(entry) || span.domain().startsWith(entry + "-");
    }

    private static long overlap(Recorder.Span call, Recorder.Span span) {
        return Math.max(0, Math.min(span.end(), call.end()) - Math.max(span.start(), call.start()));
    }

    private static boolean isInside(Recorder.Span call, long time) {
        return time > call.start() && time < call.end();
    }

    /** {@code 0-3,^2}: all pCPUs but one, as an xl file has them. */
    static String allBut(long cpus, long without) {
        return "0-%d,^%d".formatted(cpus - 1, without);
    }
}
