package org.xenfleet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import org.xenfleet.cli.RunCommand.Format;
import org.xenfleet.cli.RunCommand.Request;
import org.xenfleet.fleet.HostPlacement;
import org.xenfleet.fleet.RunListener;
import org.xenfleet.fleet.RunOptions;
import org.xenfleet.fleet.RunResult;
import org.xenfleet.fleet.RunStore;
import org.xenfleet.fleet.ScenarioBundle;
import org.xenfleet.fleet.Simulation;
import org.xenfleet.fleet.SimulationFailure;
import org.xenfleet.fleet.conduct.HostShard;
import org.xenfleet.fleet.conduct.Trunk;
import org.xenfleet.fleet.store.RunStores;
import org.xenfleet.fleet.store.StoreLocation;
import org.xenfleet.fleet.store.StoreRefused;
import org.xenfleet.report.SummaryTable;
import org.xenfleet.results.Manifest;
import org.xenfleet.results.OutputException;
import org.xenfleet.results.RunDirectory;
import org.xenfleet.results.RunFile;
import org.xenfleet.scenario.LoadedScenario;

/** Simulates a scenario into a directory that is there, and says what came of it. One thread, used once. */
final class RunJob {
    private static final long NS_PER_MS = 1_000_000;
    static final String CHECKPOINTS = "checkpoints";

    private final Streams streams;
    private final Request request;
    private final LoadedScenario loaded;
    private final RunFile run;
    private final RunDirectory directory;
    private final Optional<HostPlacement> placement;
    private final InstantSource clock = InstantSource.system();

    /** @param placement simulates elsewhere than the request says */
    RunJob(
            Streams streams,
            Request request,
            LoadedScenario loaded,
            RunFile run,
            RunDirectory directory,
            Optional<HostPlacement> placement) {
        this.streams = streams;
        this.request = request;
        this.loaded = loaded;
        this.run = run;
        this.directory = directory;
        this.placement = placement;
    }

    /**
     * @param simulation of the scenario
     * @param branch where it begins, if it is not the beginning
     * @return the exit code
     */
    int simulate(Simulation simulation, Optional<BranchStart> branch, StopSwitch stop) throws OutputException {
        RunResult result;
        try {
            StoreLocation location = store();
            try (RunStore store = RunStores.open(location, run.id())) {
                Simulation from = branch.isPresent() ? simulation.from(trunk(branch.get(), stop)) : simulation;
                result = simulate(from, store, location, stop);
                if (!result.outcome().isPartial()) {
                    forget(store);
                }
            }
            if (!run.recording() && run.store().isEmpty() && !result.outcome().isPartial()) {
                directory.remove(CHECKPOINTS);
            }
        } catch (StoreRefused e) {
            streams.say("error: " + e.getMessage());
            return Exit.BAD_INPUT;
        } catch (IOException e) {
            return fails("The store of checkpoints: " + e.getMessage());
        } catch (SimulationFailure e) {
            return fails(String.valueOf(e.getMessage()));
        }
        directory.finish(result.summary(), manifest(result));
        tell(result);
        return code(result);
    }

    private Trunk trunk(BranchStart branch, StopSwitch stop) throws IOException, SimulationFailure {
        return branch.trunk(
                new RunOptions(
                        request.workers(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        stop::requested),
                RunListener.NONE);
    }

    /** Where checkpoints are: beside the results if the user does not say otherwise. */
    private StoreLocation store() throws StoreRefused {
        if (run.store().isEmpty()) {
            return StoreLocation.of(directory.path().resolve(CHECKPOINTS));
        }
        StoreLocation named = StoreLocation.of(run.store().get());
        Optional<Path> password = request.where().storePassword();
        return password.isPresent() ? named.withPasswordFile(password.get()) : named;
    }

    private RunResult simulate(Simulation simulation, RunStore store, StoreLocation location, StopSwitch stop)
            throws SimulationFailure, IOException {
        RunOptions options = options(store, stop);
        if (placement.isPresent()) {
            return simulate(simulation.withPlacement(placement.get()), options);
        }
        if (request.where().isHere()) {
            return simulate(simulation, options);
        }
        ScenarioBundle bundle = ScenarioBundle.of(loaded, request.file());
        try (InCluster cluster = InCluster.join(streams, request, run.id(), location, bundle)) {
            return simulate(simulation.withPlacement(cluster.placement()), options);
        }
    }

    private RunOptions options(RunStore store, StopSwitch stop) {
        RunOptions options = new RunOptions(
                        request.workers(),
                        maxWallMillis(),
                        request.maxEvents(),
                        request.traceMessages(),
                        stop::requested)
                .withStore(store, run.recording());
        return run.shardHosts().isPresent()
                ? options.withSizes(HostShard.Sizes.atMost(
                        Math.toIntExact(run.shardHosts().getAsLong())))
                : options;
    }

    private RunResult simulate(Simulation simulation, RunOptions options) throws SimulationFailure {
        Terminal terminal = streams.terminal();
        if (!request.progress() || !terminal.err()) {
            return simulation.run(options, RunListener.NONE);
        }
        int hosts = simulation.hosts().size();
        try (ProgressLine line = new ProgressLine(streams.err(), terminal.width(), hosts, clock)) {
            return simulation.run(options, line);
        }
    }

    private OptionalLong maxWallMillis() {
        return request.maxWallNs().isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(1, request.maxWallNs().getAsLong() / NS_PER_MS));
    }

    /** What was kept to go on is of no use any more; what was recorded stays. */
    private static void forget(RunStore store) throws IOException {
        for (String prefix : new String[] {"shards/", "pools/", "calm/", "bundle"}) {
            store.remove(prefix);
        }
    }

    private int fails(String sentence) throws OutputException {
        directory.writeFailure(sentence);
        streams.say("error: " + sentence);
        streams.say("The run has no results. What there is of it is in " + directory.path());
        return Exit.INTERNAL;
    }

    private Manifest manifest(RunResult result) {
        Instant end = clock.instant();
        return new Manifest(
                Version.program(),
                Simulation.MODEL_VERSION,
                Version.java(),
                Version.system(),
                run.command(),
                run.started(),
                end,
                result.outcome().label(),
                run.inputs());
    }

    private void tell(RunResult result) throws OutputException {
        Terminal terminal = streams.terminal();
        Format format = request.format().orElse(Format.table);
        if (format == Format.json) {
            streams.print(result.summary().toJson());
        } else if (!request.quiet() || request.format().isPresent()) {
            streams.print(SummaryTable.of(result.summary(), terminal.width(), terminal.colour()) + "\nResults: "
                    + directory.path() + "\n");
        }
        if (!request.quiet()) {
            StatsText.of(result.stats(), !request.where().isHere()).forEach(streams::say);
        }
        if (result.outcome().isPartial()) {
            streams.say(reason(result) + " What there is of it is in " + directory.path());
        } else if (format == Format.json && !request.quiet()) {
            streams.say("Results: " + directory.path());
        }
    }

    private static String reason(RunResult result) {
        return switch (result.outcome()) {
            case DONE -> "";
            case MAX_WALL -> "The run was stopped by --max-wall.";
            case MAX_EVENTS -> "The run was stopped by --max-events.";
            case STOPPED -> "The run was stopped.";
        };
    }

    private static int code(RunResult result) {
        return switch (result.summary().verdict()) {
            case PASS, NONE -> Exit.OK;
            case FAIL -> Exit.NOT_MET;
            case PARTIAL -> Exit.STOPPED;
        };
    }
}
