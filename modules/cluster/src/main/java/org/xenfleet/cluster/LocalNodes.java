package org.xenfleet.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Nodes in processes of their own on this machine, started by this process, the launcher. They end with it, however it
 * ends. If one ends before, the others take over at once: the launcher sees it from the process and not from heartbeats.
 * Any thread may use it.
 */
public final class LocalNodes implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final ClusterNode launcher;
    private final Listener listener;
    private final List<NodeChild> children = new ArrayList<>();
    private volatile boolean closing;

    /**
     * What is started.
     *
     * @param count nodes, at least 1
     * @param workers threads of each that simulate hosts
     * @param mainClass calls {@link NodeMain}
     * @param javaOptions win over those of this process
     */
    public record Settings(int count, int workers, String mainClass, List<String> javaOptions) {
        public Settings {
            if (count < 1) {
                throw new IllegalArgumentException("at least 1 node, not " + count);
            }
        }

        /** Nodes of Xenfleet. */
        public static Settings of(int count, int workers) {
            return new Settings(count, workers, NodeMain.class.getName(), List.of());
        }
    }

    /** Hears of the nodes, from several threads. They are numbered from 1. */
    public interface Listener {
        /** A line that a node wrote. */
        void said(int node, String line);

        /** A node's process has ended, and the others are taking over; not told of nodes that {@link #close} ended. */
        void ended(NodeExit exit);
    }

    private LocalNodes(ClusterNode launcher, Listener listener) {
        this.launcher = launcher;
        this.listener = listener;
    }

    /** @throws NodeRefusal if a process cannot be started; then none runs */
    public static LocalNodes start(ClusterNode launcher, Settings settings, Listener listener) throws NodeRefusal {
        NodeOptions options = NodeOptions.of(NodeRole.NODE, launcher.options().build())
                .withBind(new Endpoint(launcher.endpoint().host(), 0))
                .withJoin(launcher.endpoint())
                .withWorkers(settings.workers())
                .withLaunched();
        List<String> command = JvmCommand.of(
                settings.mainClass(),
                settings.javaOptions(),
                secured(options, launcher.options()).toArguments());
        LocalNodes nodes = new LocalNodes(launcher, listener);
        try {
            for (int i = 1; i <= settings.count(); i++) {
                nodes.startChild(i, command);
            }
        } catch (IOException e) {
            nodes.close();
            throw new NodeRefusal("A node's process cannot be started: " + e.getMessage() + ".", e);
        }
        return nodes;
    }

    private static NodeOptions secured(NodeOptions options, NodeOptions launcher) {
        NodeOptions same = launcher.insecure() ? options.withInsecure() : options;
        return launcher.tls().map(same::withTls).orElse(same);
    }

    private void startChild(int number, List<String> command) throws IOException {
        NodeChild child = NodeChild.start("node " + number, command, line -> listener.said(number, line));
        children.add(child);
        child.exit().thenAccept(code -> onExit(number, child, code));
    }

    private void onExit(int number, NodeChild child, int code) {
        if (closing) {
            return;
        }
        CompletableFuture<Endpoint> listening = child.listening().toCompletableFuture();
        if (!listening.isCompletedExceptionally() && listening.isDone()) {
            launcher.declareDead(listening.join());
        }
        listener.ended(new NodeExit(number, code));
    }

    /** Done when all are members; failed if one of them ends before, or cannot join. */
    public CompletionStage<Void> ready() {
        List<CompletableFuture<Endpoint>> listening = children.stream()
                .map(child -> child.listening().toCompletableFuture())
                .toList();
        CompletableFuture<Void> ready = CompletableFuture.allOf(listening.toArray(CompletableFuture[]::new))
                .thenCompose(all -> launcher.awaitUp(
                        listening.stream().map(CompletableFuture::join).toList()));
        for (int i = 0; i < children.size(); i++) {
            int number = i + 1;
            children.get(i)
                    .exit()
                    .thenAccept(code ->
                            ready.completeExceptionally(new NodeRefusal(new NodeExit(number, code).sentence())));
        }
        return ready;
    }

    /** Process numbers of those that live, in the order of their numbers. */
    public List<Long> pids() {
        return children.stream().filter(NodeChild::isAlive).map(NodeChild::pid).toList();
    }

    /** Process numbers of those that live, by where they listen; only of those that have said so. */
    Map<Endpoint, Long> pidsByEndpoint() {
        return children.stream()
                .filter(child -> child.isAlive()
                        && child.listening().toCompletableFuture().isDone())
                .collect(Collectors.toMap(
                        child -> child.listening().toCompletableFuture().join(), NodeChild::pid));
    }

    /** Ends all of them. Blocks until they have ended. */
    @Override
    public void close() {
        closing = true;
        children.forEach(NodeChild::end);
        CompletableFuture<Void> gone = CompletableFuture.allOf(children.stream()
                .map(child -> child.exit().toCompletableFuture())
                .toArray(CompletableFuture[]::new));
        try {
            gone.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            children.forEach(NodeChild::kill);
            gone.join();
        } catch (InterruptedException e) {
            children.forEach(NodeChild::kill);
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
