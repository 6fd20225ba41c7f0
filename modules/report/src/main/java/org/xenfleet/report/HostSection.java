package org.xenfleet.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Cause;
import org.xenfleet.observe.HostReport.Domain;
import org.xenfleet.observe.HostReport.Fate;
import org.xenfleet.observe.HostReport.Hypercall;
import org.xenfleet.observe.HostReport.Incident;
import org.xenfleet.observe.HostReport.Pcpu;
import org.xenfleet.observe.HostReport.Role;
import org.xenfleet.report.TextTable.Cell;
import org.xenfleet.results.Availability;
import org.xenfleet.results.Hosts;
import org.xenfleet.results.ReactionEffect;

/** One host in detail: its fate, who waited and who was late, and which hypercalls were made. Immutable. */
final class HostSection {
    private static final int DOMAINS = 12;
    private static final int INCIDENTS = 2;
    private static final int HYPERCALLS = 6;

    private static final String PANIC = "watchdog-panic";
    private static final String FENCE = "watchdog-fence";
    private static final String REBOOT = "host-reboot";

    private static final Comparator<Domain> WORST_FIRST = Comparator.<Domain>comparingLong(
                    domain -> Math.max(domain.longestWaitNs(), domain.longestLateNs()))
            .reversed()
            .thenComparing(Availability::of)
            .thenComparingInt(Domain::domid);

    private final HostReport host;
    private final Optional<ReactionEffect.OfHost> reaction;
    private final int width;
    private final boolean colour;

    HostSection(HostReport host, Optional<ReactionEffect.OfHost> reaction, int width, boolean colour) {
        this.host = host;
        this.reaction = reaction;
        this.width = width;
        this.colour = colour;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Host " + Line.printable(host.name()) + " " + fate() + ". " + stall());
        crash(lines);
        cause(lines);
        reaction.ifPresent(r -> lines.addAll(Line.wrap(Line.printable(sentence(r)), "  ", width)));
        incidents(lines);
        lines.add("");
        domains(lines);
        if (!host.hypercalls().isEmpty()) {
            lines.add("");
            hypercalls(lines);
        }
        return lines;
    }

    /** How a fate is shown wherever it is. */
    static Style style(Fate fate) {
        return switch (fate) {
            case HEALTHY -> Style.GOOD;
            case DEGRADED -> Style.DOUBTFUL;
            case UNRESPONSIVE, FENCED, CRASHED -> Style.BAD;
        };
    }

    private String fate() {
        String at = host.downAtNs() < 0 ? "" : " at " + HumanText.duration(host.downAtNs());
        String words = switch (host.fate()) {
            case HEALTHY -> "stayed healthy";
            case DEGRADED -> "was degraded";
            case UNRESPONSIVE -> "became unresponsive";
            case FENCED -> "was fenced" + at;
            case CRASHED -> "crashed" + at;
        };
        return style(host.fate()).apply(words, colour);
    }

    /** What a host that crashed took with it, through what it crashed, and what came then. */
    private void crash(List<String> lines) {
        if (host.fate() != Fate.CRASHED && host.fate() != Fate.FENCED) {
            return;
        }
        StringBuilder text = new StringBuilder(lost());
        for (Incident incident : host.incidents()) {
            if (incident.kind().equals(PANIC)) {
                text.append(" The NMI watchdog panicked Xen: ")
                        .append(incident.subject().replace("pcpu", "CPU"))
                        .append(" ")
                        .append(incident.detail())
                        .append(".");
            } else if (incident.kind().equals(FENCE)) {
                text.append(" dom0 was fenced: ").append(incident.detail()).append(".");
            } else if (incident.kind().equals(REBOOT)) {
                text.append(" At ")
                        .append(HumanText.duration(incident.timeNs()))
                        .append(" ")
                        .append(incident.detail())
                        .append(".");
            }
        }
        lines.addAll(Line.wrap(Line.printable(text.toString()), "  ", width));
    }

    /** In one sentence why the host became what it is: what was behind the incident that says so. */
    private void cause(List<String> lines) {
        String kind = switch (host.fate()) {
            case CRASHED -> PANIC;
            case FENCED -> "watchdog-fence";
            case UNRESPONSIVE -> "host-unresponsive";
            case DEGRADED -> "domain-unavailable";
            case HEALTHY -> "";
        };
        host.incidents().stream()
                .filter(i -> i.kind().equals(kind) && !i.cause().first().isEmpty())
                .filter(i -> host.fate() != Fate.DEGRADED || isOfBystander(i))
                .findFirst()
                .ifPresent(i -> lines.addAll(Line.wrap(Line.printable(why(i.cause())), "  ", width)));
    }

    /** Whether it happened to a guest that nobody attacked: only such make a host degraded. */
    private boolean isOfBystander(Incident incident) {
        return host.domains().stream()
                .anyMatch(
                        d -> d.role() == Role.GUEST && !d.attacked() && d.name().equals(incident.subject()));
    }

    private static String why(Cause cause) {
        StringBuilder text = new StringBuilder("First cause: ").append(cause.first());
        List<String> chain = cause.chain();
        for (int i = chain.size() - 1; i >= 0; i--) {
            text.append(i == chain.size() - 1 ? "; because of it " : ", and so ")
                    .append(chain.get(i));
        }
        return text.append(".").toString();
    }

