package org.xenfleet.cluster;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a process is told that becomes a member of a cluster. Immutable.
 *
 * @param name for people
 * @param role one of {@link NodeRoles}
 * @param host the address under which others reach it
 * @param port 0 for any that is free
 * @param join a member of the cluster, host:port; empty to begin a new one
 * @param workers threads that simulate; empty for one less than there are processors, so that the cluster's own has one
 * @param tls its key and whom it trusts; empty for none
 * @param launched whether a process of a user started it, with which it ends and whose side it is on
 * @param storePassword a file with the password of the runs' store
 */
public record NodeOptions(
        String name,
        String role,
        String host,
        int port,
        Optional<String> join,
        OptionalInt workers,
        Optional<Tls> tls,
        boolean launched,
        Optional<Path> storePassword) {

    /** PEM files. */
    public record Tls(Path key, Path certificate, Path authority) {}

    static final String LOOPBACK = "127.0.0.1";

    int workersOrDefault() {
        return workers.orElse(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
    }
}
