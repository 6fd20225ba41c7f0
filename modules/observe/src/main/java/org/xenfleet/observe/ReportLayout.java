package org.xenfleet.observe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xenfleet.observe.HostReport.Cause;
import org.xenfleet.observe.HostReport.Domain;
import org.xenfleet.observe.HostReport.Fate;
import org.xenfleet.observe.HostReport.Heartbeats;
import org.xenfleet.observe.HostReport.Hypercall;
import org.xenfleet.observe.HostReport.Incident;
import org.xenfleet.observe.HostReport.Pcpu;
import org.xenfleet.observe.HostReport.Role;

/**
 * In which order the components of a report are written and read. Every list has a pair of methods here, which mirror each
 * other line by line. A new component is a line, or a pair, after what there is already; {@link HostReportCodec} then
 * needs a new version.
 */
final class ReportLayout {
    private ReportLayout() {}

    static void write(HostReport report, ReportWriter out) {
        out.text(report.name());
        out.text(report.fate().name());
        out.number(report.simulatedNs());
        out.number(report.downAtNs());
        out.number(report.events());
        digests(report.epochDigests(), out);
        pcpus(report.pcpus(), out);
        domains(report.domains(), out);
        hypercalls(report.hypercalls(), out);
        incidents(report.incidents(), out);
        out.number(report.freeMemoryBytes());
        heartbeats(report.heartbeats().stream().toList(), out);
    }

    static HostReport read(ReportReader in) {
        return new HostReport(
                in.text(),
                in.constant(Fate.class, in.text()),
                in.number(),
                in.number(),
                in.number(),
                digests(in),
                pcpus(in),
                domains(in),
                hypercalls(in),
                incidents(in),
                in.number(),
                heartbeats(in));
    }

    /** None or one. */
    private static void heartbeats(List<Heartbeats> of, ReportWriter out) {
        out.unsigned(of.size());
        out.numbers(of, Heartbeats::sent);
        out.numbers(of, Heartbeats::lostOnTheWay);
        out.numbers(of, Heartbeats::received);
        out.numbers(of, Heartbeats::skipped);
        out.numbers(of, Heartbeats::longestDelayNs);
        out.numbers(of, Heartbeats::longestSilenceNs);
        out.numbers(of, Heartbeats::peersLost);
        out.numbers(of, Heartbeats::losses);
    }

    private static Optional<Heartbeats> heartbeats(ReportReader in) {
        int rows = in.count();
        long[] sent = in.numbers(rows);
        long[] lostOnTheWay = in.numbers(rows);
        long[] received = in.numbers(rows);
        long[] skipped = in.numbers(rows);
        long[] delay = in.numbers(rows);
        long[] silence = in.numbers(rows);
        int[] peersLost = in.ints(rows);
        long[] losses = in.numbers(rows);
        return rows == 0
                ? Optional.empty()
                : Optional.of(new Heartbeats(
                        sent[0],
                        lostOnTheWay[0],
                        received[0],
                        skipped[0],
                        delay[0],
                        silence[0],
                        peersLost[0],
                        losses[0]));
    }

    private static void digests(List<Long> digests, ReportWriter out) {
        out.unsigned(digests.size());
        digests.forEach(out::fixed);
    }

