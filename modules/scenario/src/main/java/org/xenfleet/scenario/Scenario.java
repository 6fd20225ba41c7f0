package org.xenfleet.scenario;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xenfleet.xen.Costs;

/**
 * A whole validated scenario: every reference in it resolves. Immutable.
 *
 * @param durationNs simulated time, at least 1
 * @param warmUpNs excluded from statistics; always 0 as yet
 * @param replications always 1 as yet
 * @param hosts by their key
 * @param pools by their key; each names keys of {@code hosts}
 */
public record Scenario(
        String name,
        long seed,
        long durationNs,
        long warmUpNs,
        int replications,
        SortedMap<String, HostSpec> hosts,
        SortedMap<String, PoolSpec> pools,
        CostChoice costChoice,
        List<Expectation> expectations) {
    public Scenario {
        hosts = Collections.unmodifiableSortedMap(new TreeMap<>(hosts));
        pools = Collections.unmodifiableSortedMap(new TreeMap<>(pools));
        expectations = List.copyOf(expectations);
    }

    public Costs costs() {
        return costChoice.costs();
    }

    /** What the host of that index in a copy of a pool is; {@code pool} is one of {@link #pools()}. */
    public HostSpec hostOf(PoolSpec pool, int index) {
        HostSpec host = hosts.get(pool.kindOf(index));
        if (host == null) {
            throw new IllegalArgumentException("not a pool of this scenario: " + pool);
        }
        return host;
    }
}
