package org.xenfleet.fleet;

import java.io.IOException;
import java.util.Optional;
import org.xenfleet.fleet.conduct.FleetPlan;
import org.xenfleet.fleet.conduct.HostShard;
import org.xenfleet.fleet.conduct.RecordedStates;
import org.xenfleet.host.HostDifference;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.scenario.LoadedScenario;
import org.xenfleet.timeline.DamagedState;
import org.xenfleet.timeline.StateBuffer;
import org.xenfleet.timeline.StateDifference;

/** Holds recorded states of two runs of one scenario against each other. */
public final class StateComparison {
    private StateComparison() {}

    /**
     * The first difference of a host's states at the end of an epoch, as a sentence; empty if they are equal or one of the runs
     * has none of it.
     *
     * @throws IOException if states cannot be read
     */
    public static Optional<String> first(
            LoadedScenario scenario, String host, int epoch, RunStore recorded, RunStore found) throws IOException {
        Optional<StateBuffer> before = state(host, epoch, recorded);
        Optional<StateBuffer> after = state(host, epoch, found);
        if (before.isEmpty() || after.isEmpty()) {
            return Optional.empty();
        }
        try {
            return HostDifference.first(plan(scenario, host), before.get(), after.get())
                    .map(StateDifference::sentence);
        } catch (IllegalStateException e) {
            return Optional.of("the recorded state is of another kind of host: " + e.getMessage());
        }
    }

    private static Optional<StateBuffer> state(String host, int epoch, RunStore store) throws IOException {
        Optional<byte[]> bytes = store.get(RecordedStates.piece(host));
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        byte[] state = RecordedStates.decode(bytes.get()).bySecond().get(epoch + 1);
        try {
            return state == null ? Optional.empty() : Optional.of(StateBuffer.decode(state));
        } catch (DamagedState e) {
            throw new IOException("The state of " + host + " at " + (epoch + 1) + " s: " + e.getMessage(), e);
        }
    }

    private static HostPlan plan(LoadedScenario scenario, String host) {
        FleetPlan plan = new FleetPlan(scenario.scenario(), false);
        for (HostShard shard : plan.shards(HostShard.Sizes.DEFAULT)) {
            for (int number = shard.first(); number < shard.first() + shard.count(); number++) {
                if (plan.host(shard, number).name().equals(host)) {
                    return plan.plan(shard, number);
                }
            }
        }
        throw new IllegalArgumentException("the scenario has no host " + host);
    }
}
