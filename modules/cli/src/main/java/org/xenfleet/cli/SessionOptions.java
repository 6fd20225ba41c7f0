package org.xenfleet.cli;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.xenfleet.cli.RunCommand.Format;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options that say what is shown of a run, on how many threads it is simulated, and when it stops before its end. */
final class SessionOptions {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "What to print at the end: table (the default) or json, which is summary.json.")
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

    @Option(names = "--max-events", paramLabel = "N", description = "Stop after so many events.")
    private @Nullable Long maxEvents;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description =
                    "Simulate on so many threads; one for each processor if not given. Results do not depend on it.")
    private @Nullable Integer workers;

    void check(CommandLine line) {
        AtLeastOne.check(line, "--max-events", maxEvents);
        AtLeastOne.check(line, "--workers", workers);
    }

    Optional<Format> format() {
        return Optional.ofNullable(format);
    }

    boolean quiet() {
        return quiet;
    }

    boolean progress() {
        return !quiet && !noProgress;
    }

    OptionalLong maxWallNs() {
        return maxWall == null ? OptionalLong.empty() : OptionalLong.of(maxWall);
    }

    OptionalLong maxEvents() {
        return maxEvents == null ? OptionalLong.empty() : OptionalLong.of(maxEvents);
    }

    int workers() {
        return workers == null ? Runtime.getRuntime().availableProcessors() : workers;
    }
}
