package org.xenfleet.cluster;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/** Waits until some processes are members, and stops. */
final class UpWatch extends AbstractBehavior<ClusterEvent.MemberUp> {
    private final Set<Endpoint> missing;
    private final CompletableFuture<Void> done;

    static Behavior<ClusterEvent.MemberUp> create(Set<Endpoint> wanted, CompletableFuture<Void> done) {
        return Behaviors.setup(context -> new UpWatch(context, wanted, done));
    }

    private UpWatch(ActorContext<ClusterEvent.MemberUp> context, Set<Endpoint> wanted, CompletableFuture<Void> done) {
        super(context);
        this.missing = new HashSet<>(wanted);
        this.done = done;
        // Those that are members already are told as if they came now.
        Cluster.get(context.getSystem())
                .subscriptions()
                .tell(Subscribe.create(context.getSelf(), ClusterEvent.MemberUp.class));
    }

    @Override
    public Receive<ClusterEvent.MemberUp> createReceive() {
        return newReceiveBuilder()
                .onMessage(ClusterEvent.MemberUp.class, this::onUp)
                .build();
    }

    private Behavior<ClusterEvent.MemberUp> onUp(ClusterEvent.MemberUp event) {
        missing.remove(ClusterNode.endpoint(event.member().address()));
        if (missing.isEmpty()) {
            done.complete(null);
            return Behaviors.stopped();
        }
        return this;
    }
}
