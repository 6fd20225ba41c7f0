package org.xenfleet.bench.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.xenfleet.cluster.RunCluster;
import org.xenfleet.fleet.Progress;
import org.xenfleet.fleet.RunListener;
import org.xenfleet.fleet.RunOptions;
import org.xenfleet.fleet.RunResult;
import org.xenfleet.fleet.RunStore;
import org.xenfleet.fleet.ScenarioBundle;
import org.xenfleet.fleet.Simulation;
import org.xenfleet.fleet.store.RunStores;
import org.xenfleet.fleet.store.StoreLocation;
import org.xenfleet.scenario.LoadedScenario;
import org.xenfleet.scenario.ScenarioLoader;

/**
 * Runs of one scenario on three nodes of which some die. Used by one thread.
 */
final class Soak {
    private static final int NODES = 3;
    private static final long LONGEST_MINUTES = 10;

    private final PrintStream out;
    private final Soaked soaked;
    private final Deaths deaths;
    private final long takeoverMs;
    private int killed;
    private final Takeovers takeovers = new Takeovers();
    private double mostAgain;

    Soak(PrintStream out, Soaked soaked, Deaths deaths, long takeoverMs) {
        this.out = out;
        this.soaked = soaked;
        this.deaths = deaths;
        this.takeoverMs = takeoverMs;
    }

    /** Kills the process of a node when the run has got so far. */
    private final class Killer implements RunListener {
        private final RunCluster cluster;
        private final ArrayDeque<Double> parts;
        private final List<String> done = new ArrayList<>();
        private final List<ProcessHandle> dying = new ArrayList<>();
        private long killedAtMs;

        Killer(RunCluster cluster, List<Double> parts) {
            this.cluster = cluster;
            this.parts = new ArrayDeque<>(parts);
        }

        @Override
        public void progress(Progress progress) {
            double part = (double) progress.simulatedNs() / progress.totalNs();
            if (!parts.isEmpty() && part >= parts.element()) {
                parts.remove();
                ProcessHandle.of(deaths.oneOf(cluster.pids())).ifPresent(process -> {
                    process.destroyForcibly();
                    dying.add(process);
                });
                killedAtMs = System.currentTimeMillis();
                done.add(String.format("%.1f %%", 100 * part));
            }
        }
    }

    /** Whether every run came to the same. */
    boolean run() throws Exception {
        LoadedScenario loaded =
                ScenarioLoader.load(soaked.scenario(), soaked.settings(), OptionalLong.empty(), OptionalLong.empty());
        ScenarioBundle bundle = ScenarioBundle.of(loaded, soaked.scenario());
        String digest = Simulation.of(loaded).run().digest();
        out.println("undisturbed, in one process: " + digest);
        Path folder = Files.createTempDirectory("xenfleet-soak");
        boolean same = true;
        try (RunCluster cluster = RunCluster.ofLocalNodes(NODES, 1, "soak", Optional.empty(), line -> {})) {
            for (int round = 1; killed < deaths.kills(); round++) {
                same &= round(round, cluster, loaded, bundle, folder, digest);
                cluster.fillUpTo(NODES);
            }
        } catch (TimeoutException e) {
            out.println(e.getMessage());
            same = false;
        } finally {
            delete(folder);
        }
        out.printf(
                "%d nodes killed; %s (bound %d ms); simulated again at most %.1f %% of a run%n",
                killed, takeovers.sentence(), takeoverMs, 100 * mostAgain);
        return same && takeovers.longest() <= takeoverMs;
    }

    private boolean round(
            int round, RunCluster cluster, LoadedScenario loaded, ScenarioBundle bundle, Path folder, String digest)
            throws Exception {
        StoreLocation place = StoreLocation.of(folder.resolve("soak" + round));
        String name = "soak" + round;
        Killer killer = new Killer(cluster, deaths.ofRound(round));
        long start = System.nanoTime();
        RunResult result;
        try (RunStore store = RunStores.open(place, name)) {
            RunOptions options = RunOptions.defaults()
                    .withSizes(soaked.sizes())
                    .withStore(store, false)
                    .withCheckpointsEvery(soaked.checkpointsMs());
            Simulation simulation = Simulation.of(loaded).withPlacement(cluster.placement(name, place, bundle));
            result = inTime(() -> simulation.run(options, killer), killer);
            store.remove("");
        }
        // one that is killed at the end may still count as alive when others are started in place of the dead
        killer.dying.forEach(process -> process.onExit().join());
        boolean same = result.digest().equals(digest);
        killed += killer.done.size();
        // a node that had no shard left leaves nothing to take over
        long takeover = Math.max(0, result.stats().takenOverAtMs() - killer.killedAtMs);
        takeovers.add(takeover);
        mostAgain = Math.max(mostAgain, result.stats().againShare());
        out.printf(
                "%4d of %d killed, at %s: %s, taken over in %d ms, %.1f %% simulated again, %.1f s%n",
                killed,
                deaths.kills(),
                killer.done.isEmpty() ? "no instant, as the run was over before" : String.join(" and ", killer.done),
                same ? "same digest" : "ANOTHER DIGEST " + result.digest(),
                takeover,
                100 * result.stats().againShare(),
                (System.nanoTime() - start) / 1e9);
        return same;
    }

    /** A run that waits for ever must not look like one that takes long. */
    private static RunResult inTime(Callable<RunResult> run, Killer killer) throws Exception {
        FutureTask<RunResult> task = new FutureTask<>(run);
        Thread thread = new Thread(task, "run");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(LONGEST_MINUTES, TimeUnit.MINUTES);
        } catch (TimeoutException e) {
            throw new TimeoutException("a run has not ended in " + LONGEST_MINUTES + " minutes; nodes were killed at "
                    + String.join(" and ", killer.done));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
