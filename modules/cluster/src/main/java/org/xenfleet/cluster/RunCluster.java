package org.xenfleet.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
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
            NodeOptions options =
                    NodeOptions.of(NodeRole.NODE, build).withWorkers(workers).withJoin(self.endpoint());
            LocalNodes local = new LocalNodes(number, options, storePassword, new Watching(self, say));
            RunCluster all = new RunCluster(self, Optional.of(local));
            all.awaitNodes("The nodes did not start");
            return all;
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

    /** The launcher knows at once when a node is gone, and lets the others know. */
    private record Watching(ClusterNode self, Consumer<String> say) implements LocalNodes.Listener {
        @Override
        public void says(String node, String line) {
            say.accept(node + ": " + line);
        }

        @Override
        public void gone(String node, Optional<Endpoint> where) {
            say.accept(node + " is gone; the others go on from its last checkpoints.");
            where.ifPresent(self::declareDead);
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
        RunCluster cluster = new RunCluster(start(options.withJoin(member)), Optional.empty());
        try {
            cluster.awaitNodes("There is no cluster with a node at " + member + ", or it does not let this process in");
        } catch (IOException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    /** Waits until all nodes that this process started and that are alive are members, or one is, if it started none. */
    private void awaitNodes(String sentence) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(JOINING_SECONDS);
        while (System.nanoTime() - end < 0) {
            if (self.ended().toCompletableFuture().isDone()) {
                throw new IOException(self.ended().toCompletableFuture().join().sentence());
            }
            long expected = nodes.map(LocalNodes::alive).orElse(1L);
            if (expected == 0) {
                throw new IOException(sentence + ": all of them are gone.");
            }
            if (members() >= expected) {
                return;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while nodes join", e);
            }
        }
        throw new IOException(sentence + " within " + JOINING_SECONDS + " s.");
    }

    private long members() {
        long up = 0;
        for (Member member : Cluster.get(self.system()).state().getMembers()) {
            up += member.hasRole(NodeRole.NODE.label()) && member.status() == MemberStatus.up() ? 1 : 0;
        }
        return up;
    }

    /**
     * Simulates on the nodes.
     *
     * @param run the name of the run in its store
     */
    public HostPlacement placement(String run, StoreLocation store, ScenarioBundle scenario) {
        return new ClusterPlacement(self, service, run, store, scenario);
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
        while (local.alive() < number) {
            local.startAnother();
        }
        awaitNodes("The nodes did not start");
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
