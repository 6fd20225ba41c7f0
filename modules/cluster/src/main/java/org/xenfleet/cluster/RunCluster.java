package org.xenfleet.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.apache.pekko.cluster.typed.Leave;
import org.xenfleet.cluster.RunWords.AskStatus;
import org.xenfleet.cluster.RunWords.Status;
import org.xenfleet.cluster.RunWords.ToService;
import org.xenfleet.fleet.HostPlacement;
import org.xenfleet.fleet.ScenarioBundle;
import org.xenfleet.fleet.store.StoreLocation;

/** A cluster from the outside: of processes that this one starts, or one that is there. Used by one thread. */
public final class RunCluster implements AutoCloseable {
    private static final long JOINING_SECONDS = 60;

    private record Started(ActorSystem<Void> system, ActorRef<ToService> service) {}

    private final Started started;
    private final Optional<LocalNodes> nodes;

    private RunCluster(Started started, Optional<LocalNodes> nodes) {
        this.started = started;
        this.nodes = nodes;
    }

    /**
     * Starts processes on this machine and waits until all have joined.
     *
     * @param workers threads of each
     * @param say hears what nodes say, and of nodes that are gone
     * @throws IOException with a sentence if they do not start
     */
    public static RunCluster ofLocalNodes(
            int number, int workers, Optional<Path> storePassword, Consumer<String> say) throws IOException {
        NodeSecrets.use(storePassword);
        Started started = start(options(NodeOptions.LOOPBACK, 0, Optional.empty(), Optional.empty(), true));
        Cluster cluster = Cluster.get(started.system());
        Address self = cluster.selfMember().address();
        try {
            LocalNodes nodes = new LocalNodes(
                    number, self.getHost().get() + ":" + self.getPort().get(), workers, storePassword, new Watching(cluster, say));
            RunCluster all = new RunCluster(started, Optional.of(nodes));
            all.awaitNodes("The nodes did not start");
            return all;
        } catch (IOException e) {
            started.system().terminate();
            throw e;
        }
    }

    /** The launcher knows at once when a node is gone, and lets the others know. */
    private record Watching(Cluster cluster, Consumer<String> say) implements LocalNodes.Listener {
        @Override
        public void says(String node, String line) {
            say.accept(node + ": " + line);
        }

        @Override
        public void gone(String node, Optional<Address> address) {
            say.accept(node + " is gone; the others go on from its last checkpoints.");
            address.ifPresent(where -> cluster.manager().tell(new Down(where)));
        }
    }

    /**
     * Joins a cluster as one that simulates nothing.
     *
     * @param member host:port of any of its members
     * @param host the address of this process for others
     * @throws IOException with a sentence if it is not there, or does not let this process in
     */
    public static RunCluster join(
            String member, String host, int port, Optional<NodeOptions.Tls> tls, Optional<Path> storePassword)
            throws IOException {
        NodeSecrets.use(storePassword);
        RunCluster cluster =
                new RunCluster(start(options(host, port, Optional.of(member), tls, false)), Optional.empty());
        try {
            cluster.awaitNodes("There is no cluster with a node at " + member + ", or it does not let this process in");
        } catch (IOException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    private static NodeOptions options(
            String host, int port, Optional<String> join, Optional<NodeOptions.Tls> tls, boolean launches) {
        return new NodeOptions(
                "launcher", NodeRoles.LAUNCHER, host, port, join, OptionalInt.of(1), tls, launches, Optional.empty());
    }

    private static Started start(NodeOptions options) {
        CompletableFuture<ActorRef<ToService>> service = new CompletableFuture<>();
        ActorSystem<Void> system = ActorSystem.create(
                Behaviors.setup(context -> {
                    service.complete(NodeActors.serviceFrom(context));
                    return Behaviors.empty();
                }),
                NodeProcess.SYSTEM,
                NodeConfig.of(options));
        Cluster cluster = Cluster.get(system);
        cluster.manager()
                .tell(new JoinSeedNodes(List.of(options.join()
                        .map(NodeProcess::address)
                        .orElse(cluster.selfMember().address()))));
        return new Started(system, service.join());
    }

    /** Waits until all nodes that this process started and that are alive are members, or one is, if it started none. */
    private void awaitNodes(String sentence) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(JOINING_SECONDS);
        while (System.nanoTime() - end < 0) {
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
        for (Member member : Cluster.get(started.system()).state().getMembers()) {
            up += member.hasRole(NodeRoles.NODE) && member.status() == MemberStatus.up() ? 1 : 0;
        }
        return up;
    }

    /**
     * Simulates on the nodes.
     *
     * @param run the name of the run in its store
     */
    public HostPlacement placement(String run, StoreLocation store, ScenarioBundle scenario) {
        return new ClusterPlacement(started.system(), started.service(), run, store, scenario);
    }

    /** What the cluster is doing. */
    public Status status() throws IOException {
        CompletableFuture<Status> answer = new CompletableFuture<>();
        started.system()
                .systemActorOf(
                        Behaviors.<Status>setup(context -> Behaviors.withTimers(timers -> {
                            started.service().tell(new AskStatus(context.getSelf()));
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

    /** The nodes that this process started, by their process ids. */
    public List<Long> pids() {
        return nodes.map(LocalNodes::pids).orElse(List.of());
    }

    /** Ends the nodes that it started, and leaves those that were there. */
    @Override
    public void close() {
        nodes.ifPresent(LocalNodes::close);
        if (nodes.isEmpty()) {
            Cluster cluster = Cluster.get(started.system());
            cluster.manager().tell(new Leave(cluster.selfMember().address()));
            started.system()
                    .getWhenTerminated()
                    .toCompletableFuture()
                    .completeOnTimeout(Done.getInstance(), 5, TimeUnit.SECONDS)
                    .join();
        }
        started.system().terminate();
    }
}
