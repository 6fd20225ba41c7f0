package org.xenfleet.fleet.conduct;

import java.io.IOException;
import java.util.Optional;
import org.xenfleet.fleet.RunStore;

/**
 * The run from which another branches. Immutable.
 *
 * @param plan of the run that is branched from
 * @param atNs a whole second; the state of every host then is in {@code states}
 * @param states has a piece for each host, see {@link RecordedStates}
 */
public record Trunk(FleetPlan plan, long atNs, RunStore states) {

    /** The state of a host at the instant of branching. */
    byte[] state(String host) throws IOException {
        Optional<byte[]> piece = states.get(RecordedStates.piece(host));
        byte[] state = piece.isPresent()
                ? RecordedStates.decode(piece.get()).bySecond().get(Math.toIntExact(atNs / FleetPlan.EPOCH))
                : null;
        if (state == null) {
            throw new IOException("there is no state of " + host + " at " + atNs + " ns to branch from");
        }
        return state;
    }
}
