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
import org.xenfleet.cli.RunCommand.Format;
import org.xenfleet.cli.RunCommand.Request;
import org.xenfleet.fleet.HostPlacement;
import org.xenfleet.fleet.RunListener;
import org.xenfleet.fleet.RunOptions;
import org.xenfleet.fleet.RunResult;
import org.xenfleet.fleet.Simulation;
import org.xenfleet.fleet.SimulationFailure;
import org.xenfleet.report.SummaryTable;
import org.xenfleet.results.Manifest;
import org.xenfleet.results.OutputException;
import org.xenfleet.results.RunDirectory;
import org.xenfleet.scenario.InputFile;
import org.xenfleet.scenario.LoadedScenario;
import org.xenfleet.scenario.ScenarioException;
import org.xenfleet.scenario.ScenarioLoader;

/** One run of {@code xenfleet run}: reads, simulates, writes, and says what came of it. One thread, used once. */
final class RunAction {
    private static final long NS_PER_MS = 1_000_000;

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
        StopSwitch stop = StopSwitch.install();
        int code = Exit.INTERNAL;
        try {
            code = run(stop);
        } finally {
            if (stop.requested() && code == Exit.INTERNAL) {
                streams.say("The run did not end well after it was told to stop.");
            }
            stop.finished(code);
        }
        return code;
    }

    int run(StopSwitch stop) throws OutputException {
        Optional<String> refusal = request.output().flatMap(RunDirectory::refusal);
        if (refusal.isPresent()) {
            streams.say("error: --output: " + refusal.get());
            return Exit.BAD_INPUT;
        }
        LoadedScenario loaded;
        try {
            loaded = ScenarioLoader.load(request.file(), request.settings(), request.seed(), request.durationNs());
        } catch (ScenarioException e) {
            e.problems().forEach(problem -> streams.say("error: " + problem));
            return Exit.BAD_INPUT;
        }
        if (!request.quiet()) {
            loaded.notices().forEach(notice -> streams.say("info: " + notice));
        }
        return stop.requested() ? Exit.STOPPED : simulate(loaded, stop);
    }

    private int simulate(LoadedScenario loaded, StopSwitch stop) throws OutputException {
        Instant start = clock.instant();
        Logging.start();
        prepareTrace();
        RunDirectory directory = directory(loaded, start);
        directory.writeScenario(loaded.resolvedText());
        copyInputs(loaded, directory);
        Simulation simulation = placement
                .map(other -> Simulation.of(loaded).withPlacement(other))
                .orElseGet(() -> Simulation.of(loaded));
        RunResult result;
        try {
            result = simulate(simulation, stop);
        } catch (SimulationFailure e) {
            String sentence = String.valueOf(e.getMessage());
            directory.writeFailure(sentence);
            streams.say("error: " + sentence);
            streams.say("The run has no results. What there is of it is in " + directory.path());
            return Exit.INTERNAL;
        }
        directory.finish(result.summary(), manifest(loaded, start, result));
        tell(result, directory);
        return code(result);
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

    private RunResult simulate(Simulation simulation, StopSwitch stop) throws SimulationFailure {
        RunOptions options = new RunOptions(
                request.workers(), maxWallMillis(), request.maxEvents(), request.traceMessages(), stop::requested);
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

    private Manifest manifest(LoadedScenario loaded, Instant start, RunResult result) {
        List<Manifest.Input> inputs = loaded.inputs().stream()
                .map(input -> new Manifest.Input(input.path(), input.sha256()))
                .toList();
        return new Manifest(
                Version.program(),
                Simulation.MODEL_VERSION,
                Version.java(),
                Version.system(),
                request.words(),
                start,
                clock.instant(),
                result.outcome().label(),
                inputs);
    }

    private void tell(RunResult result, RunDirectory directory) throws OutputException {
        Terminal terminal = streams.terminal();
        Format format = request.format().orElse(Format.table);
        if (format == Format.json) {
            streams.print(result.summary().toJson());
        } else if (!request.quiet() || request.format().isPresent()) {
            streams.print(SummaryTable.of(result.summary(), terminal.width(), terminal.colour()) + "\nResults: "
                    + directory.path() + "\n");
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
