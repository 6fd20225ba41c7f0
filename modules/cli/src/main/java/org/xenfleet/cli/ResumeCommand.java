package org.xenfleet.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.xenfleet.cli.RunCommand.Format;
import org.xenfleet.cli.RunCommand.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of {@code xenfleet resume}. */
@Command(
        name = "resume",
        description = {
            "Finishes a run whose processes died: from its last checkpoints, with the results that it would have had."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  xenfleet resume runs/xsa-89/20261125T120000Z-a1b2c3"})
final class ResumeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "DIR",
            description = "The directory of the run, which has no manifest.json yet.",
            arity = "1")
    private Path directory = Path.of("");

    @Option(names = "--format", paramLabel = "FORMAT", description = "What to print at the end: table or json.")
    private @Nullable Format format;

    @Option(names = "--quiet", description = "Say nothing but errors, and print only what --format asks for.")
    private boolean quiet;

    @Option(names = "--no-progress", description = "Show no progress. It is shown on terminals only.")
    private boolean noProgress;

    @Option(
            names = "--max-wall",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Stop after so much time of your own, such as 10m.")
    private @Nullable Long maxWall;

    @Option(names = "--workers", paramLabel = "N", description = "Simulate on so many threads.")
    private @Nullable Integer workers;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ResumePlace places;

    private final Streams streams;

    ResumeCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        Request request = new Request(
                directory.resolve("scenario.resolved.conf"),
                OptionalLong.empty(),
                OptionalLong.empty(),
                List.of(),
                Optional.empty(),
                Optional.ofNullable(format),
                quiet,
                !quiet && !noProgress,
                maxWall == null ? OptionalLong.empty() : OptionalLong.of(maxWall),
                OptionalLong.empty(),
                Optional.empty(),
                workers == null ? Runtime.getRuntime().availableProcessors() : Math.max(1, workers),
                places.where(spec.commandLine()),
                List.of());
        return new ResumeAction(streams, request, directory).run();
    }
}
