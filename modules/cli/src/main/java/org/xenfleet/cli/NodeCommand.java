package org.xenfleet.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code xenfleet node}. */
@Command(
        name = "node",
        description = {
            "Is a node that simulates hosts for others: the first of a new cluster, or one more of a cluster that is there. Goes"
                    + " on until it is stopped. Any node may die; the others take its hosts over.",
            "Who is cut off from most of the others ends itself with exit code 70. The process that gives a run counts, so that"
                    + " of two nodes the one that this process can reach goes on. Of two without a run the one with the lower"
                    + " address goes on; if that is the one that dies, the other ends too."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  xenfleet node --bind 127.0.0.1:25520",
            "  xenfleet node --join 127.0.0.1:25520",
            "  xenfleet run config/fleet-10k.conf --cluster 127.0.0.1:25520"
        })
final class NodeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--join", paramLabel = "HOST:PORT", description = "Any node of the cluster to join.")
    private @Nullable String join;

    @Option(names = "--name", paramLabel = "NAME", description = "What it is called in what is said of runs.")
    private @Nullable String name;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Simulate on so many threads; one less than there are processors if not given.")
    private @Nullable Integer workers;

    @Option(
            names = "--store-password-file",
            paramLabel = "FILE",
            description = "The first line of that file is the password of the stores of runs.")
    private @Nullable Path storePassword;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private NetworkOptions network;

    private final Streams streams;

    NodeCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        AtLeastOne.check(spec.commandLine(), "--workers", workers);
        if (join != null && !Networks.isHostPort(join)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--join: '" + join + "' is no node; write its address and port, such as 127.0.0.1:25520.");
        }
        return new NodeAction(
                        streams,
                        Optional.ofNullable(name),
                        Optional.ofNullable(join),
                        workers == null ? OptionalInt.empty() : OptionalInt.of(workers),
                        Optional.ofNullable(storePassword),
                        network.network(spec.commandLine()))
                .run();
    }
}
