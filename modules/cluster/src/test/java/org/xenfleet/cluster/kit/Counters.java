package org.xenfleet.cluster.kit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.xenfleet.cluster.ClusterNode;
import org.xenfleet.cluster.LeastHostsAllocation;
import org.xenfleet.cluster.NodeConfig;

/** Sharded entities for tests: each is a shard of its own and counts. */
public final class Counters {
    private static final EntityTypeKey<CounterMessage> KEY = EntityTypeKey.create(CounterMessage.class, "counters");

    /** Each counts as a shard of so many. */
    private static final long HOSTS = 16;

    private Counters() {}

    /** What a node needs to have counters. */
    public static Config configuration() {
        return ConfigFactory.parseResources(Counters.class, "counters.conf");
    }

    /** The same for a node whose connections are to come from an address of its own, so that they can be told apart. */
    public static Config configuration(String source) {
        return ConfigFactory.parseString(
                        "pekko.remote.artery.advanced.tcp.outbound-client-hostname = \"" + source + "\"")
                .withFallback(configuration());
    }

    /** The ids of that many counters. */
    public static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> "counter-" + i).toList();
    }

    /** Makes a node have counters, or anybody else know them; messages to counters go through what is answered. */
    public static ActorRef<ShardingEnvelope<CounterMessage>> start(ClusterNode node) {
        ActorSystem<?> system = node.system();
        Entity<CounterMessage, ShardingEnvelope<CounterMessage>> counters = Entity.of(
                        KEY, entity -> Behaviors.setup(context -> new Counter(context, entity.getEntityId())))
                .withEntityProps(DispatcherSelector.fromConfig(NodeConfig.SIMULATION_DISPATCHER))
                .withMessageExtractor(new ByItself())
                .withAllocationStrategy(new LeastHostsAllocation(system, shard -> OptionalLong.of(HOSTS)));
        return ClusterSharding.get(system).init(counters);
    }

    private static final class Counter extends AbstractBehavior<CounterMessage> {
        private static final long STEP_MILLIS = 50;

        private final String id;
        private int count;

        Counter(ActorContext<CounterMessage> context, String id) {
            super(context);
            this.id = id;
        }

        @Override
        public Receive<CounterMessage> createReceive() {
            return newReceiveBuilder()
                    .onMessage(CounterMessage.Add.class, add -> answer(add.replyTo()))
                    .onMessage(CounterMessage.Work.class, this::onWork)
                    .build();
        }

        private Behavior<CounterMessage> answer(ActorRef<CounterMessage.Total> replyTo) {
            replyTo.tell(new CounterMessage.Total(
                    id, ++count, ProcessHandle.current().pid()));
            return this;
        }

        /** In steps, as hosts are advanced; makes garbage meanwhile. */
        private Behavior<CounterMessage> onWork(CounterMessage.Work work) {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STEP_MILLIS);
            long[] garbage = new long[0];
            while (System.nanoTime() < end) {
                garbage = new long[1 + garbage.length % 10_000];
            }
            long left = work.millis() - STEP_MILLIS;
            if (left <= 0) {
                return answer(work.replyTo());
            }
            getContext().getSelf().tell(new CounterMessage.Work(left, work.replyTo()));
            return this;
        }
    }

    private static final class ByItself
            extends ShardingMessageExtractor<ShardingEnvelope<CounterMessage>, CounterMessage> {
        @Override
        public String entityId(ShardingEnvelope<CounterMessage> envelope) {
            return envelope.entityId();
        }

        @Override
        public String shardId(String entityId) {
            return entityId;
        }

        @Override
        public CounterMessage unwrapMessage(ShardingEnvelope<CounterMessage> envelope) {
            return envelope.message();
        }
    }
}
