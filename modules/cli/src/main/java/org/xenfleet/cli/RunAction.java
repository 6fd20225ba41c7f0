package org.xenfleet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import org.xenfleet.cli.RunCommand.Request;
import org.xenfleet.fleet.HostPlacement;
import org.xenfleet.fleet.Simulation;
import org.xenfleet.fleet.store.RunStores;
import org.xenfleet.fleet.store.StoreLocation;
import org.xenfleet.fleet.store.StoreRefused;
import org.xenfleet.results.Manifest;
import org.xenfleet.results.OutputException;
import org.xenfleet.results.RunDirectory;
import org.xenfleet.results.RunFile;
import org.xenfleet.scenario.InputFile;
import org.xenfleet.scenario.LoadedScenario;
import org.xenfleet.scenario.Scenario;
import org.xenfleet.scenario.ScenarioException;
import org.xenfleet.scenario.ScenarioLoader;

/** One run of {@code xenfleet run}: reads, simulates, writes, and says what came of it. One thread, used once. */
final class RunAction {
    private static final long SECOND = 1_000_000_000;
    private static final int FEW_STATES = 1_000;
    private static final int LISTED = 16;

    private final Streams streams;
    private final Request request;
    private final InstantSource clock = InstantSource.system();
    private Optional<HostPlacement> placement = Optional.empty();

    RunAction(Streams streams, Request request) {
        this.streams = streams;
        this.request = request;
    }

    /** Simulates elsewhere than in this process. */
    RunAction placedBy(HostPlacement other) {
        placement = Optional.of(other);
        return this;
    }

    /** Does it all in this process, heeding its signals; answers the exit code. */
    int run() throws OutputException {
        return StopSwitch.during(streams, this::run);
    }

    int run(StopSwitch stop) throws OutputException {
        Optional<String> refusal = request.output().flatMap(RunDirectory::refusal);
        if (refusal.isPresent()) {
            streams.say("error: --output: " + refusal.get());
            return Exit.BAD_INPUT;
        }
        Optional<String> store = storeRefusal(request.where());
        if (store.isPresent()) {
            streams.say("error: --store: " + store.get());
            return Exit.BAD_INPUT;
        }
        LoadedScenario loaded;
        Optional<BranchStart> branch = Optional.empty();
        try {
            if (request.where().from().isPresent()) {
                branch = Optional.of(BranchStart.read(request.where().from().get()));
            }
            loaded = ScenarioLoader.load(request.file(), request.settings(), request.seed(), request.durationNs());
        } catch (IOException e) {
            streams.say("error: --from: " + e.getMessage());
            return Exit.BAD_INPUT;
        } catch (ScenarioException e) {
            e.problems().forEach(problem -> streams.say("error: " + problem));
            return Exit.BAD_INPUT;
        }
        List<String> refusals = branch.map(b -> b.refusals(loaded)).orElse(List.of());
        if (!refusals.isEmpty()) {
            refusals.forEach(sentence -> streams.say("error: " + sentence));
            return Exit.BAD_INPUT;
        }
        if (!request.quiet()) {
            loaded.notices().forEach(notice -> streams.say("info: " + notice));
        }
        return stop.requested() ? Exit.STOPPED : simulate(loaded, branch, stop);
    }

    private static Optional<String> storeRefusal(Where where) {
        try {
            boolean shared = where.store().isPresent()
                    && StoreLocation.of(where.store().get()).isShared();
            return Networks.storeRefusal(where, shared);
        } catch (StoreRefused e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private int simulate(LoadedScenario loaded, Optional<BranchStart> branch, StopSwitch stop) throws OutputException {
        Instant start = clock.instant();
        Simulation simulation = Simulation.of(loaded);
        Logging.start();
        prepareTrace();
        RunDirectory directory = directory(loaded, start);
        RunFile run = runFile(loaded, start);
        directory.writeRun(run);
        directory.writeScenario(loaded.resolvedText());
        copyInputs(loaded, directory);
        return new RunJob(streams, request, loaded, run, directory, placement).simulate(simulation, branch, stop);
    }

    private RunFile runFile(LoadedScenario loaded, Instant start) {
        Where where = request.where();
        return new RunFile(
                "%016x".formatted(ThreadLocalRandom.current().nextLong()),
                Version.program(),
                Simulation.MODEL_VERSION,
                request.words(),
                start,
                loaded.inputs().stream()
                        .map(input -> new Manifest.Input(input.path(), input.sha256()))
                        .toList(),
                where.store().map(RunStores::redacted),
                where.record().orElse(isSmall(loaded.scenario())),
                where.shardHosts().isPresent()
                        ? OptionalLong.of(where.shardHosts().getAsInt())
                        : OptionalLong.empty(),
                where.from());
    }

    /** Whether the states of its hosts at every second are few. */
    private static boolean isSmall(Scenario scenario) {
        long hosts = scenario.pools().values().stream()
                .mapToLong(pool -> (long) pool.count() * pool.copies())
                .sum();
        return hosts <= LISTED && hosts * (scenario.durationNs() / SECOND) <= FEW_STATES;
    }

    /** So that the resolved scenario can be run again where it lies. */
    private void copyInputs(LoadedScenario loaded, RunDirectory directory) throws OutputException {
        Path scenario = request.file().toAbsolutePath().normalize();
        for (InputFile input : loaded.inputs()) {
            Path file = Path.of(input.path()).toAbsolutePath().normalize();
            Path folder = scenario.getParent();
            if (folder != null && !file.equals(scenario)) {
                directory.copyInput(folder.relativize(file), file);
            }
        }
    }

    private RunDirectory directory(LoadedScenario loaded, Instant start) throws OutputException {
        return request.output().isPresent()
                ? RunDirectory.at(request.output().get())
                : RunDirectory.underRuns(
                        Path.of("runs"),
                        loaded.scenario().name(),
                        start,
                        () -> ThreadLocalRandom.current().nextInt());
    }

    /** Empties the trace's file, so that a place that cannot be written is noticed before the run. */
    private void prepareTrace() throws OutputException {
        if (request.traceMessages().isPresent()) {
            Path file = request.traceMessages().get();
            try {
                Files.newOutputStream(file).close();
            } catch (IOException e) {
                throw OutputException.of(file, e);
            }
        }
    }
}
