package org.xenfleet.fleet;

/**
 * The simulation itself went wrong; what it has so far cannot be trusted. The message is a sentence for people that
 * names the host, and if an actor failed also the actor, the simulated instant and the message it was handling.
 */
public final class SimulationFailure extends Exception {

    public SimulationFailure(String message) {
        super(message);
    }

    public SimulationFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
