package org.xenfleet.cluster;

import java.io.IOException;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.xenfleet.cluster.NodeRuns.NodeRun;
import org.xenfleet.cluster.RunWords.Retire;
import org.xenfleet.cluster.RunWords.RunDescriptor;
import org.xenfleet.cluster.RunWords.StartOn;
import org.xenfleet.fleet.conduct.Conducting.ShardFailed;
import org.xenfleet.fleet.conduct.Conducting.ShardLeaves;
import org.xenfleet.fleet.conduct.Conducting.ToRun;
import org.xenfleet.fleet.conduct.Conducting.ToShard;
import org.xenfleet.fleet.conduct.CoupledShard;
import org.xenfleet.fleet.conduct.FleetPlan;
import org.xenfleet.fleet.conduct.HostFactory;
import org.xenfleet.fleet.conduct.HostShard;
import org.xenfleet.fleet.conduct.LooseShard;
import org.xenfleet.fleet.conduct.WorkerPermits;
import org.xenfleet.host.Host;

/**
 * Hosts and their conductors as entities of Cluster Sharding. A conductor and its hosts are in one shard, so that what they say to
 * each other stays in one process; a conductor reaches its hosts through the region only until it knows them. Several conductors
 * share a shard of Cluster Sharding, see {@link ShardBundles}.
 */
final class ShardEntities {
    static final EntityTypeKey<Object> KEY = EntityTypeKey.create(Object.class, "xenfleet");
    private static final String DISPATCHER = "xenfleet.simulation-dispatcher";

    private final ActorRef<ShardingEnvelope<Object>> region;

    private ShardEntities(ActorRef<ShardingEnvelope<Object>> region) {
        this.region = region;
    }

    /** The node takes part, with so many workers, or as one that only speaks to entities if it has none. */
    static ShardEntities start(
            ActorSystem<?> system,
            String node,
            int workers,
            NodeStores stores,
            ActorRef<WorkerPermits.Command> permits,
            RunLoad load,
            String role) {
        Regions regions = new Regions();
        NodeRuns runs = new NodeRuns(node, workers, stores, permits);
        Entity<Object, ShardingEnvelope<Object>> entity = Entity.of(
                        KEY, context -> behavior(EntityName.parse(context.getEntityId()), runs, regions))
                .withMessageExtractor(new Names())
                .withStopMessage(new Retire())
                .withRole(role)
                .withAllocationStrategy(new LeastHostsAllocation(system, load::hostsOf))
                .withSettings(ClusterShardingSettings.create(system)
                        .withPassivationStrategy(
                                ClusterShardingSettings.PassivationStrategySettings$.MODULE$.disabled()))
                .withEntityProps(DispatcherSelector.fromConfig(DISPATCHER));
        regions.region = Optional.of(ClusterSharding.get(system).init(entity));
        return new ShardEntities(regions.region.get());
    }

    /** Tells an entity something. */
    void tell(EntityName to, Object word) {
        region.tell(new ShardingEnvelope<>(to.text(), word));
    }

    private static Behavior<Object> behavior(EntityName name, NodeRuns runs, Regions regions) {
        return name.isConductor() ? waiting(name, runs, regions) : host(name, runs);
    }

    /** A conductor that does not know its run yet: what is said to others comes again. */
    private static Behavior<Object> waiting(EntityName name, NodeRuns runs, Regions regions) {
        return Behaviors.setup(context -> Behaviors.receive(Object.class)
                .onMessage(StartOn.class, word -> starts(context, name, word, runs, regions))
                .onMessage(Retire.class, word -> Behaviors.stopped())
                .onAnyMessage(word -> Behaviors.same())
                .build());
    }

    private static Behavior<Object> starts(
            ActorContext<Object> context, EntityName name, StartOn word, NodeRuns runs, Regions regions) {
        RunDescriptor descriptor = word.run();
        NodeRun run;
        try {
            run = runs.use(descriptor, regions);
        } catch (IOException e) {
            word.start().run().tell(new ShardFailed(name.shard(), String.valueOf(e.getMessage())));
            return Behaviors.stopped();
        }
        HostShard shard = run.shard(name.shard());
        Behavior<ToShard> conductor =
                shard.isCoupled() ? CoupledShard.create(shard, run.setup()) : LooseShard.create(shard, run.setup());
        ActorRef<ToShard> child = context.spawn(conductor, "conductor", DispatcherSelector.fromConfig(DISPATCHER));
        context.watch(child);
        child.tell(word.start());
        return conducting(child, name, word.start().run(), runs);
    }

    /** @param run the coordinator that asked last */
    private static Behavior<Object> conducting(
            ActorRef<ToShard> child, EntityName name, ActorRef<ToRun> run, NodeRuns runs) {
        return Behaviors.receive(Object.class)
                .onMessage(StartOn.class, again -> {
                    child.tell(again.start());
                    return conducting(child, name, again.start().run(), runs);
                })
                .onMessage(Retire.class, retire -> {
                    // at the end of a run nobody hears it any more
                    run.tell(new ShardLeaves(name.shard()));
                    return Behaviors.stopped();
                })
                .onMessage(ToShard.class, said -> {
                    child.tell(said);
                    return Behaviors.same();
                })
                .onSignal(Terminated.class, gone -> Behaviors.stopped())
                .onSignal(PostStop.class, stopped -> {
                    runs.leave(name.run());
                    return Behaviors.same();
                })
                .build();
    }

    /** A host of a run that is not here, because its conductor has just gone, goes too. */
    private static Behavior<Object> host(EntityName name, NodeRuns runs) {
        Optional<NodeRun> run = runs.find(name.run());
        if (run.isEmpty()) {
            return Behaviors.stopped();
        }
        FleetPlan plan = run.get().setup().plan();
        HostShard shard = run.get().shard(name.shard());
        return Behaviors.<Object>setup(context -> {
            ActorRef<Host.Command> host = context.spawn(
                    Host.create(name.host(), plan.plan(shard, name.host()), simulation -> Optional.empty()),
                    "host",
                    DispatcherSelector.fromConfig(DISPATCHER));
            context.watch(host);
            return Behaviors.receive(Object.class)
                    .onMessage(Host.Command.class, said -> {
                        host.tell(said);
                        return Behaviors.same();
                    })
                    .onMessage(Retire.class, retire -> Behaviors.stopped())
                    .onSignal(Terminated.class, gone -> Behaviors.stopped())
                    .build();
        });
    }

    /** The way into the region, which is there only after its entities have been described. */
    private static final class Regions implements NodeRuns.Ways {
        private Optional<ActorRef<ShardingEnvelope<Object>>> region = Optional.empty();

        @Override
        public HostFactory hosts(ShardBundles bundles) {
            return (conductor, shard, number, command) ->
                    tell(bundles.conductor(shard.id()).ofHost(number), command);
        }

        @Override
        public BiConsumer<String, ToShard> leaders(ShardBundles bundles) {
            return (shard, word) -> tell(bundles.conductor(shard), word);
        }

        private void tell(EntityName to, Object word) {
            region.orElseThrow().tell(new ShardingEnvelope<>(to.text(), word));
        }
    }

    private static final class Names extends ShardingMessageExtractor<ShardingEnvelope<Object>, Object> {
        @Override
        public String entityId(ShardingEnvelope<Object> message) {
            return message.entityId();
        }

        @Override
        public String shardId(String entityId) {
            return EntityName.shardIdOf(entityId);
        }

        @Override
        public Object unwrapMessage(ShardingEnvelope<Object> message) {
            return message.message();
        }
    }
}
