/**
 * The {@code xenfleet} command: options, exit codes, progress, and what is said where. Results go to standard output,
 * everything else to standard error. The commands know the simulator only through {@link org.xenfleet.fleet.Simulation};
 * asking for help touches nothing but this package and the parser of the command line.
 */
@NullMarked
package org.xenfleet.cli;

import org.jspecify.annotations.NullMarked;
