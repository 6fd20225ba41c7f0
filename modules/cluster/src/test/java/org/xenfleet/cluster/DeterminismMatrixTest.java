package org.xenfleet.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.fleet.RunListener;
import org.xenfleet.fleet.RunOptions;
import org.xenfleet.fleet.RunResult;
import org.xenfleet.fleet.RunStore;
import org.xenfleet.fleet.ScenarioBundle;
import org.xenfleet.fleet.Simulation;
import org.xenfleet.fleet.conduct.HostShard.Sizes;
import org.xenfleet.fleet.store.RunStores;
import org.xenfleet.fleet.store.StoreLocation;
import org.xenfleet.scenario.LoadedScenario;
import org.xenfleet.scenario.ScenarioLoader;

/** One scenario, simulated in every way there is; {@link KilledNodesTest} has the ways in which nodes die. */
class DeterminismMatrixTest {
    private static final Sizes FEW = new Sizes(8, 4);
    private static final Sizes MANY = new Sizes(1, 2);

    /** What of a run is kept. */
    private enum Keeping {
        NOTHING,
        CHECKPOINTS,
        STATES
    }

    @TempDir
    private Path folder;

    private Path file;
    private LoadedScenario scenario;
    /** How a run was made, and what it came to. */
    private final Map<String, RunResult> results = new TreeMap<>();

    @BeforeEach
    void load() throws Exception {
        Files.writeString(folder.resolve("web.cfg"), "name = \"web\"\ntype = \"hvm\"\nmemory = 256\n");
        file = Files.writeString(folder.resolve("fleet.conf"), """
                name = fleet, seed = 4, duration = 6s
                workloads.web { kind = poisson, burst = 1ms, period = 5ms }
                hosts.h {
                  cpus = 4, memory = 8GiB, xen { version = "4.4.0" }, dom0 { vcpus = 1, memory = 1GiB }
                  domains.web { xl = web.cfg, count = 4, workload = web }
                }
                pools.meet { host = h, count = 4, copies = 2, channel { jitter = 20us, loss = 0.1, heartbeat { period = 500ms } } }
                pools.alone { host = h, count = 8 }
                """);
        scenario = ScenarioLoader.load(file, List.of(), OptionalLong.empty(), OptionalLong.empty());
    }

    @Test
    void shouldComeToOneDigestOnAnyNumberOfNodesAndWorkersAndShardsWhateverIsKept() throws Exception {
        for (int workers = 1; workers <= 2; workers++) {
            for (Sizes sizes : List.of(FEW, MANY)) {
                for (Keeping keeping : Keeping.values()) {
                    run(Optional.empty(), "one process", workers, sizes, keeping);
                }
            }
        }
        try (RunCluster growing = RunCluster.ofLocalNodes(1, 1, "test", Optional.empty(), line -> {})) {
            for (int nodes = 1; nodes <= 3; nodes++) {
                growing.fillUpTo(nodes);
                run(Optional.of(growing), nodes + " nodes", 1, FEW, Keeping.NOTHING);
                run(Optional.of(growing), nodes + " nodes", 1, MANY, Keeping.CHECKPOINTS);
                run(Optional.of(growing), nodes + " nodes", 1, MANY, Keeping.STATES);
            }
        }
        try (RunCluster two = RunCluster.ofLocalNodes(2, 2, "test", Optional.empty(), line -> {})) {
            run(Optional.of(two), "2 nodes", 2, MANY, Keeping.STATES);
        }

        assertThat(results).hasSize(2 * 2 * 3 + 3 * 3 + 1);
        RunResult first = results.values().iterator().next();
        assertThat(first.summary().reports()).hasSize(16);
        assertThat(results).allSatisfy((how, result) -> {
            assertThat(result.digest()).isEqualTo(first.digest());
            assertThat(result.summary().toJson()).isEqualTo(first.summary().toJson());
        });
        // and it is not one that everything has
        LoadedScenario other = ScenarioLoader.load(file, List.of("seed=5"), OptionalLong.empty(), OptionalLong.empty());
        assertThat(Simulation.of(other).run().digest()).isNotEqualTo(first.digest());
    }

    private void run(Optional<RunCluster> cluster, String where, int workers, Sizes sizes, Keeping keeping)
            throws Exception {
        String how = where + ", " + workers + " workers, " + sizes + ", " + keeping;
        String name = "run" + results.size();
        StoreLocation place = StoreLocation.of(folder.resolve(name));
        try (RunStore store = RunStores.open(place, name)) {
            RunOptions options = RunOptions.defaults().withWorkers(workers).withSizes(sizes);
            if (keeping != Keeping.NOTHING) {
                options = options.withStore(store, keeping == Keeping.STATES).withCheckpointsEvery(0);
            }
            Simulation simulation = Simulation.of(scenario);
            if (cluster.isPresent()) {
                ScenarioBundle bundle = ScenarioBundle.of(scenario, file);
                simulation = simulation.withPlacement(cluster.get().placement(name, place, bundle));
            }
            results.put(how, simulation.run(options, RunListener.NONE));
        }
    }
}
