package org.xenfleet.cluster;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.ClusterSingletonSettings;
import org.apache.pekko.cluster.typed.SingletonActor;
import org.jspecify.annotations.Nullable;
import org.xenfleet.cluster.RunWords.ToService;
import org.xenfleet.fleet.conduct.WorkerPermits;

/** What runs on a member of a cluster: on a node the entities and, on one of them, the service; on a launcher the way to both. */
final class NodeActors {
    private NodeActors() {}

    /**
     * The guardian of a node.
     *
     * @param name for people
     * @param workers threads that simulate, at least 1
     */
    static Behavior<Void> node(String name, int workers) {
        return Behaviors.setup(context -> {
            ActorRef<WorkerPermits.Command> permits = context.spawn(WorkerPermits.create(workers), "workers");
            ShardEntities entities =
                    ShardEntities.start(context.getSystem(), name, workers, permits, NodeRoles.NODE);
            service(context, entities);
            return Behaviors.empty();
        });
    }

    /** The way to the service of the cluster, for a process that holds no hosts. */
    static ActorRef<ToService> serviceFrom(ActorContext<?> context) {
        return service(context, null);
    }

    private static ActorRef<ToService> service(
            ActorContext<?> context, @Nullable ShardEntities entities) {
        ClusterSingletonSettings settings =
                ClusterSingletonSettings.create(context.getSystem()).withRole(NodeRoles.NODE);
        Behavior<ToService> behavior = entities == null ? Behaviors.empty() : RunService.create(entities);
        return ClusterSingleton.get(context.getSystem())
                .init(SingletonActor.of(behavior, "run-service").withSettings(settings));
    }
}
