package org.xenfleet.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.xenfleet.cluster.Endpoint;
import org.xenfleet.cluster.NodeEnd;
import org.xenfleet.cluster.NodeOptions;
import org.xenfleet.cluster.NodeProcess;
import org.xenfleet.cluster.NodeRefusal;
import org.xenfleet.cluster.NodeRole;
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
        NodeOptions options = InCluster.withNetwork(NodeOptions.of(NodeRole.NODE, InCluster.build()), network);
        if (join.isPresent()) {
            options = options.withJoin(Endpoint.parse(join.get()));
        }
        if (workers.isPresent()) {
            options = options.withWorkers(workers.getAsInt());
        }
        try {
            NodeEnd end = NodeProcess.simulate(options, name.orElse(title()), storePassword, this::sayWhere, leave);
            streams.say(end.sentence());
            return end.exitCode();
        } catch (NodeRefusal e) {
            streams.say("error: " + e.getMessage());
            return Exit.BAD_INPUT;
        }
    }

    private String title() {
        return Networks.port(network) == 0
                ? "node of process " + ProcessHandle.current().pid()
                : "node " + Networks.host(network) + ":" + Networks.port(network);
    }

    private void sayWhere(Endpoint hostPort) {
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
