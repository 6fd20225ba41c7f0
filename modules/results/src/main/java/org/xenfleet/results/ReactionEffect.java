package org.xenfleet.results;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Domain;
import org.xenfleet.observe.HostReport.Fate;
import org.xenfleet.observe.HostReport.Role;

/**
 * By how much reactions to an outage made it worse: every host on which somebody reacted, beside the same host on which
 * nobody did. Immutable; times are simulated ns.
 *
 * @param hosts by name
 */
public record ReactionEffect(List<OfHost> hosts) {
    /**
     * One host.
     *
     * @param workloads what was done as a reaction, by name
     * @param availability mean over its guests; neither here nor below does an attacked one count
     * @param guestTimeLostNs by how much longer its guests were unavailable, over all of them; negative where it helped
     */
    public record OfHost(
            String name,
            List<String> workloads,
            Fate fate,
            Fate fateWithout,
            BigDecimal availability,
            BigDecimal availabilityWithout,
            long longestPcpuStallNs,
            long longestPcpuStallWithoutNs,
            long guestTimeLostNs) {}

    public ReactionEffect {
        hosts = List.copyOf(hosts);
    }

    /**
     * Sets hosts beside the same ones without reactions.
     *
     * @param without those that are not there had no reactions
     * @param workloads by the name of the host, what was done on it
     */
    public static ReactionEffect of(ReportList with, ReportList without, SortedMap<String, List<String>> workloads) {
        List<OfHost> hosts = new ArrayList<>();
        for (HostReport calm : without) {
            with.named(calm.name())
                    .map(host -> of(host, calm, workloads.getOrDefault(host.name(), List.of())))
                    .ifPresent(hosts::add);
        }
        return new ReactionEffect(hosts);
    }

    private static OfHost of(HostReport host, HostReport calm, List<String> workloads) {
        return new OfHost(
                host.name(),
                workloads,
                host.fate(),
                calm.fate(),
                Availability.mean(bystanders(host)),
                Availability.mean(bystanders(calm)),
                Hosts.longestStallNs(host),
                Hosts.longestStallNs(calm),
                available(calm) - available(host));
    }

    private static long available(HostReport host) {
        return bystanders(host).stream().mapToLong(Domain::availableNs).sum();
    }

    private static List<Domain> bystanders(HostReport host) {
        return host.domains().stream()
                .filter(d -> d.role() == Role.GUEST && !d.attacked())
                .toList();
    }

    public long guestTimeLostNs() {
        return hosts.stream().mapToLong(OfHost::guestTimeLostNs).sum();
    }

    /** That of one host, if somebody reacted on it. */
    public Optional<OfHost> of(String host) {
        return hosts.stream().filter(h -> h.name().equals(host)).findFirst();
    }
}
