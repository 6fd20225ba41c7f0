package org.xenfleet.fleet;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.xenfleet.fleet.conduct.FleetPlan;
import org.xenfleet.fleet.conduct.Trunk;
import org.xenfleet.results.Expected;
import org.xenfleet.results.ReactionEffect;
import org.xenfleet.results.ReportList;
import org.xenfleet.results.RunFacts;
import org.xenfleet.results.RunSummary;
import org.xenfleet.scenario.CostChoice;
import org.xenfleet.scenario.LoadedScenario;
import org.xenfleet.scenario.Scenario;
import org.xenfleet.scenario.ScenarioException;
import org.xenfleet.scenario.ScenarioLoader;

/**
 * A scenario that can be run: the public entry to the simulator. Immutable; may be run any number of times, and several
 * runs may go on at once. A run is a function of scenario, seed and model version.
 *
 * <pre>{@code
 * RunResult result = Simulation.load(Path.of("config/xsa-89.conf")).run();
 * assertThat(result.summary().hosts().crashed()).isEqualTo(1);
 * }</pre>
 */
public final class Simulation {
    /** The version of the physics. Two runs of one scenario and seed have the same digest if it is the same. */
    public static final String MODEL_VERSION = "4";

    private final LoadedScenario loaded;
    private final HostPlacement placement;
    private final Optional<Trunk> trunk;

    private Simulation(LoadedScenario loaded, HostPlacement placement, Optional<Trunk> trunk) {
        this.loaded = loaded;
        this.placement = placement;
        this.trunk = trunk;
    }

    /**
     * Reads a scenario file as it stands.
     *
     * @throws ScenarioException with every problem found in it
     */
    public static Simulation load(Path file) throws ScenarioException {
        return of(ScenarioLoader.load(file, List.of(), OptionalLong.empty(), OptionalLong.empty()));
    }

    /** A simulation on the threads of this process. */
    public static Simulation of(LoadedScenario loaded) {
        return new Simulation(loaded, new InProcessPlacement(), Optional.empty());
    }

    /** The same simulation placed elsewhere. */
    public Simulation withPlacement(HostPlacement other) {
        return new Simulation(loaded, other, trunk);
    }

    /**
     * This scenario, begun where another run was. What may be changed there is checked by the caller
     * ({@link org.xenfleet.host.plan.BranchCheck}).
     */
    public Simulation from(Trunk other) {
        return new Simulation(loaded, placement, Optional.of(other));
    }

    /** The hosts of the scenario, pool by pool and each pool by index. */
    public List<HostInstance> hosts() {
        return new FleetPlan(loaded.scenario(), false).hosts();
    }

    /** Runs to the end with {@link RunOptions#defaults}, silently. */
    public RunResult run() throws SimulationFailure {
        return run(RunOptions.defaults(), RunListener.NONE);
    }

    /**
     * Runs, and blocks until the end.
     *
     * @return also when a limit or the user stopped it: see {@link RunResult#outcome}
     * @throws SimulationFailure if the simulation itself went wrong
     */
    public RunResult run(RunOptions options, RunListener listener) throws SimulationFailure {
        // a branch has no twin: the run that it comes from had those reactions
        return run(options, listener, trunk.isEmpty());
    }

    private RunResult run(RunOptions options, RunListener listener, boolean withTwins) throws SimulationFailure {
        List<HostInstance> hosts = hosts();
        CollectingSink sink = new CollectingSink(hosts, listener);
        Scenario scenario = loaded.scenario();
        FleetPlan plan = trunk.map(t -> FleetPlan.branch(scenario, t)).orElseGet(() -> new FleetPlan(scenario, false));
        Outcome outcome = placement.run(plan, options, sink);
        if (!outcome.isPartial()) {
            sink.checkComplete();
        }
        ReportList reports = sink.reports();
        Optional<ReactionEffect> reaction = Optional.empty();
        if (!outcome.isPartial() && withTwins) {
            CalmTwins twins = new CalmTwins(scenario, hosts);
            outcome = twins.run(placement, options, listener);
            reaction = outcome.isPartial() ? Optional.empty() : twins.effect(reports);
        }
        String digest = RunDigest.of(reports);
        CostChoice costs = scenario.costChoice();
        RunFacts facts = new RunFacts(
                scenario.name(),
                scenario.seed(),
                digest,
                hosts.size(),
                outcome.isPartial(),
                costs.level().label(),
                costs.changed());
        RunSummary summary = RunSummary.of(facts, reports, expected(scenario), reaction);
        return new RunResult(summary, outcome, digest, sink.stats());
    }

    /** Runs for the states that it records: without looking at what reactions cost. */
    RunResult statesOnly(RunOptions options, RunListener listener) throws SimulationFailure {
        return run(options, listener, false);
    }

    private static List<Expected> expected(Scenario scenario) {
        return scenario.expectations().stream()
                .map(e -> new Expected(e.text(), e.path(), e.operator(), e.value()))
                .toList();
    }
}
