package org.xenfleet.scenario;

import org.xenfleet.xen.time.ClockSource;

/**
 * What Xen keeps its system time by. Immutable.
 *
 * @param invariantTsc whether the TSC goes on at the same rate whatever the CPU does, and says so
 */
public record ClockSpec(ClockSource source, boolean invariantTsc) {}
