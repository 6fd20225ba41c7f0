package org.xenfleet.cli;

import java.io.IOException;
import java.util.Optional;
import org.xenfleet.cli.RunCommand.Request;
import org.xenfleet.cluster.NodeOptions.Tls;
import org.xenfleet.cluster.RunCluster;
import org.xenfleet.fleet.HostPlacement;
import org.xenfleet.fleet.ScenarioBundle;
import org.xenfleet.fleet.store.StoreLocation;

/** A run in a cluster. Only runs that need one come here, so that others load nothing of it. */
final class InCluster implements AutoCloseable {
    private final RunCluster cluster;
    private final HostPlacement placement;

    private InCluster(RunCluster cluster, HostPlacement placement) {
        this.cluster = cluster;
        this.placement = placement;
    }

    /** @throws IOException with a sentence if there is no cluster */
    static InCluster join(
            Streams streams, Request request, String run, StoreLocation store, ScenarioBundle scenario)
            throws IOException {
        Where where = request.where();
        RunCluster cluster = where.cluster().isPresent()
                ? RunCluster.join(
                        where.cluster().get(),
                        Networks.host(where.network()),
                        Networks.port(where.network()),
                        tls(where.network()),
                        where.storePassword())
                : RunCluster.ofLocalNodes(
                        where.nodes(), workers(request), where.storePassword(), streams::say);
        return new InCluster(cluster, cluster.placement(run, store, scenario));
    }

    HostPlacement placement() {
        return placement;
    }

    /** All nodes together have as many as this process would have, but for one that is left to the cluster. */
    private static int workers(Request request) {
        int nodes = request.where().nodes();
        return Math.max(1, (request.workers() - 1) / nodes);
    }

    static Optional<Tls> tls(Where.Network network) {
        return network.key()
                .map(key -> new Tls(
                        key,
                        network.certificate().orElseThrow(),
                        network.authority().orElseThrow()));
    }

    @Override
    public void close() {
        cluster.close();
    }
}
