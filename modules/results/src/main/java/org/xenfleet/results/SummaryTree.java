package org.xenfleet.results;

import java.util.List;
import java.util.Locale;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Domain;
import org.xenfleet.observe.HostReport.Heartbeats;
import org.xenfleet.observe.HostReport.Hypercall;
import org.xenfleet.observe.HostReport.Pcpu;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tree of {@code summary.json}: its names and their order. What the contract with the user does not name comes after
 * what it names, within the same object.
 */
final class SummaryTree {
    /** At most so many incidents are listed, the first ones: each takes about a KB here, and {@code tables/incidents.csv} has all. */
    static final int INCIDENTS = 10_000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private SummaryTree() {}

    static ObjectNode of(RunSummary summary) {
        List<HostReport> listed = summary.listed();
        ObjectNode root = NODES.objectNode();
        root.put("scenario", summary.facts().scenario());
        root.put("seed", summary.facts().seed());
        root.put("verdict", summary.verdict().label());
        root.put("digest", summary.facts().digest());
        root.put("simulated_ns", summary.simulatedNs());
        root.put("events", summary.events());
        root.set("hosts", counts(summary.hosts()));
        root.put("longest_pcpu_stall_ns", summary.longestPcpuStallNs());
        root.put("availability", summary.availability());
        root.put("hosts_listed", listed.size());
        ObjectNode costs = root.putObject("costs");
        costs.put("level", summary.facts().costLevel());
        ArrayNode changed = costs.putArray("changed");
        summary.facts().costsChanged().forEach(changed::add);
        summary.reaction().ifPresent(reaction -> root.set("reaction", reaction(reaction)));
        ArrayNode expectations = root.putArray("expectations");
        summary.expectations().forEach(expectation -> expectations.add(expectation(expectation)));
        root.put("incidents_total", summary.incidents().size());
        ArrayNode incidents = root.putArray("incidents");
        summary.incidents().first(INCIDENTS).forEach(incident -> incidents.add(incident(incident)));
        ArrayNode hosts = root.putArray("host");
        listed.forEach(host -> hosts.add(host(host)));
        return root;
    }

    private static ObjectNode reaction(ReactionEffect reaction) {
        ObjectNode node = NODES.objectNode();
        node.put("guest_time_lost_ns", reaction.guestTimeLostNs());
        ArrayNode hosts = node.putArray("host");
        for (ReactionEffect.OfHost host : reaction.hosts()) {
            ObjectNode one = hosts.addObject();
            one.put("name", host.name());
            ArrayNode workloads = one.putArray("workloads");
            host.workloads().forEach(workloads::add);
            one.put("fate", lowerCase(host.fate()));
            one.put("fate_without", lowerCase(host.fateWithout()));
            one.put("availability", host.availability());
            one.put("availability_without", host.availabilityWithout());
            one.put("longest_pcpu_stall_ns", host.longestPcpuStallNs());
            one.put("longest_pcpu_stall_without_ns", host.longestPcpuStallWithoutNs());
            one.put("guest_time_lost_ns", host.guestTimeLostNs());
        }
        return node;
    }

    private static ObjectNode counts(HostCounts counts) {
        return NODES.objectNode()
                .put("total", counts.total())
                .put("healthy", counts.healthy())
                .put("degraded", counts.degraded())
                .put("unresponsive", counts.unresponsive())
                .put("fenced", counts.fenced())
                .put("crashed", counts.crashed())
                .put("not_run", counts.notRun());
    }

    private static ObjectNode expectation(CheckedExpectation expectation) {
        ObjectNode node = NODES.objectNode();
        node.put("text", expectation.text());
        expectation.found().ifPresentOrElse(found -> node.put("found", found), () -> node.putNull("found"));
        node.put("met", expectation.met());
        expectation.remark().ifPresent(remark -> node.put("remark", remark));
        return node;
    }

