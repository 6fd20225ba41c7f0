package org.xenfleet.cluster;

import com.typesafe.config.Config;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** The life of a process that is a node, whoever started it. */
public final class NodeProcess {
    private NodeProcess() {}

    /**
     * Joins, and blocks until this node is a member no more or is asked to stop. The actor system then is about to end, and
     * the caller should end the process without waiting for it.
     *
     * @param more configuration of the services
     * @param services starts what runs on the node
     * @param listening is told once where others reach it
     * @param stop ends it at once, whenever it is done, and is what is answered then
     * @throws NodeRefusal with a sentence if it could not start
     */
    public static NodeEnd run(
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
