package org.xenfleet.results;

import java.util.Comparator;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Pcpu;

/** Facts about hosts that more than one kind of output needs. */
public final class Hosts {
    /** At most so many hosts are listed in {@code summary.json}. */
    public static final int LISTED = 16;

    /** By fate, then longest stall, then name; the worst comes first. */
    public static final Comparator<HostReport> WORST_FIRST = Comparator.comparing(HostReport::fate)
            .thenComparingLong(Hosts::longestStallNs)
            .reversed()
            .thenComparing(HostReport::name);

    private Hosts() {}

    /** The longest interval in which softirqs were pending on one of its pCPUs and none was served, in ns. */
    public static long longestStallNs(HostReport host) {
        return host.pcpus().stream().mapToLong(Pcpu::longestStallNs).max().orElse(0);
    }

    /** How long the host was up, in ns. */
    public static long upNs(HostReport host) {
        return host.downAtNs() < 0 ? host.simulatedNs() : host.downAtNs();
    }
}
