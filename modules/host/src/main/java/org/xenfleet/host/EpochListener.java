package org.xenfleet.host;

/**
 * Hears that an epoch of a host has ended, on the thread of the host, between two deliveries: it may take a
 * {@link HostSimulation#snapshot}, which has that epoch among those that ended, but must not advance the host.
 */
@FunctionalInterface
public interface EpochListener {
    /** {@code epoch} counts from 0 at the start of the run, also in a host that was restored. */
    void epochEnded(int epoch, long digest);
}
