package org.xenfleet.scenario;

import java.util.OptionalLong;

/**
 * The heartbeat of a pool's hosts: an agent in dom0 that tells all others once a period that it is alive, and counts those as
 * lost of whom it has not heard for a time-out. Immutable; simulated ns.
 *
 * @param periodNs from one heartbeat to the next, at least 1
 * @param phaseNs of the grid of periods; empty to draw it for each host
 * @param burstNs what the agent computes before it sends, at least 1
 * @param timeoutNs at least {@code periodNs}
 */
public record HeartbeatSpec(long periodNs, OptionalLong phaseNs, long burstNs, long timeoutNs) {}