    private static ObjectNode incident(HostIncident incident) {
        ObjectNode node = NODES.objectNode()
                .put("time_ns", incident.incident().timeNs())
                .put("host", incident.host())
                .put("kind", incident.incident().kind())
                .put("subject", incident.incident().subject())
                .put("detail", incident.incident().detail());
        ObjectNode cause = node.putObject("cause");
        cause.put("first", incident.incident().cause().first());
        ArrayNode chain = cause.putArray("chain");
        incident.incident().cause().chain().forEach(chain::add);
        return node;
    }

    private static ObjectNode host(HostReport host) {
        ObjectNode node = NODES.objectNode();
        node.put("name", host.name());
        node.put("fate", lowerCase(host.fate()));
        if (host.downAtNs() < 0) {
            node.putNull("down_at_ns");
        } else {
            node.put("down_at_ns", host.downAtNs());
        }
        node.put("longest_pcpu_stall_ns", Hosts.longestStallNs(host));
        ArrayNode pcpus = node.putArray("pcpu");
        host.pcpus().forEach(pcpu -> pcpus.add(pcpu(pcpu)));
        ArrayNode domains = node.putArray("domain");
        host.domains().forEach(domain -> domains.add(domain(domain)));
        ArrayNode hypercalls = node.putArray("hypercall");
        host.hypercalls().forEach(hypercall -> hypercalls.add(hypercall(hypercall)));
        node.put("simulated_ns", host.simulatedNs());
        node.put("events", host.events());
        node.put("free_memory_bytes", host.freeMemoryBytes());
        host.heartbeats().ifPresent(heartbeats -> node.set("heartbeats", heartbeats(heartbeats)));
        return node;
    }

    private static ObjectNode heartbeats(Heartbeats heartbeats) {
        return NODES.objectNode()
                .put("sent", heartbeats.sent())
                .put("lost_on_the_way", heartbeats.lostOnTheWay())
                .put("received", heartbeats.received())
                .put("skipped", heartbeats.skipped())
                .put("longest_delay_ns", heartbeats.longestDelayNs())
                .put("longest_silence_ns", heartbeats.longestSilenceNs())
                .put("peers_lost", heartbeats.peersLost())
                .put("losses", heartbeats.losses());
    }

    private static ObjectNode pcpu(Pcpu pcpu) {
        return NODES.objectNode()
                .put("id", pcpu.id())
                .put("guest_ns", pcpu.guestNs())
                .put("hypercall_ns", pcpu.hypercallNs())
                .put("spin_ns", pcpu.spinNs())
                .put("xen_ns", pcpu.xenNs())
                .put("idle_ns", pcpu.idleNs())
                .put("longest_stall_ns", pcpu.longestStallNs())
                .put("longest_slice_ns", pcpu.longestSliceNs());
    }

    private static ObjectNode domain(Domain domain) {
        return NODES.objectNode()
                .put("name", domain.name())
                .put("kind", domain.kind())
                .put("attacked", domain.attacked())
                .put("cpu_ns", domain.cpuNs())
                .put("longest_wait_ns", domain.longestWaitNs())
                .put("longest_late_ns", domain.longestLateNs())
                .put("availability", Availability.of(domain))
                .put("role", lowerCase(domain.role()))
                .put("domid", domain.domid())
                .put("late_beyond_tolerance", domain.observedLate())
                .put("memory_bytes", domain.memoryBytes())
                .put("state", domain.state());
    }

    private static ObjectNode hypercall(Hypercall hypercall) {
        ObjectNode node = NODES.objectNode()
                .put("caller", hypercall.caller())
                .put("operation", hypercall.operation())
                .put("calls", hypercall.calls())
                .put("unfinished", hypercall.unfinished())
                .put("continuations", hypercall.continuations())
                .put("iterations", hypercall.iterations())
                .put("longest_slice_ns", hypercall.longestSliceNs());
        ObjectNode returned = node.putObject("returned");
        hypercall.returned().forEach((code, times) -> returned.put(code.toString(), times));
        return node.put("longest_call_ns", hypercall.longestCallNs());
    }

    static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
