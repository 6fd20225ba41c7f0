package org.xenfleet.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.xenfleet.results.RunFile.Branch;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say where a run is simulated and what it keeps meanwhile. */
final class PlaceOptions {
    /** What is recorded. */
    enum Level {
        digests,
        states
    }

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description =
                    "Simulate in so many processes on this machine, any of which may die. Results do not depend on it.")
    private @Nullable Integer nodes;

    @Option(
            names = "--cluster",
            paramLabel = "HOST:PORT",
            description = "Give the run to the cluster of which that is a node; see xenfleet node.")
    private @Nullable String cluster;

    @Option(
            names = "--store",
            paramLabel = "PLACE",
            description = "Keep checkpoints there, not in the results: a folder, or jdbc:postgresql://HOST/DATABASE.")
    private @Nullable String store;

    @Option(
            names = "--store-password-file",
            paramLabel = "FILE",
            description = "The first line of that file is the password of the store.")
    private @Nullable Path storePassword;

    @Option(
            names = "--record",
            paramLabel = "LEVEL",
            description =
                    "What is kept of every simulated second: digests, or states as well, which replay and --from use."
                            + " States if not given, for up to 16 hosts and 1000 seconds of them.")
    private @Nullable Level record;

    @Option(
            names = "--shard-hosts",
            paramLabel = "N",
            description = "Put at most so many hosts into a shard; 64, or 256 that meet, if not given. Results do not"
                    + " depend on it.")
    private @Nullable Integer shardHosts;

    @Option(
            names = "--from",
            paramLabel = "DIR@TIME",
            converter = BranchConverter.class,
            description =
                    "Begin with the run of that directory at that instant, such as runs/xsa-89/latest@30s, changed by"
                            + " --set.")
    private @Nullable Branch from;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private NetworkOptions network;

    boolean branches() {
        return from != null;
    }

    Where where(CommandLine line) {
        AtLeastOne.check(line, "--nodes", nodes);
        AtLeastOne.check(line, "--shard-hosts", shardHosts);
        if (cluster != null && !Networks.isHostPort(cluster)) {
            throw new ParameterException(
                    line,
                    "--cluster: '" + cluster + "' is no node; write its address and port, such as 127.0.0.1:25520.");
        }
        if (nodes != null && cluster != null) {
            throw new ParameterException(
                    line, "--nodes starts a cluster of its own and --cluster names another; say one of them.");
        }
        if (from != null && (nodes != null || cluster != null)) {
            throw new ParameterException(
                    line,
                    "--from is simulated in one process; leave " + (nodes != null ? "--nodes" : "--cluster") + " out.");
        }
        if (storePassword != null && store == null) {
            throw new ParameterException(line, "--store-password-file needs a --store that has a password.");
        }
        return new Where(
                nodes == null ? 0 : nodes,
                Optional.ofNullable(cluster),
                Optional.ofNullable(store),
                Optional.ofNullable(storePassword),
                Optional.ofNullable(record).map(level -> level == Level.states),
                shardHosts == null ? OptionalInt.empty() : OptionalInt.of(shardHosts),
                Optional.ofNullable(from),
                network.network(line));
    }
}
