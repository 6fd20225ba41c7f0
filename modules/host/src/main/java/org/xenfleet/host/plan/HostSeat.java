package org.xenfleet.host.plan;

import java.util.Optional;
import org.xenfleet.scenario.ChannelSpec;

/**
 * The place of a host in its pool. Immutable.
 *
 * @param name pool/index
 * @param index 0 to {@code size} - 1
 * @param size hosts of the pool
 * @param channel over which they meet; empty if they meet nobody
 */
public record HostSeat(String name, int index, int size, Optional<ChannelSpec> channel) {}