    private static String sentence(ReactionEffect.OfHost r) {
        long lost = r.guestTimeLostNs();
        String what = String.join(", ", r.workloads());
        String effect = lost > 0
                ? "cost the other guests " + HumanText.duration(lost)
                : lost < 0 ? "saved the other guests " + HumanText.duration(-lost) : "cost the other guests nothing";
        return "The reaction (" + what + ") " + effect + ": without it they were available "
                + HumanText.percent(r.availabilityWithout()) + " of the time, with it "
                + HumanText.percent(r.availability())
                + ", and the host "
                + (r.fate() == r.fateWithout()
                        ? "was " + r.fate().name().toLowerCase(Locale.ROOT) + " either way."
                        : "was " + r.fate().name().toLowerCase(Locale.ROOT) + " instead of "
                                + r.fateWithout().name().toLowerCase(Locale.ROOT) + ".");
    }

    private String lost() {
        int all = host.domains().size();
        if (all == 1) {
            return "Its only domain is lost.";
        }
        long guests = host.domains().stream()
                .filter(domain -> domain.role() == Role.GUEST)
                .count();
        return "All " + HumanText.count(all) + " domains are lost, " + HumanText.count(guests) + " of them "
                + (guests == 1 ? "a guest" : "guests") + ".";
    }

    private String stall() {
        long longest = Hosts.longestStallNs(host);
        if (longest == 0) {
            return "No physical CPU stalled.";
        }
        int cpu = host.pcpus().stream()
                .filter(pcpu -> pcpu.longestStallNs() == longest)
                .mapToInt(Pcpu::id)
                .findFirst()
                .orElseThrow();
        return "Longest stall of a physical CPU: " + HumanText.duration(longest) + " (CPU " + cpu + ").";
    }

    private void incidents(List<String> lines) {
        List<Incident> incidents = host.incidents().stream()
                .filter(i -> !List.of(PANIC, REBOOT, FENCE).contains(i.kind()))
                .toList();
        for (Incident incident : incidents.subList(0, Math.min(INCIDENTS, incidents.size()))) {
            lines.add(Line.cut(
                    Line.printable("  at " + HumanText.duration(incident.timeNs()) + ": " + incident.kind() + ", "
                            + incident.subject() + ": " + incident.detail()),
                    width));
        }
        if (incidents.size() > INCIDENTS) {
            int last = lines.size() - 1;
            String more = " (and " + (incidents.size() - INCIDENTS) + " more)";
            lines.set(last, Line.cut(lines.get(last), width - more.length()) + more);
        }
    }

    private void domains(List<String> lines) {
        TextTable table =
                new TextTable(2, "Domain", "Kind", "Share of a CPU", "Waited up to", "Late by up to", "Available");
        host.domains().stream().sorted(WORST_FIRST).limit(DOMAINS).forEach(domain -> {
            boolean harmed = domain.availableNs() < domain.observedNs();
            table.row(
                    Cell.of(domain.name()),
                    new Cell(kind(domain), domain.attacked() ? Style.DOUBTFUL : Style.PLAIN),
                    Cell.of(HumanText.percent(domain.cpuNs(), Hosts.upNs(host))),
                    Cell.of(HumanText.duration(domain.longestWaitNs())),
                    Cell.of(HumanText.duration(domain.longestLateNs())),
                    new Cell(HumanText.percent(Availability.of(domain)), harmed ? Style.BAD : Style.PLAIN));
        });
        lines.addAll(table.lines(width, colour));
        int more = host.domains().size() - DOMAINS;
        if (more > 0) {
            lines.add("and " + HumanText.count(more, "more domain") + ", which waited less");
        }
    }

    private static String kind(Domain domain) {
        String type = domain.kind().toUpperCase(Locale.ROOT);
        return switch (domain.role()) {
            case CONTROL -> type + " control domain";
            case STUB -> type + " stub device model";
            case GUEST -> type + " guest" + (domain.attacked() ? ", attacked" : "");
        };
    }

    private void hypercalls(List<String> lines) {
        TextTable table = new TextTable(
                2, "Caller", "Hypercall", "Calls", "Continuations", "Iterations", "Longest slice", "Returned");
        List<Hypercall> calls = host.hypercalls().stream()
                .sorted(Comparator.comparingLong(Hypercall::longestSliceNs).reversed())
                .toList();
        calls.stream()
                .limit(HYPERCALLS)
                .forEach(call -> table.row(
                        Cell.of(call.caller()),
                        Cell.of(call.operation()),
                        Cell.of(calls(call)),
                        Cell.of(HumanText.count(call.continuations())),
                        Cell.of(HumanText.count(call.iterations())),
                        Cell.of(HumanText.duration(call.longestSliceNs())),
                        Cell.of(returned(call))));
        lines.addAll(table.lines(width, colour));
        if (calls.size() > HYPERCALLS) {
            lines.add("and " + (calls.size() - HYPERCALLS) + " more callers, whose slices were shorter");
        }
    }

    private static String calls(Hypercall call) {
        String all = HumanText.count(call.calls());
        return call.unfinished() == 0 ? all : all + " (" + HumanText.count(call.unfinished()) + " unfinished)";
    }

    /** What came back and how often, success first: {@code 0 x1, -22 EINVAL x3}. */
    private static String returned(Hypercall call) {
        return call.returned().isEmpty()
                ? "nothing yet"
                : call.returned().entrySet().stream()
                        .sorted(Comparator.comparingInt(entry -> Math.abs(entry.getKey())))
                        .map(entry -> Errno.label(entry.getKey()) + " x" + HumanText.count(entry.getValue()))
                        .collect(Collectors.joining(", "));
    }
}
