package org.xenfleet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.fleet.Progress;
import org.xenfleet.fleet.RunListener;
import org.xenfleet.fleet.RunOptions;
import org.xenfleet.fleet.RunResult;
import org.xenfleet.fleet.RunStore;
import org.xenfleet.fleet.ScenarioBundle;
import org.xenfleet.fleet.Simulation;
import org.xenfleet.fleet.SimulationFailure;
import org.xenfleet.fleet.conduct.HostShard.Sizes;
import org.xenfleet.fleet.store.RunStores;
import org.xenfleet.fleet.store.StoreLocation;
import org.xenfleet.scenario.LoadedScenario;
import org.xenfleet.scenario.ScenarioLoader;

/** Real processes, of which some are killed while they simulate. */
class KilledNodesTest {
    private static final Sizes SIZES = new Sizes(2, 2);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @SuppressWarnings("NullAway.Init")
    private LoadedScenario scenario;

    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void load() throws Exception {
        Files.writeString(folder.resolve("web.cfg"), "name = \"web\"\ntype = \"hvm\"\nmemory = 256\n");
        file = Files.writeString(folder.resolve("fleet.conf"), """
                name = fleet, seed = 4, duration = 40s
                workloads.web { kind = periodic, burst = 1ms, period = 5ms }
                hosts.h {
                  cpus = 4, memory = 8GiB, xen { version = "4.4.0" }, dom0 { vcpus = 1, memory = 1GiB }
                  domains.web { xl = web.cfg, count = 8, workload = web }
                }
                pools.meet { host = h, count = 4, copies = 2, channel.heartbeat { period = 500ms } }
                pools.alone { host = h, count = 8 }
                """);
        scenario = ScenarioLoader.load(file, List.of(), OptionalLong.empty(), OptionalLong.empty());
    }

    /** Kills one node each time the run has got so far. */
    private static final class Killer implements RunListener {
        private final RunCluster cluster;
        private final ArrayDeque<Double> parts;
        private int kills;

        Killer(RunCluster cluster, Double... parts) {
            this.cluster = cluster;
            this.parts = new ArrayDeque<>(List.of(parts));
        }

        @Override
        public void progress(Progress progress) {
            if (!parts.isEmpty() && progress.simulatedNs() >= parts.element() * progress.totalNs()) {
                parts.remove();
                // the first is the oldest node, which has the service and the coordinator of the shards
                long pid = cluster.pids().get(0);
                kills += ProcessHandle.of(pid).orElseThrow().destroyForcibly() ? 1 : 0;
            }
        }
    }

    @Test
    void shouldComeToTheUndisturbedDigestWhenTheOldestNodeAndThenTheNextIsKilled() throws Exception {
        String undisturbed = Simulation.of(scenario).run().digest();
        StoreLocation place = StoreLocation.of(folder.resolve("checkpoints"));
        RunResult result;
        Killer killer;
        try (RunCluster cluster = RunCluster.ofLocalNodes(3, 1, "test", Optional.empty(), said::add);
                RunStore store = RunStores.open(place, "killed")) {
            killer = new Killer(cluster, 0.3, 0.7);
            result = Simulation.of(scenario)
                    .withPlacement(cluster.placement("killed", place, ScenarioBundle.of(scenario, file)))
                    .run(
                            RunOptions.defaults()
                                    .withSizes(SIZES)
                                    .withStore(store, false)
                                    .withCheckpointsEvery(300),
                            killer);
        }

        assertThat(killer.kills).as("nodes killed").isEqualTo(2);
        assertThat(said)
                .filteredOn(line -> line.contains("was killed (signal 9)."))
                .hasSize(2);
        assertThat(result.digest()).isEqualTo(undisturbed);
        assertThat(result.summary().reports()).hasSize(16);
        assertThat(result.stats().hostsByNode().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(16);
    }

    @Test
    void shouldFailAtOnceWithTheWayOutWhenNoNodeIsLeft() throws Exception {
        StoreLocation place = StoreLocation.of(folder.resolve("checkpoints"));
        try (RunCluster cluster = RunCluster.ofLocalNodes(1, 1, "test", Optional.empty(), said::add);
                RunStore store = RunStores.open(place, "killed")) {
            Simulation simulation = Simulation.of(scenario)
                    .withPlacement(cluster.placement("killed", place, ScenarioBundle.of(scenario, file)));
            RunOptions options = RunOptions.defaults().withSizes(SIZES).withStore(store, false);

            assertThatThrownBy(() -> simulation.run(options, new Killer(cluster, 0.2)))
                    .isInstanceOf(SimulationFailure.class)
                    .hasMessage("Node 1 was killed (signal 9). No node is left. xenfleet resume finishes the run.");
        }
    }
}
