package org.xenfleet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.xenfleet.cli.RunCommand.Request;
import org.xenfleet.fleet.Simulation;
import org.xenfleet.fleet.store.StoreLocation;
import org.xenfleet.fleet.store.StoreRefused;
import org.xenfleet.results.OutputException;
import org.xenfleet.results.RunDirectory;
import org.xenfleet.results.RunFile;
import org.xenfleet.scenario.LoadedScenario;
import org.xenfleet.scenario.ScenarioException;
import org.xenfleet.scenario.ScenarioLoader;

/** One run of {@code xenfleet resume}. One thread, used once. */
final class ResumeAction {
    private final Streams streams;
    private final Request request;
    private final Path folder;

    /** @param request with the resolved scenario of the folder as its file */
    ResumeAction(Streams streams, Request request, Path folder) {
        this.streams = streams;
        this.request = request;
        this.folder = folder;
    }

    int run() throws OutputException {
        return StopSwitch.during(streams, this::run);
    }

    int run(StopSwitch stop) throws OutputException {
        RunFile run;
        LoadedScenario loaded;
        Optional<BranchStart> branch;
        try {
            run = RunFile.read(folder);
            branch = run.from().isPresent()
                    ? Optional.of(BranchStart.read(run.from().get()))
                    : Optional.empty();
            loaded = ScenarioLoader.load(request.file(), List.of(), OptionalLong.empty(), OptionalLong.empty());
        } catch (IOException e) {
            return refuse(String.valueOf(e.getMessage()));
        } catch (ScenarioException e) {
            e.problems().forEach(problem -> streams.say("error: " + problem));
            return Exit.BAD_INPUT;
        }
        if (RunDirectory.isFinished(folder)) {
            return refuse("The run in " + folder + " is finished: it has a manifest.json. There is nothing to resume.");
        }
        if (!run.model().equals(Simulation.MODEL_VERSION)) {
            return refuse("The run in " + folder + " was begun with version " + run.model()
                    + " of the model, and this program has version " + Simulation.MODEL_VERSION
                    + ": its checkpoints mean something else. Begin it anew with xenfleet run.");
        }
        Optional<String> store = Networks.storeRefusal(
                request.where(), run.store().map(ResumeAction::isShared).orElse(false));
        if (store.isPresent()) {
            return refuse(store.get());
        }
        Logging.start();
        Simulation simulation = Simulation.of(loaded);
        return new RunJob(streams, request, loaded, run, RunDirectory.unfinished(folder), Optional.empty())
                .simulate(simulation, branch, stop);
    }

    private static boolean isShared(String store) {
        try {
            return StoreLocation.of(store).isShared();
        } catch (StoreRefused e) {
            // said where the store is opened
            return false;
        }
    }

    private int refuse(String sentence) {
        streams.say("error: " + sentence);
        return Exit.BAD_INPUT;
    }
}
