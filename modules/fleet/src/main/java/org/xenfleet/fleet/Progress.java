package org.xenfleet.fleet;

/**
 * How far a run is. Immutable.
 *
 * @param hostsDone hosts that will do nothing more, at most {@code hostsTotal}
 * @param simulatedNs simulated nanoseconds, summed over the hosts, at most {@code totalNs}
 * @param totalNs the scenario's duration times the number of hosts, in ns
 * @param events deliveries to actors so far, over all hosts
 */
public record Progress(int hostsDone, int hostsTotal, long simulatedNs, long totalNs, long events) {}
