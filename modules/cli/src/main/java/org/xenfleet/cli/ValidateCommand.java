package org.xenfleet.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code xenfleet validate}. */
@Command(
        name = "validate",
        description = "Says whether files are right, without running anything. Exit code 2 if one of them is not.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  xenfleet validate config/*.conf", "  xenfleet validate --xl --format json config/xl/*.cfg"})
final class ValidateCommand implements Callable<Integer> {

    /** How it is said. */
    enum Format {
        text,
        json
    }

    @Parameters(paramLabel = "FILE", description = "Scenarios, or xl files with --xl.", arity = "1..*")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--xl", description = "The files are guest configurations of xl.")
    private boolean xl;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text (the default), or json: one object for each file, each on a line of its own.")
    private @Nullable Format format;

    @Option(names = "--quiet", description = "Say nothing of what is merely worth knowing.")
    private boolean quiet;

    private final Streams streams;

    ValidateCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        return new ValidateAction(streams, xl, format == Format.json, quiet).run(files);
    }
}
