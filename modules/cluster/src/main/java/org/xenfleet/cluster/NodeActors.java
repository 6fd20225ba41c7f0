package org.xenfleet.cluster;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.ClusterSingletonSettings;
import org.apache.pekko.cluster.typed.SingletonActor;
import org.xenfleet.cluster.RunWords.ToService;
import org.xenfleet.fleet.conduct.WorkerPermits;

/** What runs on a member of a cluster: on a node the entities and, on one of them, the service; elsewhere the way to it. */
final class NodeActors {
    private NodeActors() {}

    /**
     * A node simulates from now on, on as many threads as its options say.
     *
     * @param name for people
     */
    static void simulate(ClusterNode node, String name, NodeStores stores) {
        ActorSystem<?> system = node.system();
        int workers = node.options().workers();
        ActorRef<WorkerPermits.Command> permits =
                system.systemActorOf(WorkerPermits.create(workers), "workers", Props.empty());
        RunLoad load = new RunLoad();
        ShardEntities entities =
                ShardEntities.start(system, name, workers, stores, permits, load, NodeRole.NODE.label());
        service(system, RunService.create(entities, stores, load));
    }

    /** The way to the service of the cluster, for a process that holds no hosts. */
    static ActorRef<ToService> serviceOf(ActorSystem<?> system) {
        // never started here, as the role is another
        return service(system, Behaviors.empty());
    }

    private static ActorRef<ToService> service(ActorSystem<?> system, Behavior<ToService> behavior) {
        ClusterSingletonSettings settings =
                ClusterSingletonSettings.create(system).withRole(NodeRole.NODE.label());
        return ClusterSingleton.get(system)
                .init(SingletonActor.of(behavior, "run-service").withSettings(settings));
    }
}
