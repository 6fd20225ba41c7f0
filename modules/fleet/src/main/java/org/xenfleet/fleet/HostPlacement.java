package org.xenfleet.fleet;

import org.xenfleet.fleet.conduct.FleetPlan;

/**
 * Decides where hosts are simulated: threads of this process, or other machines. What a host reports does not depend on
 * it. An implementation may be used for several runs, one after the other.
 */
public interface HostPlacement {

    /**
     * Runs every host; calls the sink from one thread at a time, and blocks until all are done or the run was stopped.
     *
     * @return {@link Outcome#DONE} only if the sink got a report of every host
     * @throws SimulationFailure if an actor failed; nothing runs any more when it is thrown
     */
    Outcome run(FleetPlan plan, RunOptions options, RunSink sink) throws SimulationFailure;
}
