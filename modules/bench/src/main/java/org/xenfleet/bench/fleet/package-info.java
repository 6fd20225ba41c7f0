/** Fleets of busy hosts, ours and those of CloudSim Plus. */
@NullMarked
package org.xenfleet.bench.fleet;

import org.jspecify.annotations.NullMarked;
