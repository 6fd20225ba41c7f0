package org.xenfleet.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.cluster.RunWords.Came;
import org.xenfleet.cluster.RunWords.Ended;
import org.xenfleet.cluster.RunWords.Reported;
import org.xenfleet.cluster.RunWords.Retire;
import org.xenfleet.cluster.RunWords.RunDescriptor;
import org.xenfleet.cluster.RunWords.StartOn;
import org.xenfleet.cluster.RunWords.StopRun;
import org.xenfleet.cluster.RunWords.Submit;
import org.xenfleet.cluster.RunWords.ToService;
import org.xenfleet.cluster.RunWords.Went;
import org.xenfleet.fleet.RunStore;
import org.xenfleet.fleet.ScenarioBundle;
import org.xenfleet.fleet.conduct.Conducting.ShardLeaves;
import org.xenfleet.fleet.conduct.Conducting.ShardProgress;
import org.xenfleet.fleet.conduct.Conducting.StartShard;
import org.xenfleet.fleet.conduct.FleetPlan;
import org.xenfleet.fleet.conduct.WorkerPermits;
import org.xenfleet.fleet.store.RunStores;
import org.xenfleet.fleet.store.StoreLocation;
import org.xenfleet.scenario.LoadedScenario;
import org.xenfleet.scenario.ScenarioLoader;

/** One node in this process, with real hosts, and what its entities and its service say. */
class ShardEntitiesTest {
    private static final String RUN = "endless";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private ClusterNode node;

    @SuppressWarnings("NullAway.Init")
    private ShardEntities entities;

    @SuppressWarnings("NullAway.Init")
    private RunDescriptor descriptor;

    @SuppressWarnings("NullAway.Init")
    private ShardBundles bundles;

    private final RunLoad load = new RunLoad();
    private final NodeStores stores = new NodeStores(Optional.empty());
    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

    /** Three hosts that meet nobody, in shards of 2 and 1, for so long that they do not end. */
    @BeforeEach
    void start() throws Exception {
        Files.writeString(folder.resolve("web.cfg"), "name = \"web\"\ntype = \"hvm\"\nmemory = 256\n");
        Path file = Files.writeString(folder.resolve("endless.conf"), """
                name = endless, seed = 4, duration = 10h
                workloads.web { kind = periodic, burst = 1ms, period = 5ms }
                hosts.h {
                  cpus = 4, memory = 8GiB, xen { version = "4.4.0" }, dom0 { vcpus = 1, memory = 1GiB }
                  domains.web { xl = web.cfg, count = 8, workload = web }
                }
                pools.alone { host = h, count = 3 }
                """);
        LoadedScenario scenario = ScenarioLoader.load(file, List.of(), OptionalLong.empty(), OptionalLong.empty());
        StoreLocation place = StoreLocation.of(folder.resolve("store"));
        try (RunStore store = RunStores.open(place, RUN)) {
            store.put(RunDescriptor.BUNDLE, ScenarioBundle.of(scenario, file).encode());
        }
        descriptor = new RunDescriptor(
                RUN,
                place.forOthers(),
                RUN,
                false,
                OptionalLong.empty(),
                OptionalLong.empty(),
                2,
                2,
                false,
                1_000,
                false);
        bundles = new ShardBundles(RUN, new FleetPlan(scenario.scenario(), false).shards(NodeRuns.sizes(descriptor)));
        node = ClusterNode.start(NodeOptions.of(NodeRole.NODE, "test").withWorkers(1));
        ActorRef<WorkerPermits.Command> permits =
                node.system().systemActorOf(WorkerPermits.create(1), "workers", Props.empty());
        entities = ShardEntities.start(node.system(), "the node", 1, stores, permits, load, NodeRole.NODE.label());
        node.up().toCompletableFuture().get(120, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void shouldSayToWhomAskedLastThatAShardIsAboutToBeMoved() throws Exception {
        EntityName conductor = bundles.conductor("alone#0x2");
        BlockingQueue<Object> before = new LinkedBlockingQueue<>();
        entities.tell(conductor, new StartOn(descriptor, new StartShard(probe("before", before))));
        await(ShardProgress.class, before);
        entities.tell(conductor, new StartOn(descriptor, new StartShard(probe("heard", heard))));
        await(ShardProgress.class, heard);

        entities.tell(conductor, new Retire());

        assertThat(await(ShardLeaves.class, heard)).isEqualTo(new ShardLeaves("alone#0x2"));
        assertThat(before).doesNotHaveAnyElementsOfTypes(ShardLeaves.class);
    }

    @Test
    void shouldLetShardsBeSharedOutByTheirHostsWhileTheRunGoesOn() throws Exception {
        ActorRef<ToService> service =
                node.system().systemActorOf(RunService.create(entities, stores, load), "service", Props.empty());
        String first = bundles.conductor("alone#0x2").bundle().toString();
        assertThat(load.hostsOf(first)).isEmpty();

        service.tell(new Submit(descriptor, probe("client", heard)));
        await(Went.class, heard);
        assertThat(load.hostsOf(first)).hasValue(2);
        assertThat(load.hostsOf("of another run")).hasValue(0);

        service.tell(new StopRun(RUN));
        Object word = heard.poll(120, TimeUnit.SECONDS);
        while (!(word instanceof Ended)) {
            if (word instanceof Reported reported) {
                service.tell(new Came(RUN, reported.number()));
            }
            word = heard.poll(120, TimeUnit.SECONDS);
            assertThat(word).as("what is said before the end").isNotNull();
        }
        assertThat(load.hostsOf(first)).isEmpty();
    }

    private <T> ActorRef<T> probe(String name, BlockingQueue<Object> words) {
        return node.system()
                .systemActorOf(
                        Behaviors.receive((context, word) -> {
                            words.add(word);
                            return Behaviors.same();
                        }),
                        name,
                        Props.empty());
    }

    private static <T> T await(Class<T> type, BlockingQueue<Object> words) throws InterruptedException {
        Object word = words.poll(120, TimeUnit.SECONDS);
        while (word != null && !type.isInstance(word)) {
            word = words.poll(120, TimeUnit.SECONDS);
        }
        assertThat(word).as("a word of type " + type.getSimpleName()).isNotNull();
        return type.cast(word);
    }
}
