package org.xenfleet.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.apache.pekko.cluster.typed.Leave;
import org.apache.pekko.remote.RemoteTransportException;
import org.xenfleet.cluster.downing.MemberDetector;

/** This process as a member of a cluster. Any thread may use it. */
public final class ClusterNode implements AutoCloseable {
    /** How long an actor system may take to stop its actors; one that simulates may take a while to notice. */
    private static final long PATIENCE_SECONDS = 10;

    private final NodeOptions options;
    private final ActorSystem<ClusterEvent.ClusterDomainEvent> system;
    private final Cluster cluster;
    private final CompletableFuture<Void> up;
    private final CompletableFuture<NodeEnd> ended;
    private final AtomicInteger watches = new AtomicInteger();

    private ClusterNode(
            NodeOptions options,
            ActorSystem<ClusterEvent.ClusterDomainEvent> system,
            CompletableFuture<Void> up,
            CompletableFuture<NodeEnd> ended) {
        this.options = options;
        this.system = system;
        this.cluster = Cluster.get(system);
        this.up = up;
        this.ended = ended;
    }

    /** @throws NodeRefusal with a sentence, and nothing runs */
    public static ClusterNode start(NodeOptions options) throws NodeRefusal {
        return start(options, ConfigFactory.empty());
    }

    /**
     * Starts the actor system and begins to join; whether that succeeds is told later.
     *
     * @param more configuration of what will run there
     * @throws NodeRefusal with a sentence, and nothing runs
     */
    public static ClusterNode start(NodeOptions options, Config more) throws NodeRefusal {
        CompletableFuture<Void> up = new CompletableFuture<>();
        CompletableFuture<NodeEnd> ended = new CompletableFuture<>();
        ActorSystem<ClusterEvent.ClusterDomainEvent> system;
        try {
            system = ActorSystem.create(
                    Membership.create(options.role(), up, ended), NodeConfig.SYSTEM, NodeConfig.of(options, more));
        } catch (RemoteTransportException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new NodeRefusal("A node cannot listen on " + options.bind() + ": " + cause.getMessage() + ".", e);
        }
        ClusterNode node = new ClusterNode(options, system, up, ended);
        system.getWhenTerminated().thenRun(() -> ended.complete(node.terminated()));
        node.ended().thenRun(() -> up.completeExceptionally(new IllegalStateException("the node has ended")));
        node.join();
        return node;
    }

    private void join() {
        Address first = options.join()
                .map(seed -> new Address("pekko", system.name(), seed.host(), seed.port()))
                .orElse(cluster.selfMember().address());
        cluster.manager().tell(options.join().isPresent() ? new JoinSeedNodes(List.of(first)) : Join.create(first));
    }

    /** To run actors in. */
    public ActorSystem<?> system() {
        return system;
    }

    public NodeOptions options() {
        return options;
    }

    /** Where others reach it. */
    public Endpoint endpoint() {
        return endpoint(cluster.selfMember().address());
    }

    static Endpoint endpoint(Address address) {
        return new Endpoint(
                address.getHost().orElse(Endpoint.LOOPBACK), address.getPort().orElse(0));
    }

    /** Done when the cluster has taken it in; failed if it ends before. */
    public CompletionStage<Void> up() {
        return up;
    }

    /** Done when it is a member no more, and why. Its actors may still run; {@link #close} ends them. */
    public CompletionStage<NodeEnd> ended() {
        return ended;
    }

    /** Done when all of these are members. */
    CompletionStage<Void> awaitUp(Collection<Endpoint> wanted) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        system.systemActorOf(
                UpWatch.create(Set.copyOf(wanted), done), "up-watch-" + watches.incrementAndGet(), Props.empty());
        return done;
    }

    /** Says that the member there is certainly dead, so that nobody waits for a sign of it. */
    public void declareDead(Endpoint member) {
        Address address = new Address("pekko", system.name(), member.host(), member.port());
        MemberDetector.declareDead(org.apache.pekko.cluster.Cluster.get(Adapter.toClassic(system)), address);
        cluster.manager().tell(new Down(address));
    }

    /** Begins to leave in good order: its shards go to others first. */
    public void leave() {
        cluster.manager().tell(Leave.create(cluster.selfMember().address()));
    }

    /** Begins to end the actor system. To the others it dies. */
    void beginToEnd() {
        system.terminate();
    }

    /** Ends the actor system at once; to the others it dies. Blocks until it has ended, or for 10 s. */
    @Override
    public void close() {
        beginToEnd();
        try {
            system.getWhenTerminated().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            system.log().warn("The actor system does not end: {}", e.toString());
        }
    }

    private NodeEnd terminated() {
        Optional<CoordinatedShutdown.Reason> reason =
                CoordinatedShutdown.get(system).getShutdownReason();
        String seed = options.join().map(Endpoint::toString).orElse("");
        if (reason.equals(Optional.of(CoordinatedShutdown.clusterJoinUnsuccessfulReason()))) {
            return new NodeEnd(
                    NodeEnd.Kind.NOT_ADMITTED,
                    "No node at " + seed
                            + " let this one join. Is one running there, does it use TLS with a certificate of"
                            + " the same authority if this one does, and can it reach this one at " + endpoint() + "?");
        }
        if (reason.equals(Optional.of(CoordinatedShutdown.incompatibleConfigurationDetectedReason()))) {
            return new NodeEnd(
                    NodeEnd.Kind.NOT_ADMITTED,
                    "The node at " + seed + " is of another version of Xenfleet than this one (" + options.build()
                            + ").");
        }
        return new NodeEnd(NodeEnd.Kind.FAILED, "The actor system of this node has ended.");
    }
}
