package org.xenfleet.cli;

import java.io.IOException;
import org.xenfleet.cli.RunCommand.Request;
import org.xenfleet.cluster.Endpoint;
import org.xenfleet.cluster.NodeOptions;
import org.xenfleet.cluster.NodeRole;
import org.xenfleet.cluster.RunCluster;
import org.xenfleet.cluster.TlsFiles;
import org.xenfleet.fleet.HostPlacement;
import org.xenfleet.fleet.ScenarioBundle;
import org.xenfleet.fleet.Simulation;
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
    static InCluster join(Streams streams, Request request, String run, StoreLocation store, ScenarioBundle scenario)
            throws IOException {
        Where where = request.where();
        RunCluster cluster = where.cluster().isPresent()
                ? RunCluster.join(Endpoint.parse(where.cluster().get()), client(where.network()))
                : RunCluster.ofLocalNodes(
                        where.nodes(), workers(request), build(), where.storePassword(), streams::say);
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

    /** The version that all members of a cluster have. */
    static String build() {
        return Version.program() + "/" + Simulation.MODEL_VERSION;
    }

    /** What this process is in a cluster that is there. */
    static NodeOptions client(Where.Network network) {
        return withNetwork(NodeOptions.of(NodeRole.CLIENT, build()).withWorkers(1), network);
    }

    static NodeOptions withNetwork(NodeOptions options, Where.Network network) {
        NodeOptions with = options.withBind(new Endpoint(Networks.host(network), Networks.port(network)));
        if (network.advertised().isPresent()) {
            with = with.withAdvertised(Endpoint.parse(network.advertised().get()));
        }
        if (network.key().isPresent()) {
            with = with.withTls(new TlsFiles(
                    network.key().get(),
                    network.certificate().orElseThrow(),
                    network.authority().orElseThrow()));
        }
        return network.insecure() ? with.withInsecure() : with;
    }

    @Override
    public void close() {
        cluster.close();
    }
}
