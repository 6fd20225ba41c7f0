package org.xenfleet.results;

import static org.xenfleet.results.SummaryTree.lowerCase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Domain;
import org.xenfleet.observe.HostReport.Heartbeats;
import org.xenfleet.observe.HostReport.Hypercall;
import org.xenfleet.observe.HostReport.Incident;
import org.xenfleet.observe.HostReport.Pcpu;

/** The tables of a run directory: every host, whatever the summary lists. A cell is empty where there is no value. */
final class Tables {
    private Tables() {}

    /** Writes all tables into a folder, which is made. */
    static void write(Path folder, RunSummary summary) throws IOException {
        Files.createDirectories(folder);
        List<HostReport> hosts = summary.reports();
        hosts(folder.resolve("hosts.csv"), hosts);
        pcpus(folder.resolve("pcpus.csv"), hosts);
        domains(folder.resolve("domains.csv"), hosts);
        hypercalls(folder.resolve("hypercalls.csv"), hosts);
        incidents(folder.resolve("incidents.csv"), summary.incidents());
        if (hosts.stream().anyMatch(host -> host.heartbeats().isPresent())) {
            heartbeats(folder.resolve("heartbeats.csv"), hosts);
        }
    }

    /** Of the hosts whose pools meet. */
    private static void heartbeats(Path file, List<HostReport> hosts) throws IOException {
        try (Csv table = Csv.create(
                file,
                "host,sent,lost_on_the_way,received,skipped,longest_delay_ns,longest_silence_ns,peers_lost,losses")) {
            for (HostReport host : hosts) {
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
        }
    }

    private static void hosts(Path file, List<HostReport> hosts) throws IOException {
        try (Csv table =
                Csv.create(file, "host,fate,down_at_ns,longest_pcpu_stall_ns,simulated_ns,events,free_memory_bytes")) {
            for (HostReport host : hosts) {
                table.row(
                        host.name(),
                        lowerCase(host.fate()),
                        host.downAtNs() < 0 ? "" : host.downAtNs(),
                        Hosts.longestStallNs(host),
                        host.simulatedNs(),
                        host.events(),
                        host.freeMemoryBytes());
            }
        }
    }

    private static void pcpus(Path file, List<HostReport> hosts) throws IOException {
        try (Csv table = Csv.create(
                file, "host,id,guest_ns,hypercall_ns,spin_ns,xen_ns,idle_ns,longest_stall_ns,longest_slice_ns")) {
            for (HostReport host : hosts) {
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
        }
    }

    private static void domains(Path file, List<HostReport> hosts) throws IOException {
        try (Csv table = Csv.create(
                file,
                "host,domid,name,kind,role,attacked,cpu_ns,longest_wait_ns,longest_late_ns,available_ns,observed_ns,availability,late_beyond_tolerance,memory_bytes,state")) {
            for (HostReport host : hosts) {
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
        }
    }

    private static void hypercalls(Path file, List<HostReport> hosts) throws IOException {
        try (Csv table = Csv.create(
                file,
                "host,caller,operation,calls,unfinished,continuations,iterations,longest_slice_ns,longest_call_ns,returned")) {
            for (HostReport host : hosts) {
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
        }
    }

    private static void incidents(Path file, List<HostIncident> incidents) throws IOException {
        try (Csv table = Csv.create(file, "time_ns,host,kind,subject,detail,first_cause,chain")) {
            for (HostIncident one : incidents) {
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
        }
    }

    /** How often each value came, such as {@code -22:1 0:3}. */
    private static String returned(Map<Integer, Long> returned) {
        return returned.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(" "));
    }
}
