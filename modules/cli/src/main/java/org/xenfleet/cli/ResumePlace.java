package org.xenfleet.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where a run is gone on with; what it keeps meanwhile is as it was. */
final class ResumePlace {
    @Option(names = "--nodes", paramLabel = "N", description = "Go on in so many processes on this machine.")
    private @Nullable Integer nodes;

    @Option(names = "--cluster", paramLabel = "HOST:PORT", description = "Go on in that cluster.")
    private @Nullable String cluster;

    @Option(
            names = "--store-password-file",
            paramLabel = "FILE",
            description = "The first line of that file is the password of the run's store.")
    private @Nullable Path storePassword;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private NetworkOptions network;

    Where where(CommandLine line) {
        if (nodes != null && (nodes < 1 || cluster != null)) {
            throw new ParameterException(
                    line,
                    nodes < 1
                            ? "--nodes is " + nodes + "; it must be at least 1."
                            : "--nodes starts a cluster of its own and --cluster names another; say one of them.");
        }
        return new Where(
                nodes == null ? 0 : nodes,
                Optional.ofNullable(cluster),
                Optional.empty(),
                Optional.ofNullable(storePassword),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                network.network(line));
    }
}
