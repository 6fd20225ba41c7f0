package org.xenfleet.fleet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.xenfleet.results.Expected;
import org.xenfleet.results.ReactionEffect;
import org.xenfleet.results.RunFacts;
import org.xenfleet.results.RunSummary;
import org.xenfleet.scenario.CostChoice;
import org.xenfleet.scenario.HostSpec;
import org.xenfleet.scenario.LoadedScenario;
import org.xenfleet.scenario.PoolSpec;
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
    public static final String MODEL_VERSION = "2";

    private final LoadedScenario loaded;
    private final HostPlacement placement;

    private Simulation(LoadedScenario loaded, HostPlacement placement) {
        this.loaded = loaded;
        this.placement = placement;
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
        return new Simulation(loaded, new InProcessPlacement());
    }

    /** The same simulation placed elsewhere. */
    public Simulation withPlacement(HostPlacement other) {
        return new Simulation(loaded, other);
    }

    /** The hosts of the scenario, pool by pool and each pool by index. */
    public List<HostInstance> hosts() {
        List<HostInstance> hosts = new ArrayList<>();
        Scenario scenario = loaded.scenario();
        for (PoolSpec pool : scenario.pools().values()) {
            for (String name : pool.hostNames()) {
                int slash = name.lastIndexOf('/');
                HostSpec spec = scenario.hostOf(pool, Integer.parseInt(name.substring(slash + 1)));
                hosts.add(new HostInstance(name, name.substring(0, slash), spec));
            }
        }
        return hosts;
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
        List<HostInstance> hosts = hosts();
        CollectingSink sink = new CollectingSink(hosts, listener);
        Scenario scenario = loaded.scenario();
        Outcome outcome = placement.run(scenario, hosts, options, sink);
        if (!outcome.isPartial()) {
            sink.checkComplete();
        }
        Optional<ReactionEffect> reaction = Optional.empty();
        if (!outcome.isPartial()) {
            CalmTwins twins = new CalmTwins(hosts);
            outcome = twins.run(placement, scenario, options, listener);
            reaction = outcome.isPartial() ? Optional.empty() : twins.effect(sink.reports());
        }
        String digest = RunDigest.of(sink.reports());
        CostChoice costs = scenario.costChoice();
        RunFacts facts = new RunFacts(
                scenario.name(),
                scenario.seed(),
                digest,
                hosts.size(),
                outcome.isPartial(),
                costs.level().label(),
                costs.changed());
        return new RunResult(RunSummary.of(facts, sink.reports(), expected(scenario), reaction), outcome, digest);
    }

    private static List<Expected> expected(Scenario scenario) {
        return scenario.expectations().stream()
                .map(e -> new Expected(e.text(), e.path(), e.operator(), e.value()))
                .toList();
    }
}
