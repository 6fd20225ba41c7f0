package org.xenfleet.fleet;

import org.xenfleet.observe.HostReport;

/**
 * Where a {@link HostPlacement} brings what it has. Never called by two threads at once; a call happens before the next
 * one and before the placement returns. Hosts may come in any order.
 */
public interface RunSink {

    /** A host is at its end, or as far as it got in a partial run. At most once for each host. */
    void hostDone(HostReport report);

    /** The run has got further. May come as often as the placement likes, so it must return at once. */
    void progress(Progress progress);

    /** Every shard that has been started has said how far it is. Until then progress leaves out what has been simulated before. */
    default void allHeard() {}

    /** The run is at its end; comes once, last, from a placement that counts. */
    default void ended(RunStats stats) {}
}
