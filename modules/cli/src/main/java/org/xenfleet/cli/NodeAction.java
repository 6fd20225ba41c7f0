package org.xenfleet.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.xenfleet.cluster.NodeOptions;
import org.xenfleet.cluster.NodeProcess;
import org.xenfleet.results.OutputException;

/** One run of {@code xenfleet node}. One thread, used once. */
final class NodeAction {
    private static final long LOOK_MS = 100;

    private final Streams streams;
    private final Optional<String> name;
    private final Optional<String> join;
    private final OptionalInt workers;
    private final Optional<Path> storePassword;
    private final Where.Network network;

    NodeAction(
            Streams streams,
            Optional<String> name,
            Optional<String> join,
            OptionalInt workers,
            Optional<Path> storePassword,
            Where.Network network) {
        this.streams = streams;
        this.name = name;
        this.join = join;
        this.workers = workers;
        this.storePassword = storePassword;
        this.network = network;
    }

    int run() throws OutputException {
        return StopSwitch.during(streams, this::run);
    }

    private int run(StopSwitch stop) {
        Logging.start();
        CompletableFuture<Void> leave = new CompletableFuture<>();
        Thread looks = new Thread(() -> leaveWhen(stop, leave), "stop-node");
        looks.setDaemon(true);
        looks.start();
        String host = Networks.host(network);
        int port = Networks.port(network);
        NodeOptions options = NodeOptions.ofNode(
                name.orElse(port == 0 ? "node of " + ProcessHandle.current().pid() : host + ":" + port),
                host,
                port,
                join,
                workers,
                InCluster.tls(network),
                storePassword);
        int code = NodeProcess.run(options, this::sayWhere, leave);
        if (code == NodeProcess.CUT_OFF) {
            streams.say("The cluster goes on without this node: it was cut off from the others, or never let in.");
            return Exit.INTERNAL;
        }
        streams.say("Left the cluster.");
        return Exit.OK;
    }

    private void sayWhere(String hostPort) {
        streams.say((join.isPresent() ? "Node " : "First node of a new cluster, ") + hostPort
                + ". Others: xenfleet node --join " + hostPort + "; runs: xenfleet run FILE --cluster " + hostPort
                + ". Ctrl-C ends it.");
    }

    private static void leaveWhen(StopSwitch stop, CompletableFuture<Void> leave) {
        try {
            while (!stop.requested()) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        leave.complete(null);
    }
}
