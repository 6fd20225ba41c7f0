package org.xenfleet.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** The life of a process that is a node, whoever started it. */
public final class NodeProcess {
    private NodeProcess() {}

    /**
     * Joins and simulates hosts, and blocks until this node is a member no more. The actor system then is about to end, and
     * the caller should end the process without waiting for it.
     *
     * @param name for people
     * @param storePassword a file with the password of the stores of runs
     * @param listening is told once where others reach it
     * @param leave the node leaves in good order when it is done: its hosts go to others first
     * @return why it is a node no more
     * @throws NodeRefusal with a sentence if it could not start
     */
    public static NodeEnd simulate(
            NodeOptions options,
            String name,
            Optional<Path> storePassword,
            Consumer<Endpoint> listening,
            CompletionStage<Void> leave)
            throws NodeRefusal {
        NodeStores stores = new NodeStores(storePassword);
        Consumer<ClusterNode> services = node -> {
            NodeActors.simulate(node, name, stores);
            leave.thenRun(node::leave);
        };
        return run(options, ConfigFactory.empty(), services, listening, new CompletableFuture<>());
    }

    /**
     * Joins, and blocks until this node is a member no more or is asked to stop.
     *
     * @param more configuration of the services
     * @param services starts what runs on the node
     * @param listening is told once where others reach it
     * @param stop ends it at once, whenever it is done, and is what is answered then
     * @throws NodeRefusal with a sentence if it could not start
     */
    static NodeEnd run(
            NodeOptions options,
            Config more,
            Consumer<ClusterNode> services,
            Consumer<Endpoint> listening,
            CompletionStage<NodeEnd> stop)
            throws NodeRefusal {
        ClusterNode node = ClusterNode.start(options, more);
        services.accept(node);
        listening.accept(node.endpoint());
        CompletableFuture<NodeEnd> end = new CompletableFuture<>();
        node.ended().thenAccept(end::complete);
        stop.thenAccept(end::complete);
        try {
            return end.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeRefusal("the node was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            node.beginToEnd();
        }
    }
}
