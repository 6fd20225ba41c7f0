package org.xenfleet.host.plan;

import org.xenfleet.scenario.ChannelSpec;
import org.xenfleet.scenario.HeartbeatSpec;

/**
 * The heartbeat agent of a host before it runs. Immutable.
 *
 * @param pool name of the copy of the pool
 * @param self index of the host in it
 * @param hosts of it, at least 2
 * @param phaseNs when the agent wakes first
 * @param vcpu of dom0 on which it runs, by its number on the host
 */
public record AgentPlan(
        String pool, int self, int hosts, ChannelSpec channel, HeartbeatSpec heartbeat, long phaseNs, int vcpu) {

    /** The name of a host of the pool. */
    public String peer(int index) {
        return pool + "/" + index;
    }
}
