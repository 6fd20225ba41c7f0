package org.xenfleet.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.xenfleet.cluster.RunWords.AskStatus;
import org.xenfleet.cluster.RunWords.Status;
import org.xenfleet.cluster.RunWords.ToService;
import org.xenfleet.fleet.HostPlacement;
import org.xenfleet.fleet.ScenarioBundle;
import org.xenfleet.fleet.store.StoreLocation;

/** A cluster from the outside: of processes that this one starts, or one that is there. Used by one thread. */
public final class RunCluster implements AutoCloseable {
    private static final long JOINING_SECONDS = 60;
    private static final long LEAVING_SECONDS = 5;

    private final ClusterNode self;
    private final ActorRef<ToService> service;
    private final Optional<LocalNodes> nodes;

    private RunCluster(ClusterNode self, Optional<LocalNodes> nodes) {
        this.self = self;
        this.service = NodeActors.serviceOf(self.system());
        this.nodes = nodes;
    }

    /**
     * Starts processes on this machine and waits until all have joined.
     *
     * @param workers threads of each
     * @param build the version of the program, which all of them have
     * @param say hears what nodes say, and of nodes that are gone
     * @throws IOException with a sentence if they do not start
     */
    public static RunCluster ofLocalNodes(
            int number, int workers, String build, Optional<Path> storePassword, Consumer<String> say)
            throws IOException {
        ClusterNode self = start(NodeOptions.of(NodeRole.LAUNCHER, build).withWorkers(1));
        try {
            LocalNodes.Settings settings = LocalNodes.Settings.of(number, workers, storePassword);
            LocalNodes local = LocalNodes.start(self, settings, new Saying(say));
            RunCluster all = new RunCluster(self, Optional.of(local));
            try {
                all.await(local.ready(), "The nodes did not start");
            } catch (IOException e) {
                local.close();
                throw e;
            }
            return all;
        } catch (NodeRefusal e) {
            self.close();
            throw new IOException(e.getMessage(), e);
        } catch (IOException e) {
            self.close();
            throw e;
        }
    }

    private static ClusterNode start(NodeOptions options) throws IOException {
        try {
            return ClusterNode.start(options);
        } catch (NodeRefusal e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private record Saying(Consumer<String> say) implements LocalNodes.Listener {
        @Override
        public void said(int node, String line) {
            say.accept("node " + node + ": " + line);
        }

        @Override
        public void ended(NodeExit exit) {
            say.accept(exit.sentence() + " The others go on from its last checkpoints.");
        }
    }

    /**
     * Joins a cluster as one that simulates nothing.
     *
     * @param member any of its nodes
     * @param options of this process, whose role is {@link NodeRole#CLIENT}
     * @throws IOException with a sentence if it is not there, or does not let this process in
     */
    public static RunCluster join(Endpoint member, NodeOptions options) throws IOException {
        RunCluster cluster = of(start(options.withJoin(member)));
        try {
            cluster.await(
                    cluster.self.awaitUp(List.of(member, cluster.self.endpoint())),
                    "There is no cluster with a node at " + member + ", or it does not let this process in");
        } catch (IOException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    /** The cluster of which that is a member, which ends with what is answered. */
    static RunCluster of(ClusterNode member) {
        return new RunCluster(member, Optional.empty());
    }

    private void await(CompletionStage<Void> members, String sentence) throws IOException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        members.whenComplete((up, failure) -> {
            if (failure == null) {
                done.complete(null);
            } else {
                done.completeExceptionally(failure);
            }
        });
        self.ended().thenAccept(end -> done.completeExceptionally(new NodeRefusal(end.sentence())));
        try {
            done.get(JOINING_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException(sentence + " within " + JOINING_SECONDS + " s.", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(String.valueOf(cause.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while nodes join", e);
        }
    }

    /**
     * Simulates on the nodes.
     *
     * @param run the name of the run in its store
     */
    public HostPlacement placement(String run, StoreLocation store, ScenarioBundle scenario) {
        return new ClusterPlacement(self, service, run, store, scenario, deserted());
    }

    /** What the cluster is doing. */
    public Status status() throws IOException {
        CompletableFuture<Status> answer = new CompletableFuture<>();
        self.system()
                .systemActorOf(
                        Behaviors.<Status>setup(context -> Behaviors.withTimers(timers -> {
                            service.tell(new AskStatus(context.getSelf()));
                            return Behaviors.receiveMessage(status -> {
                                answer.complete(status);
                                return Behaviors.stopped();
                            });
                        })),
                        "status",
                        Props.empty());
        try {
            return answer.get(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("The cluster does not say how it is within 20 s.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the cluster is asked", e);
        }
    }

    /** Starts nodes in place of those that are gone, until there are so many again, and waits until they have joined. */
    public void fillUpTo(int number) throws IOException {
        LocalNodes local = nodes.orElseThrow();
        try {
            local.fillUpTo(number);
        } catch (NodeRefusal e) {
            throw new IOException(e.getMessage(), e);
        }
        await(local.ready(), "The nodes did not start");
        int there = local.pids().size();
        if (there < number) {
            throw new IOException("Of " + number + " nodes only " + there + " started.");
        }
    }

    /** Done when nobody is left who could simulate, with a sentence. */
    private CompletionStage<String> deserted() {
        CompletableFuture<String> deserted = new CompletableFuture<>();
        self.ended().thenAccept(end -> deserted.complete(end.sentence()));
        nodes.ifPresent(
                local -> local.deserted().thenAccept(exit -> deserted.complete(exit.sentence() + " No node is left.")));
        return deserted;
    }

    /** The nodes that this process started and that are alive, by their process ids. */
    public List<Long> pids() {
        return nodes.map(LocalNodes::pids).orElse(List.of());
    }

    /** Ends the nodes that it started, and leaves those that were there. */
    @Override
    public void close() {
        nodes.ifPresent(LocalNodes::close);
        if (nodes.isEmpty()) {
            self.leave();
            self.ended()
                    .toCompletableFuture()
                    .completeOnTimeout(new NodeEnd(NodeEnd.Kind.LEFT, ""), LEAVING_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
        self.close();
    }
}
