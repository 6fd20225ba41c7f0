package org.xenfleet.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.xenfleet.results.RunFile.Branch;

/**
 * Where a run is simulated and what it keeps meanwhile, as the user asked for it. Immutable.
 *
 * @param nodes local processes to start for it; 0 to simulate in this one
 * @param cluster a node of the cluster to give it to
 * @param store the place of checkpoints; empty for the run's directory
 * @param storePassword a file whose first line is the password of the store
 * @param record whether states are kept; empty to keep them in small runs
 * @param shardHosts most hosts of a shard, at least 1
 * @param from the run and the instant to branch from
 * @param network how processes talk
 */
record Where(
        int nodes,
        Optional<String> cluster,
        Optional<String> store,
        Optional<Path> storePassword,
        Optional<Boolean> record,
        OptionalInt shardHosts,
        Optional<Branch> from,
        Network network) {

    /**
     * How processes of a cluster talk to each other.
     *
     * @param bind the address of this process; empty for the loopback
     * @param advertised where others reach it; empty if that is the same
     * @param key its private key, with {@code certificate} and {@code authority}, in PEM
     * @param insecure whether it may do without
     */
    record Network(
            Optional<String> bind,
            Optional<String> advertised,
            Optional<Path> key,
            Optional<Path> certificate,
            Optional<Path> authority,
            boolean insecure) {
        static final Network LOCAL = new Network(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    /** In this process, with checkpoints in the run's directory. */
    static final Where HERE = new Where(
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Network.LOCAL);

    boolean isHere() {
        return nodes == 0 && cluster.isEmpty();
    }
}
