package org.xenfleet.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of {@code xenfleet status}. */
@Command(
        name = "status",
        description = "Asks a cluster which run it simulates, how far it is, and which nodes there are.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  xenfleet status 127.0.0.1:25520"})
final class StatusCommand implements Callable<Integer> {

    enum Format {
        text,
        json
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "HOST:PORT", description = "Any node of the cluster.", arity = "1")
    private String member = "";

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (the default) or json.")
    private @Nullable Format format;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private NetworkOptions network;

    private final Streams streams;

    StatusCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        if (!Networks.isHostPort(member)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "'" + member + "' is no node; write its address and port, such as 127.0.0.1:25520.");
        }
        Where.Network how = network.network(spec.commandLine());
        return new StatusAction(streams, member, how, format == Format.json).run();
    }
}
