package org.xenfleet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.xenfleet.fleet.MemoryStore;
import org.xenfleet.fleet.RunListener;
import org.xenfleet.fleet.RunOptions;
import org.xenfleet.fleet.RunStore;
import org.xenfleet.fleet.Simulation;
import org.xenfleet.fleet.SimulationFailure;
import org.xenfleet.fleet.Trunks;
import org.xenfleet.fleet.conduct.Trunk;
import org.xenfleet.fleet.store.RunStores;
import org.xenfleet.fleet.store.StoreLocation;
import org.xenfleet.host.plan.BranchCheck;
import org.xenfleet.report.HumanText;
import org.xenfleet.results.RunFile;
import org.xenfleet.results.RunFile.Branch;
import org.xenfleet.scenario.LoadedScenario;
import org.xenfleet.scenario.ScenarioException;
import org.xenfleet.scenario.ScenarioLoader;

/** The run and the instant that another one begins with. Immutable. */
final class BranchStart {
    private static final long SECOND = 1_000_000_000;

    private final Branch branch;
    private final Path folder;
    private final RunFile run;
    private final LoadedScenario loaded;

    private BranchStart(Branch branch, Path folder, RunFile run, LoadedScenario loaded) {
        this.branch = branch;
        this.folder = folder;
        this.run = run;
        this.loaded = loaded;
    }

    /** The scenario of the run that is branched from, which the new one begins with. */
    static Path scenario(Branch branch) {
        return Path.of(branch.directory()).resolve("scenario.resolved.conf");
    }

    /** @throws IOException with a sentence if that is no run */
    static BranchStart read(Branch branch) throws IOException, ScenarioException {
        Path folder = Path.of(branch.directory());
        RunFile run = RunFile.read(folder);
        LoadedScenario loaded =
                ScenarioLoader.load(scenario(branch), List.of(), OptionalLong.empty(), OptionalLong.empty());
        return new BranchStart(branch, folder, run, loaded);
    }

    /** Why the changed scenario cannot begin there, as sentences; empty if it can. */
    List<String> refusals(LoadedScenario changed) {
        List<String> refusals = new ArrayList<>();
        long end = loaded.scenario().durationNs();
        if (branch.atNs() % SECOND != 0 || branch.atNs() >= end) {
            refusals.add("--from: " + HumanText.duration(branch.atNs()) + " is no instant to branch at; possible are whole"
                    + " seconds from 1s to " + (end - 1) / SECOND + "s, before the end of the run in " + folder + ".");
        }
        if (!run.model().equals(Simulation.MODEL_VERSION)) {
            refusals.add("--from: the run in " + folder + " is of version " + run.model()
                    + " of the model, and this program has version " + Simulation.MODEL_VERSION
                    + "; what was a state there is none here. Run it anew.");
        }
        BranchCheck.refusals(loaded.scenario(), changed.scenario()).forEach(r -> refusals.add("--set: " + r));
        return refusals;
    }

    /** The states there, which are simulated as far as the run has not recorded them. */
    Trunk trunk(RunOptions options, RunListener listener) throws IOException, SimulationFailure {
        Optional<StoreLocation> place = place();
        RunStore recorded = place.isPresent() ? RunStores.open(place.get(), run.id()) : new MemoryStore();
        if (run.from().isPresent() && !run.recording()) {
            throw new IOException("The run in " + folder + " is a branch itself and recorded no states. Make it again with"
                    + " --record states, or branch from " + run.from().get().directory() + ".");
        }
        return Trunks.at(loaded, recorded, branch.atNs(), options, listener);
    }

    private Optional<StoreLocation> place() throws IOException {
        if (run.store().isPresent()) {
            return Optional.of(StoreLocation.of(run.store().get()));
        }
        Path checkpoints = folder.resolve(RunJob.CHECKPOINTS);
        return Files.isDirectory(checkpoints) ? Optional.of(StoreLocation.of(checkpoints)) : Optional.empty();
    }
}
