package org.xenfleet.fleet;

import org.xenfleet.observe.HostReport;

/**
 * Hears of a run while it goes on. Never called by two threads at once, but not always by the same one; must return
 * quickly, and cannot change the run. Every method does nothing unless overridden.
 */
public interface RunListener {
    RunListener NONE = new RunListener() {};

    /** A host is at its end. Hosts come in any order. */
    default void hostDone(HostReport report) {}

    /** Comes many times a second in a long run. */
    default void progress(Progress progress) {}
}
