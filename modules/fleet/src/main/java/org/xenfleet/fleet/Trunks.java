package org.xenfleet.fleet;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.xenfleet.fleet.conduct.FleetPlan;
import org.xenfleet.fleet.conduct.RecordedStates;
import org.xenfleet.fleet.conduct.Trunk;
import org.xenfleet.scenario.LoadedScenario;
import org.xenfleet.scenario.Scenario;

/** Finds the states of a run at an instant: recorded ones, or simulated from the last recorded ones on. */
public final class Trunks {
    private Trunks() {}

    /**
     * All states of a run at an instant.
     *
     * @param loaded the scenario of the run
     * @param recorded what the run recorded
     * @param atNs a whole second before the end of the run, at least 1 s
     * @param options how to simulate what is missing
     * @throws IOException if recorded states cannot be read
     * @throws SimulationFailure if what is missing cannot be simulated, or the user stopped it
     */
    public static Trunk at(LoadedScenario loaded, RunStore recorded, long atNs, RunOptions options, RunListener listener)
            throws IOException, SimulationFailure {
        FleetPlan plan = new FleetPlan(loaded.scenario(), false);
        long from = lastRecorded(plan, recorded, atNs);
        if (from == atNs) {
            return new Trunk(plan, atNs, recorded);
        }
        LoadedScenario until = until(loaded, atNs);
        Simulation simulation = Simulation.of(until);
        if (from > 0) {
            simulation = simulation.from(new Trunk(plan, from, recorded));
        }
        MemoryStore states = new MemoryStore();
        RunResult result = simulation.statesOnly(options.withStore(states, true), listener);
        if (result.outcome().isPartial()) {
            throw new SimulationFailure("it was stopped before it came to the instant of branching");
        }
        return new Trunk(plan, atNs, states);
    }

    /** The last instant not after {@code atNs} of which there are states of all hosts, or 0. */
    private static long lastRecorded(FleetPlan plan, RunStore recorded, long atNs) throws IOException {
        int last = Math.toIntExact(atNs / FleetPlan.EPOCH);
        for (HostInstance host : plan.hosts()) {
            Optional<byte[]> piece = recorded.get(RecordedStates.piece(host.name()));
            if (piece.isEmpty()) {
                return 0;
            }
            SortedMap<Integer, byte[]> before =
                    RecordedStates.decode(piece.get()).bySecond().headMap(last + 1);
            last = before.isEmpty() ? 0 : before.lastKey();
        }
        return last * FleetPlan.EPOCH;
    }

    private static LoadedScenario until(LoadedScenario loaded, long atNs) {
        Scenario s = loaded.scenario();
        Scenario shorter = new Scenario(
                s.name(),
                s.seed(),
                atNs,
                s.warmUpNs(),
                s.replications(),
                s.hosts(),
                s.pools(),
                s.costChoice(),
                List.of());
        return new LoadedScenario(shorter, loaded.notices(), loaded.resolvedText(), loaded.inputs());
    }
}
