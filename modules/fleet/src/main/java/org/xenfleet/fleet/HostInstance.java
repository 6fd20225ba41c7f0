package org.xenfleet.fleet;

import org.xenfleet.scenario.HostSpec;

/**
 * One host that a run simulates. Immutable.
 *
 * @param name pool/index, such as {@code pool-a/0}; no two hosts of a run share it
 * @param pool the pool it belongs to
 */
public record HostInstance(String name, String pool, HostSpec spec) {}
