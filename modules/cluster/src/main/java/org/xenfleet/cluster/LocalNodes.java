package org.xenfleet.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
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
    private final Settings settings;
    private final Listener listener;
    /** Those that have not ended, or of whom it is not yet known. */
    private final List<NodeChild> children = new CopyOnWriteArrayList<>();

    private final CompletableFuture<NodeExit> deserted = new CompletableFuture<>();
    private int started;
    private volatile boolean closing;

    /**
     * What is started.
     *
     * @param count nodes, at least 1
     * @param workers threads of each that simulate hosts
     * @param mainClass calls {@link NodeMain}
     * @param javaOptions win over those of this process
     * @param words for the main class, beside its {@link NodeOptions} and its name
     */
    public record Settings(int count, int workers, String mainClass, List<String> javaOptions, List<String> words) {
        public Settings {
            if (count < 1) {
                throw new IllegalArgumentException("at least 1 node, not " + count);
            }
        }

        /**
         * Nodes of Xenfleet.
         *
         * @param storePassword a file with the password of the stores of runs
         */
        public static Settings of(int count, int workers, Optional<Path> storePassword) {
            List<String> words = storePassword
                    .map(file -> List.of(NodeMain.STORE_PASSWORD + "=" + file.toAbsolutePath()))
                    .orElse(List.of());
            return new Settings(count, workers, NodeMain.class.getName(), List.of(), words);
        }
    }

    /** Hears of the nodes, from several threads. They are numbered from 1. */
    public interface Listener {
        /** A line that a node wrote. */
        void said(int node, String line);

        /** A node's process has ended, and the others are taking over; not told of nodes that {@link #close} ended. */
        void ended(NodeExit exit);
    }

    private LocalNodes(ClusterNode launcher, Settings settings, Listener listener) {
        this.launcher = launcher;
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * Starts them; does not wait until they are members.
     *
     * @throws NodeRefusal if a process cannot be started; then none runs
     */
    public static LocalNodes start(ClusterNode launcher, Settings settings, Listener listener) throws NodeRefusal {
        LocalNodes nodes = new LocalNodes(launcher, settings, listener);
        try {
            nodes.fillUpTo(settings.count());
        } catch (NodeRefusal e) {
            nodes.close();
            throw e;
        }
        return nodes;
    }

    /**
     * Starts nodes, with new numbers, until so many live.
     *
     * @throws NodeRefusal if a process cannot be started
     */
    synchronized void fillUpTo(int count) throws NodeRefusal {
        while (pids().size() < count) {
            try {
                startChild(++started);
            } catch (IOException e) {
                throw new NodeRefusal("A node's process cannot be started: " + e.getMessage() + ".", e);
            }
        }
    }

    private void startChild(int number) throws IOException {
        NodeChild child = NodeChild.start("node " + number, command(number), line -> listener.said(number, line));
        children.add(child);
        child.exit().thenAccept(code -> onExit(number, child, code));
    }

    private List<String> command(int number) {
        NodeOptions options = NodeOptions.of(NodeRole.NODE, launcher.options().build())
                .withBind(new Endpoint(launcher.endpoint().host(), 0))
                .withJoin(launcher.endpoint())
                .withWorkers(settings.workers())
                .withLaunched();
        List<String> words =
                new ArrayList<>(secured(options, launcher.options()).toArguments());
        words.add(NodeMain.NAME + "=node " + number);
        words.addAll(settings.words());
        return JvmCommand.of(settings.mainClass(), settings.javaOptions(), words);
    }

    private static NodeOptions secured(NodeOptions options, NodeOptions launcher) {
        NodeOptions same = launcher.insecure() ? options.withInsecure() : options;
        return launcher.tls().map(same::withTls).orElse(same);
    }

    private void onExit(int number, NodeChild child, int code) {
        if (closing) {
            return;
        }
        CompletableFuture<Endpoint> listening = child.listening().toCompletableFuture();
        if (!listening.isCompletedExceptionally() && listening.isDone()) {
            launcher.declareDead(listening.join());
        }
        NodeExit exit = new NodeExit(number, code);
        listener.ended(exit);
        children.remove(child);
        if (children.isEmpty()) {
            deserted.complete(exit);
        }
    }

    /** Done when all that live are members, however many have ended meanwhile; failed if none is left. */
    public CompletionStage<Void> ready() {
        CompletableFuture<Void> ready =
                CompletableFuture.allOf(children.stream().map(this::settled).toArray(CompletableFuture[]::new));
        deserted.thenAccept(
                exit -> ready.completeExceptionally(new NodeRefusal(exit.sentence() + " No node is left.")));
        return ready;
    }

    /** Done when it is a member, or has ended. */
    private CompletableFuture<Void> settled(NodeChild child) {
        CompletableFuture<Void> settled = new CompletableFuture<>();
        child.listening()
                .thenCompose(where -> launcher.awaitUp(List.of(where)))
                .thenAccept(up -> settled.complete(null));
        child.exit().thenAccept(code -> settled.complete(null));
        return settled;
    }

    /** Done when none is left, with the end of the last. Not told of nodes that {@link #close} ended. */
    CompletionStage<NodeExit> deserted() {
        return deserted;
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
