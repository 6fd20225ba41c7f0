/**
 * Virtual time for Pekko actors. An {@link org.xenfleet.timeline.Island} runs any number of typed actors on one thread at
 * a time, in the order of simulated nanoseconds; what it did is summed up in a digest, and its whole state can be written
 * down and read back. Nothing here knows what the actors simulate.
 */
@NullMarked
package org.xenfleet.timeline;

import org.jspecify.annotations.NullMarked;
