package org.xenfleet.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.xenfleet.xen.CostLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of {@code xenfleet run}. */
@Command(
        name = "run",
        description = {
            "Runs a scenario and says what happened: on standard output as a table or as JSON,"
                    + " and in full in a directory of its own."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  xenfleet run config/xsa-89.conf",
            "  xenfleet run config/xsa-89.conf --set hosts.server.xen.version=4.4.1 --duration 20s"
        })
final class RunCommand implements Callable<Integer> {

    /** What is printed when a run ends. */
    enum Format {
        table,
        json
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The scenario; not with --from, which has one.", arity = "0..1")
    private @Nullable Path file;

    @Option(names = "--seed", paramLabel = "N", description = "Use this seed instead of the scenario's.")
    private @Nullable Long seed;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Simulate so long instead, such as 20s.")
    private @Nullable Long duration;

    @Option(
            names = "--costs",
            paramLabel = "LEVEL",
            converter = CostLevelConverter.class,
            description =
                    "How dear Xen's work is taken to be: low, default or high. Costs that the scenario gives itself stay as they are.")
    private @Nullable CostLevel costs;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change a value of the scenario. May be repeated; the last one wins.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Write the results there, not to runs/NAME/. The directory must be new or empty.")
    private @Nullable Path output;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private SessionOptions session;

    @Option(
            names = "--trace-messages",
            paramLabel = "FILE",
            description = "Write one line for every message that an actor gets.")
    private @Nullable Path traceMessages;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private PlaceOptions places;

    private final Streams streams;
    private final List<String> words;

    /** @param words the command line, for the manifest */
    RunCommand(Streams streams, List<String> words) {
        this.streams = streams;
        this.words = words;
    }

    /**
     * What the user asked for. Immutable.
     *
     * @param output where the results go; empty for the usual place
     * @param format what to print; empty for the table, and for nothing at all when quiet
     * @param maxWallNs at least 1
     */
    record Request(
            Path file,
            OptionalLong seed,
            OptionalLong durationNs,
            List<String> settings,
            Optional<Path> output,
            Optional<Format> format,
            boolean quiet,
            boolean progress,
            OptionalLong maxWallNs,
            OptionalLong maxEvents,
            Optional<Path> traceMessages,
            int workers,
            Where where,
            List<String> words) {}

    @Override
    public Integer call() throws Exception {
        if (file == null && !places.branches()) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: 'FILE'");
        }
        if (file != null && places.branches()) {
            throw new ParameterException(
                    spec.commandLine(), "--from has the scenario of its run; leave " + file + " out.");
        }
        session.check(spec.commandLine());
        return new RunAction(streams, request()).run();
    }

    private Request request() {
        Where where = places.where(spec.commandLine());
        return new Request(
                where.from().map(BranchStart::scenario).orElseGet(() -> Objects.requireNonNull(file)),
                optional(seed),
                optional(duration),
                settings(),
                Optional.ofNullable(output),
                session.format(),
                session.quiet(),
                session.progress(),
                session.maxWallNs(),
                session.maxEvents(),
                Optional.ofNullable(traceMessages),
                session.workers(),
                where,
                words);
    }

    /** What {@code --set} says wins. */
    private List<String> settings() {
        List<String> all = new ArrayList<>();
        if (costs != null) {
            all.add("costs.level=" + costs.label());
        }
        all.addAll(settings);
        return all;
    }

    private static OptionalLong optional(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
