package org.xenfleet.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of {@code xenfleet replay}. */
@Command(
        name = "replay",
        description = {
            "Simulates a finished run again and says whether the same comes out, or else from which second, on which host"
                    + " and in which field it does not. Writes nothing."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  xenfleet replay runs/xsa-89/latest"})
final class ReplayCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The directory of the run.", arity = "1")
    private Path directory = Path.of("");

    @Option(names = "--quiet", description = "Say nothing but errors and differences.")
    private boolean quiet;

    @Option(names = "--no-progress", description = "Show no progress. It is shown on terminals only.")
    private boolean noProgress;

    @Option(names = "--workers", paramLabel = "N", description = "Simulate on so many threads.")
    private @Nullable Integer workers;

    private final Streams streams;

    ReplayCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        AtLeastOne.check(spec.commandLine(), "--workers", workers);
        int threads = workers == null ? Runtime.getRuntime().availableProcessors() : workers;
        return new ReplayAction(streams, directory, threads, quiet, !quiet && !noProgress).run();
    }
}
