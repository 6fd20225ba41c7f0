package org.xenfleet.cli;

import java.util.concurrent.Callable;
import org.xenfleet.results.OutputException;
import picocli.CommandLine.Command;

/** {@code xenfleet version}. */
@Command(
        name = "version",
        description = "Prints the versions of the program, of its model and of Java.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class VersionCommand implements Callable<Integer> {
    private final Streams streams;

    VersionCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws OutputException {
        streams.print(String.join("\n", new Version().getVersion()) + "\n");
        return Exit.OK;
    }
}
