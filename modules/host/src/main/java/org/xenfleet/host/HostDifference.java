package org.xenfleet.host;

import java.util.Optional;
import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.timeline.StateBuffer;
import org.xenfleet.timeline.StateDifference;

/** Holds two states of a host against each other, such as one that was recorded and one that a replay came to. */
public final class HostDifference {
    private HostDifference() {}

    /**
     * The difference that says most, see {@link StateDifference}; empty when the states are equal. Actors are called
     * hypervisor, toolstack, pool-0, pcpu-3, and domains by their names. A state that is of no host of that plan is an
     * {@link IllegalStateException}.
     */
    public static Optional<StateDifference> first(HostPlan plan, StateBuffer recorded, StateBuffer found) {
        return StateDifference.first(recorded, found, HostCommand.CODEC, actor -> called(plan, actor));
    }

    private static String called(HostPlan plan, String actor) {
        for (DomainPlan domain : plan.domains()) {
            if (actor.equals(HostSimulation.actorOfDomain(domain.domid()))) {
                return "domain " + domain.name();
            }
        }
        return actor;
    }
}
