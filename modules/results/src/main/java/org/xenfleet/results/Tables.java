package org.xenfleet.results;

import static org.xenfleet.results.SummaryTree.lowerCase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Domain;
import org.xenfleet.observe.HostReport.Heartbeats;
import org.xenfleet.observe.HostReport.Hypercall;
import org.xenfleet.observe.HostReport.Incident;
import org.xenfleet.observe.HostReport.Pcpu;

/**
 * The tables of a run directory: every host, whatever the summary lists. A cell is empty where there is no value. All
 * tables of hosts grow together, so that every report is decoded once.
 */
final class Tables {
    private static final String HOSTS =
            "host,fate,down_at_ns,longest_pcpu_stall_ns,simulated_ns,events,free_memory_bytes";
    private static final String PCPUS =
            "host,id,guest_ns,hypercall_ns,spin_ns,xen_ns,idle_ns,longest_stall_ns,longest_slice_ns";
    private static final String DOMAINS =
            "host,domid,name,kind,role,attacked,cpu_ns,longest_wait_ns,longest_late_ns,available_ns,observed_ns,availability,late_beyond_tolerance,memory_bytes,state";
    private static final String HYPERCALLS =
            "host,caller,operation,calls,unfinished,continuations,iterations,longest_slice_ns,longest_call_ns,returned";
    private static final String INCIDENTS = "time_ns,host,kind,subject,detail,first_cause,chain";
    private static final String HEARTBEATS =
            "host,sent,lost_on_the_way,received,skipped,longest_delay_ns,longest_silence_ns,peers_lost,losses";
    private static final String DIGESTS = "host,epochs";

    private Tables() {}

    /** Writes all tables into a folder, which is made. */
    static void write(Path folder, RunSummary summary) throws IOException {
        Files.createDirectories(folder);
        try (Csv hosts = Csv.create(folder.resolve("hosts.csv"), HOSTS);
                Csv pcpus = Csv.create(folder.resolve("pcpus.csv"), PCPUS);
                Csv domains = Csv.create(folder.resolve("domains.csv"), DOMAINS);
                Csv hypercalls = Csv.create(folder.resolve("hypercalls.csv"), HYPERCALLS);
                Csv digests = Csv.create(folder.resolve("digests.csv"), DIGESTS)) {
            for (HostReport host : summary.reports()) {
                host(hosts, host);
                pcpus(pcpus, host);
                domains(domains, host);
                hypercalls(hypercalls, host);
                digests(digests, host);
            }
        }
        if (summary.listed().stream().anyMatch(host -> host.heartbeats().isPresent())) {
            try (Csv heartbeats = Csv.create(folder.resolve("heartbeats.csv"), HEARTBEATS)) {
                for (HostReport host : summary.reports()) {
                    heartbeats(heartbeats, host);
                }
            }
        }
        try (Csv incidents = Csv.create(folder.resolve("incidents.csv"), INCIDENTS)) {
            for (HostIncident incident : summary.incidents()) {
                incident(incidents, incident);
            }
        }
    }

    private static void host(Csv table, HostReport host) throws IOException {
        table.row(
                host.name(),
                lowerCase(host.fate()),
                host.downAtNs() < 0 ? "" : host.downAtNs(),
                Hosts.longestStallNs(host),
                host.simulatedNs(),
                host.events(),
                host.freeMemoryBytes());
    }

    /** Of a host whose pool meets. */
    private static void heartbeats(Csv table, HostReport host) throws IOException {
        if (host.heartbeats().isPresent()) {
            Heartbeats of = host.heartbeats().get();
            table.row(
                    host.name(),
                    of.sent(),
                    of.lostOnTheWay(),
                    of.received(),
                    of.skipped(),
                    of.longestDelayNs(),
                    of.longestSilenceNs(),
                    of.peersLost(),
                    of.losses());
        }
    }

    private static void pcpus(Csv table, HostReport host) throws IOException {
        for (Pcpu pcpu : host.pcpus()) {
            table.row(
                    host.name(),
                    pcpu.id(),
                    pcpu.guestNs(),
                    pcpu.hypercallNs(),
                    pcpu.spinNs(),
                    pcpu.xenNs(),
                    pcpu.idleNs(),
                    pcpu.longestStallNs(),
                    pcpu.longestSliceNs());
        }
    }

    private static void domains(Csv table, HostReport host) throws IOException {
        for (Domain domain : host.domains()) {
            table.row(
                    host.name(),
                    domain.domid(),
                    domain.name(),
                    domain.kind(),
                    lowerCase(domain.role()),
                    domain.attacked(),
                    domain.cpuNs(),
                    domain.longestWaitNs(),
                    domain.longestLateNs(),
                    domain.availableNs(),
                    domain.observedNs(),
                    Availability.of(domain).toPlainString(),
                    domain.observedLate(),
                    domain.memoryBytes(),
                    domain.state());
        }
    }

    private static void hypercalls(Csv table, HostReport host) throws IOException {
        for (Hypercall call : host.hypercalls()) {
            table.row(
                    host.name(),
                    call.caller(),
                    call.operation(),
                    call.calls(),
                    call.unfinished(),
                    call.continuations(),
                    call.iterations(),
                    call.longestSliceNs(),
                    call.longestCallNs(),
                    returned(call.returned()));
        }
    }

    /** The digest of each epoch as 16 hexadecimal digits, such as {@code 0000000000000001 00000000000000ff}. */
    private static void digests(Csv table, HostReport host) throws IOException {
        HexFormat hex = HexFormat.of();
        table.row(
                host.name(), host.epochDigests().stream().map(hex::toHexDigits).collect(Collectors.joining(" ")));
    }

    private static void incident(Csv table, HostIncident one) throws IOException {
        Incident incident = one.incident();
        table.row(
                incident.timeNs(),
                one.host(),
                incident.kind(),
                incident.subject(),
                incident.detail(),
                incident.cause().first(),
                String.join("; ", incident.cause().chain()));
    }

    /** How often each value came, such as {@code -22:1 0:3}. */
    private static String returned(Map<Integer, Long> returned) {
        return returned.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(" "));
    }
}
