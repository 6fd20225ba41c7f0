/**
 * Runs of many hosts, and the public Java API. {@link org.xenfleet.fleet.Simulation} takes a loaded scenario and answers
 * a {@link org.xenfleet.fleet.RunResult}; where and on how many threads the hosts run is a
 * {@link org.xenfleet.fleet.HostPlacement}, which cannot change what comes out.
 */
@NullMarked
package org.xenfleet.fleet;

import org.jspecify.annotations.NullMarked;