    private static List<Long> digests(ReportReader in) {
        int rows = in.count();
        List<Long> digests = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            digests.add(in.fixed());
        }
        return List.copyOf(digests);
    }

    private static void pcpus(List<Pcpu> pcpus, ReportWriter out) {
        out.unsigned(pcpus.size());
        out.numbers(pcpus, Pcpu::id);
        out.numbers(pcpus, Pcpu::guestNs);
        out.numbers(pcpus, Pcpu::hypercallNs);
        out.numbers(pcpus, Pcpu::spinNs);
        out.numbers(pcpus, Pcpu::xenNs);
        out.numbers(pcpus, Pcpu::idleNs);
        out.numbers(pcpus, Pcpu::longestStallNs);
        out.numbers(pcpus, Pcpu::longestSliceNs);
    }

    private static List<Pcpu> pcpus(ReportReader in) {
        int rows = in.count();
        int[] id = in.ints(rows);
        long[] guest = in.numbers(rows);
        long[] hypercall = in.numbers(rows);
        long[] spin = in.numbers(rows);
        long[] xen = in.numbers(rows);
        long[] idle = in.numbers(rows);
        long[] stall = in.numbers(rows);
        long[] slice = in.numbers(rows);
        List<Pcpu> pcpus = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            pcpus.add(new Pcpu(id[i], guest[i], hypercall[i], spin[i], xen[i], idle[i], stall[i], slice[i]));
        }
        return List.copyOf(pcpus);
    }

    private static void domains(List<Domain> domains, ReportWriter out) {
        out.unsigned(domains.size());
        out.numbers(domains, Domain::domid);
        out.texts(domains, Domain::name);
        out.texts(domains, Domain::kind);
        out.texts(domains, domain -> domain.role().name());
        out.numbers(domains, domain -> domain.attacked() ? 1 : 0);
        out.numbers(domains, Domain::cpuNs);
        out.numbers(domains, Domain::longestWaitNs);
        out.numbers(domains, Domain::longestLateNs);
        out.numbers(domains, Domain::availableNs);
        out.numbers(domains, Domain::observedNs);
        out.numbers(domains, Domain::observedLate);
        out.numbers(domains, Domain::memoryBytes);
        out.texts(domains, Domain::state);
    }

    private static List<Domain> domains(ReportReader in) {
        int rows = in.count();
        int[] domid = in.ints(rows);
        String[] name = in.texts(rows);
        String[] kind = in.texts(rows);
        String[] role = in.texts(rows);
        boolean[] attacked = in.flags(rows);
        long[] cpu = in.numbers(rows);
        long[] wait = in.numbers(rows);
        long[] late = in.numbers(rows);
        long[] available = in.numbers(rows);
        long[] observed = in.numbers(rows);
        long[] observedLate = in.numbers(rows);
        long[] memory = in.numbers(rows);
        String[] state = in.texts(rows);
        List<Domain> domains = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            domains.add(new Domain(
                    domid[i],
                    name[i],
                    kind[i],
                    in.constant(Role.class, role[i]),
                    attacked[i],
                    cpu[i],
                    wait[i],
                    late[i],
                    available[i],
                    observed[i],
                    observedLate[i],
                    memory[i],
                    state[i]));
        }
        return List.copyOf(domains);
    }

    private static void hypercalls(List<Hypercall> calls, ReportWriter out) {
        out.unsigned(calls.size());
        out.texts(calls, Hypercall::caller);
        out.texts(calls, Hypercall::operation);
        out.numbers(calls, Hypercall::calls);
        out.numbers(calls, Hypercall::unfinished);
        out.numbers(calls, Hypercall::continuations);
        out.numbers(calls, Hypercall::iterations);
        out.numbers(calls, Hypercall::longestSliceNs);
        out.numbers(calls, Hypercall::longestCallNs);
        out.counts(calls, call -> call.returned().size());
        for (Hypercall call : calls) {
            call.returned().forEach((value, times) -> {
                out.number(value);
                out.number(times);
            });
        }
    }

    private static List<Hypercall> hypercalls(ReportReader in) {
        int rows = in.count();
        String[] caller = in.texts(rows);
        String[] operation = in.texts(rows);
        long[] calls = in.numbers(rows);
        long[] unfinished = in.numbers(rows);
        long[] continuations = in.numbers(rows);
        long[] iterations = in.numbers(rows);
        long[] slice = in.numbers(rows);
        long[] call = in.numbers(rows);
        int[] returned = in.counts(rows);
        List<Hypercall> hypercalls = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            hypercalls.add(new Hypercall(
                    caller[i],
                    operation[i],
                    calls[i],
                    unfinished[i],
                    continuations[i],
                    iterations[i],
                    slice[i],
                    call[i],
                    returned(in, returned[i])));
        }
        return List.copyOf(hypercalls);
    }

    private static SortedMap<Integer, Long> returned(ReportReader in, int entries) {
        SortedMap<Integer, Long> returned = new TreeMap<>();
        for (int i = 0; i < entries; i++) {
            returned.put(in.ints(1)[0], in.number());
        }
        return Collections.unmodifiableSortedMap(returned);
    }

    private static void incidents(List<Incident> incidents, ReportWriter out) {
        out.unsigned(incidents.size());
        out.numbers(incidents, Incident::timeNs);
        out.texts(incidents, Incident::kind);
        out.texts(incidents, Incident::subject);
        out.texts(incidents, Incident::detail);
        out.texts(incidents, incident -> incident.cause().first());
        out.counts(incidents, incident -> incident.cause().chain().size());
        for (Incident incident : incidents) {
            incident.cause().chain().forEach(out::text);
        }
    }

    private static List<Incident> incidents(ReportReader in) {
        int rows = in.count();
        long[] time = in.numbers(rows);
        String[] kind = in.texts(rows);
        String[] subject = in.texts(rows);
        String[] detail = in.texts(rows);
        String[] first = in.texts(rows);
        int[] chain = in.counts(rows);
        List<Incident> incidents = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            Cause cause = new Cause(first[i], List.of(in.texts(chain[i])));
            incidents.add(new Incident(time[i], kind[i], subject[i], detail[i], cause));
        }
        return List.copyOf(incidents);
    }
}
