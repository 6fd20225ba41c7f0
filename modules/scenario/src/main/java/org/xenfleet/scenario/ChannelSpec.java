package org.xenfleet.scenario;

import java.util.Optional;

/**
 * The control network between the hosts of a pool. Immutable; times are simulated ns.
 *
 * @param latencyNs what every message takes at least, at least 1
 * @param jitterNs what a message takes longer at most, drawn evenly for each
 * @param lossPerBillion how many of a billion messages are lost, 0 to 1,000,000,000
 * @param heartbeat what hosts tell each other over it, if they do
 */
public record ChannelSpec(long latencyNs, long jitterNs, long lossPerBillion, Optional<HeartbeatSpec> heartbeat) {}
