package org.xenfleet.bench.keep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.xenfleet.fleet.RunListener;
import org.xenfleet.fleet.RunOptions;
import org.xenfleet.fleet.RunResult;
import org.xenfleet.fleet.RunStore;
import org.xenfleet.fleet.Simulation;
import org.xenfleet.fleet.SimulationFailure;
import org.xenfleet.fleet.Trunks;
import org.xenfleet.fleet.store.FileRunStore;
import org.xenfleet.host.plan.BranchCheck;
import org.xenfleet.scenario.LoadedScenario;
import org.xenfleet.scenario.ScenarioException;
import org.xenfleet.scenario.ScenarioLoader;

/** The fleet whose runs are kept; every way to run it must come to the same digest. Used by one thread. */
final class KeptFleet {
    private static final long SECOND = 1_000_000_000;
    private static final String RUN = "keep";
    private static final int POOL = 16;
    private static final RunOptions OPTIONS = RunOptions.defaults().withWorkers(2);

    private final Path scenario;
    private final int pools;
    private final int seconds;
    private final String digest;

    KeptFleet(Path scenario, int pools, int seconds) {
        this.scenario = scenario;
        this.pools = pools;
        this.seconds = seconds;
        this.digest =
                simulated(load(List.of()), UnaryOperator.identity(), OPTIONS).digest();
    }

    int hosts() {
        return pools * POOL;
    }

    int seconds() {
        return seconds;
    }

    int branchedAt() {
        return seconds * 9 / 10;
    }

    void plain() {
        check(simulated(load(List.of()), UnaryOperator.identity(), OPTIONS));
    }

    /** With checkpoints in a folder, and states recorded or not. */
    void keeping(Path folder, boolean states) {
        try (RunStore store = FileRunStore.open(folder, RUN)) {
            check(simulated(load(List.of()), UnaryOperator.identity(), OPTIONS.withStore(store, states)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** So many branches, of which the first changes nothing. */
    void branches(Path recorded, int count) {
        for (int i = 0; i < count; i++) {
            RunResult result = branch(recorded, i);
            if (i == 0) {
                check(result);
            } else if (result.digest().equals(digest)) {
                throw new IllegalStateException("another burst came to the same digest");
            }
        }
    }

    private RunResult branch(Path recorded, int change) {
        try (RunStore store = FileRunStore.open(recorded, RUN)) {
            LoadedScenario parent = load(List.of());
            LoadedScenario changed = load(List.of("workloads.mail.burst=" + (1000 + change) + "us"));
            List<String> refusals = BranchCheck.refusals(parent.scenario(), changed.scenario());
            if (!refusals.isEmpty()) {
                throw new IllegalStateException(refusals.get(0));
            }
            var trunk = Trunks.at(parent, store, branchedAt() * SECOND, OPTIONS, RunListener.NONE);
            return simulated(changed, simulation -> simulation.from(trunk), OPTIONS);
        } catch (IOException | SimulationFailure e) {
            throw new IllegalStateException(e);
        }
    }

    private void check(RunResult result) {
        if (!result.digest().equals(digest)) {
            throw new IllegalStateException(
                    "the digest is " + result.digest() + ", and that of the first run " + digest);
        }
    }

    private static RunResult simulated(LoadedScenario loaded, UnaryOperator<Simulation> begun, RunOptions options) {
        try {
            return begun.apply(Simulation.of(loaded)).run(options, RunListener.NONE);
        } catch (SimulationFailure e) {
            throw new IllegalStateException(e);
        }
    }

    private LoadedScenario load(List<String> settings) {
        List<String> all = Stream.concat(
                        Stream.of("pools.fleet.copies=" + pools, "duration=" + seconds + "s"), settings.stream())
                .toList();
        try {
            return ScenarioLoader.load(scenario, all, OptionalLong.empty(), OptionalLong.empty());
        } catch (ScenarioException e) {
            throw new IllegalStateException(e);
        }
    }
}
