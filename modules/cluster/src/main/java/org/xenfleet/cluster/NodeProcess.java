package org.xenfleet.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A node of a cluster, in a process of its own. */
public final class NodeProcess {
    private NodeProcess() {}

    /**
     * Is a node until it is asked to leave, or the cluster goes on without it; then ends its actor system.
     *
     * @param name for people
     * @param storePassword a file with the password of the stores of runs
     * @param where hears where it is, once
     * @param leave the node leaves when it is done
     * @return why it is a node no more
     * @throws NodeRefusal with a sentence if it cannot be one
     */
    public static NodeEnd run(
            NodeOptions options,
            String name,
            Optional<Path> storePassword,
            Consumer<Endpoint> where,
            CompletionStage<Void> leave)
            throws NodeRefusal {
        try (ClusterNode node = ClusterNode.start(options)) {
            NodeActors.simulate(node.system(), name, options.workers(), new NodeStores(storePassword));
            where.accept(node.endpoint());
            leave.thenRun(node::leave);
            return node.ended().toCompletableFuture().join();
        }
    }

    /** Calls {@code then} when standard input ends, which it does when the process that gave it is gone. */
    static void onEndOfInput(Runnable then) {
        Thread reader = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // nothing is said this way
                        }
                    } catch (IOException e) {
                        // gone as well
                    }
                    then.run();
                },
                "parent");
        reader.setDaemon(true);
        reader.start();
    }
}
