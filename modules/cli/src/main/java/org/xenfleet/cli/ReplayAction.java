package org.xenfleet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.xenfleet.fleet.MemoryStore;
import org.xenfleet.fleet.RunListener;
import org.xenfleet.fleet.RunOptions;
import org.xenfleet.fleet.RunResult;
import org.xenfleet.fleet.RunStore;
import org.xenfleet.fleet.Simulation;
import org.xenfleet.fleet.SimulationFailure;
import org.xenfleet.fleet.StateComparison;
import org.xenfleet.fleet.store.RunStores;
import org.xenfleet.fleet.store.StoreLocation;
import org.xenfleet.report.HumanText;
import org.xenfleet.results.DigestTable;
import org.xenfleet.results.DigestTable.Difference;
import org.xenfleet.results.OutputException;
import org.xenfleet.results.RunDirectory;
import org.xenfleet.results.RunFile;
import org.xenfleet.scenario.LoadedScenario;
import org.xenfleet.scenario.ScenarioException;
import org.xenfleet.scenario.ScenarioLoader;

/** One run of {@code xenfleet replay}. One thread, used once. */
final class ReplayAction {
    private final Streams streams;
    private final Path folder;
    private final int workers;
    private final boolean quiet;
    private final boolean progress;

    ReplayAction(Streams streams, Path folder, int workers, boolean quiet, boolean progress) {
        this.streams = streams;
        this.folder = folder;
        this.workers = workers;
        this.quiet = quiet;
        this.progress = progress;
    }

    int run() throws OutputException {
        return StopSwitch.during(streams, this::run);
    }

    int run(StopSwitch stop) throws OutputException {
        RunFile run;
        LoadedScenario loaded;
        DigestTable recorded;
        String summary;
        try {
            run = RunFile.read(folder);
            if (!RunDirectory.isFinished(folder)) {
                return refuse("The run in " + folder + " is not finished: it has no manifest.json. xenfleet resume "
                        + folder + " finishes it.");
            }
            loaded = ScenarioLoader.load(
                    folder.resolve("scenario.resolved.conf"), List.of(), OptionalLong.empty(), OptionalLong.empty());
            recorded = DigestTable.read(folder);
            summary = Files.readString(folder.resolve("summary.json"));
        } catch (IOException e) {
            return refuse(String.valueOf(e.getMessage()));
        } catch (ScenarioException e) {
            e.problems().forEach(problem -> streams.say("error: " + problem));
            return Exit.BAD_INPUT;
        }
        if (run.from().isPresent()) {
            return refuse("The run in " + folder + " is a branch of "
                    + run.from().get().directory() + "; replay that one, and branch again.");
        }
        if (summary.contains("\"verdict\": \"partial\"")) {
            return refuse("The run in " + folder
                    + " was stopped before its end, at an instant that cannot be met again. Run it anew.");
        }
        if (!run.model().equals(Simulation.MODEL_VERSION) && !quiet) {
            streams.say("info: The run is of version " + run.model() + " of the model, and this program has version "
                    + Simulation.MODEL_VERSION + "; digests differ between versions.");
        }
        Logging.start();
        try {
            return compare(loaded, run, recorded, summary, stop);
        } catch (SimulationFailure e) {
            streams.say("error: " + e.getMessage());
            return Exit.INTERNAL;
        }
    }

    private int compare(LoadedScenario loaded, RunFile run, DigestTable recorded, String summary, StopSwitch stop)
            throws SimulationFailure, OutputException {
        Simulation simulation = Simulation.of(loaded);
        RunResult again = simulate(simulation, options(stop));
        if (again.outcome().isPartial()) {
            streams.say("The replay was stopped before its end.");
            return Exit.STOPPED;
        }
        Optional<Difference> difference =
                recorded.differenceFrom(again.summary().reports());
        if (difference.isPresent()) {
            streams.print(sentence(simulation, loaded, run, difference.get(), stop));
            return Exit.DIFFERS;
        }
        if (!summary.equals(again.summary().toJson())) {
            streams.print("The digests are the same, " + again.digest()
                    + ", but summary.json is not what comes out: the file was changed, or another version wrote it.\n");
            return Exit.DIFFERS;
        }
        if (!quiet) {
            streams.print("The same comes out: digest " + again.digest() + ", "
                    + HumanText.count(recorded.byHost().size(), "host") + ".\n");
        }
        return Exit.OK;
    }

    private String sentence(
            Simulation simulation, LoadedScenario loaded, RunFile run, Difference difference, StopSwitch stop)
            throws SimulationFailure {
        String where =
                "The replay differs first in epoch " + difference.epoch() + ", the simulated second that ends at "
                        + (difference.epoch() + 1) + " s, on host " + difference.host() + ": ";
        if (!run.recording()) {
            return where
                    + "its digest is another one. The run kept no states (--record states), so the field is unknown.\n";
        }
        // with states this time, which costs time that a replay without a difference need not spend
        try (RunStore found = new MemoryStore();
                RunStore kept = RunStores.open(place(run), run.id())) {
            simulate(simulation, options(stop).withStore(found, true));
            return where
                    + StateComparison.first(loaded, difference.host(), difference.epoch(), kept, found)
                            .orElse(
                                    "its digest is another one, and the states are the same: the digest was changed, or a"
                                            + " message on the way to the same state")
                    + ".\n";
        } catch (IOException e) {
            return where + "its digest is another one. " + e.getMessage() + "\n";
        }
    }

    private StoreLocation place(RunFile run) throws IOException {
        return run.store().isPresent()
                ? StoreLocation.of(run.store().get())
                : StoreLocation.of(folder.resolve(RunJob.CHECKPOINTS));
    }

    private RunOptions options(StopSwitch stop) {
        return new RunOptions(workers, OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), stop::requested);
    }

    private RunResult simulate(Simulation simulation, RunOptions options) throws SimulationFailure {
        Terminal terminal = streams.terminal();
        if (!progress || !terminal.err()) {
            return simulation.run(options, RunListener.NONE);
        }
        int hosts = simulation.hosts().size();
        try (ProgressLine line = new ProgressLine(streams.err(), terminal.width(), hosts, InstantSource.system())) {
            return simulation.run(options, line);
        }
    }

    private int refuse(String sentence) {
        streams.say("error: " + sentence);
        return Exit.BAD_INPUT;
    }
}
