package org.xenfleet.cluster;

import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.SelfRemoved;
import org.apache.pekko.cluster.typed.SelfUp;
import org.apache.pekko.cluster.typed.Subscribe;

/** Hears when this process becomes a member, and when and why it is one no more. */
final class Membership extends AbstractBehavior<ClusterEvent.ClusterDomainEvent> {
    private final CompletableFuture<Void> up;
    private final CompletableFuture<NodeEnd> ended;

    static Behavior<ClusterEvent.ClusterDomainEvent> create(
            NodeRole role, CompletableFuture<Void> up, CompletableFuture<NodeEnd> ended) {
        return Behaviors.setup(context -> new Membership(context, role, up, ended));
    }

    private Membership(
            ActorContext<ClusterEvent.ClusterDomainEvent> context,
            NodeRole role,
            CompletableFuture<Void> up,
            CompletableFuture<NodeEnd> ended) {
        super(context);
        this.up = up;
        this.ended = ended;
        var subscriptions = Cluster.get(context.getSystem()).subscriptions();
        subscriptions.tell(Subscribe.create(context.getSelf().narrow(), SelfUp.class));
        subscriptions.tell(Subscribe.create(context.getSelf().narrow(), SelfRemoved.class));
        if (role == NodeRole.NODE) {
            subscriptions.tell(Subscribe.create(context.getSelf().narrow(), ClusterEvent.MemberRemoved.class));
        }
    }

    @Override
    public Receive<ClusterEvent.ClusterDomainEvent> createReceive() {
        return newReceiveBuilder()
                .onMessage(SelfUp.class, this::onUp)
                .onMessage(SelfRemoved.class, this::onRemoved)
                .onMessage(ClusterEvent.MemberRemoved.class, this::onOtherRemoved)
                .build();
    }

    private Behavior<ClusterEvent.ClusterDomainEvent> onUp(SelfUp event) {
        up.complete(null);
        return this;
    }

    private Behavior<ClusterEvent.ClusterDomainEvent> onRemoved(SelfRemoved event) {
        if (event.previousStatus().equals(MemberStatus.down())) {
            ended.complete(new NodeEnd(
                    NodeEnd.Kind.CUT_OFF,
                    "This node lost the others and has stopped itself; they go on without it, with its hosts."));
        } else {
            ended.complete(new NodeEnd(NodeEnd.Kind.LEFT, "This node has left."));
        }
        return this;
    }

    /** When this member itself is removed, it hears that of all members. */
    private Behavior<ClusterEvent.ClusterDomainEvent> onOtherRemoved(ClusterEvent.MemberRemoved event) {
        boolean ending = org.apache.pekko.cluster.Cluster.get(
                        Adapter.toClassic(getContext().getSystem()))
                .isTerminated();
        if (!ending && event.member().hasRole(NodeRole.LAUNCHER.label())) {
            ended.complete(new NodeEnd(
                    NodeEnd.Kind.LAUNCHER_LEFT,
                    "The launcher at " + ClusterNode.endpoint(event.member().address()) + " has gone."));
        }
        return this;
    }
}
