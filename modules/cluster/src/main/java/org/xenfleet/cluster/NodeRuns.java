package org.xenfleet.cluster;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.xenfleet.cluster.RunWords.RunDescriptor;
import org.xenfleet.fleet.RunStore;
import org.xenfleet.fleet.ScenarioBundle;
import org.xenfleet.fleet.StoreSection;
import org.xenfleet.fleet.conduct.Conducting.ToShard;
import org.xenfleet.fleet.conduct.FleetPlan;
import org.xenfleet.fleet.conduct.HostFactory;
import org.xenfleet.fleet.conduct.HostShard;
import org.xenfleet.fleet.conduct.ShardSetup;
import org.xenfleet.fleet.conduct.WorkerPermits;
import org.xenfleet.fleet.store.RunStores;
import org.xenfleet.scenario.ScenarioException;

/**
 * The runs of which this node has shards: their scenarios and their stores, each loaded once and let go when the last shard
 * ends. Safe for use by many threads.
 */
final class NodeRuns {

    /** One run on this node. */
    record NodeRun(RunDescriptor descriptor, ShardSetup setup, Map<String, HostShard> shards) {
        HostShard shard(String id) {
            HostShard shard = shards.get(id);
            if (shard == null) {
                throw new IllegalArgumentException("run " + descriptor.id() + " has no shard " + id);
            }
            return shard;
        }
    }

    private static final class Used {
        private final NodeRun run;
        private final RunStore store;
        private int users;

        private Used(NodeRun run, RunStore store) {
            this.run = run;
            this.store = store;
        }
    }

    private final String node;
    private final int workers;
    private final NodeStores stores;
    private final ActorRef<WorkerPermits.Command> permits;
    private final Map<String, Used> runs = new HashMap<>();

    /** @param node the name of this node, for people */
    NodeRuns(String node, int workers, NodeStores stores, ActorRef<WorkerPermits.Command> permits) {
        this.node = node;
        this.workers = workers;
        this.stores = stores;
        this.permits = permits;
    }

    /** How the entities of a run reach each other. */
    interface Ways {
        /** Makes hosts. */
        HostFactory hosts(ShardBundles bundles);

        /** Reaches conductors by the ids of their shards. */
        BiConsumer<String, ToShard> leaders(ShardBundles bundles);
    }

    /**
     * Takes a run up for one of its shards.
     *
     * @throws IOException if its store or its scenario cannot be read, with a sentence
     */
    synchronized NodeRun use(RunDescriptor descriptor, Ways ways) throws IOException {
        Used used = runs.get(descriptor.id());
        if (used == null) {
            used = load(descriptor, ways);
            runs.put(descriptor.id(), used);
        }
        used.users++;
        return used.run;
    }

    /** The run if a shard of it is here. */
    synchronized Optional<NodeRun> find(String run) {
        return Optional.ofNullable(runs.get(run)).map(used -> used.run);
    }

    /** A shard has ended. */
    synchronized void leave(String run) {
        Used used = runs.get(run);
        if (used != null && --used.users == 0) {
            runs.remove(run);
            try {
                used.store.close();
            } catch (IOException e) {
                // nothing is written any more, so nothing is lost
                return;
            }
        }
    }

    private Used load(RunDescriptor descriptor, Ways ways) throws IOException {
        RunStore store = stores.open(descriptor);
        RunStore own = descriptor.calm() ? new StoreSection(store, "calm/") : store;
        FleetPlan plan = plan(descriptor, store);
        List<HostShard> all = plan.shards(sizes(descriptor));
        ShardBundles bundles = new ShardBundles(descriptor.id(), all);
        ShardSetup setup = new ShardSetup(
                plan,
                node,
                Math.min(ShardSetup.STEP, descriptor.maxEvents().orElse(Long.MAX_VALUE)),
                workers,
                ways.hosts(bundles),
                ways.leaders(bundles),
                permits,
                descriptor.checkpoints() ? Optional.of(own) : Optional.empty(),
                TimeUnit.MILLISECONDS.toNanos(descriptor.checkpointEveryMillis()),
                System.nanoTime(),
                true,
                descriptor.recording());
        Map<String, HostShard> shards = all.stream().collect(Collectors.toMap(HostShard::id, shard -> shard));
        return new Used(new NodeRun(descriptor, setup, shards), store);
    }

    static HostShard.Sizes sizes(RunDescriptor descriptor) {
        return new HostShard.Sizes(descriptor.hostsApart(), descriptor.hostsTogether());
    }

    /** The plan of a run whose scenario is in the store. */
    static FleetPlan plan(RunDescriptor descriptor, RunStore store) throws IOException {
        byte[] bundle = store.get(RunDescriptor.BUNDLE)
                .orElseThrow(() -> new IOException("The store " + RunStores.redacted(descriptor.store())
                        + " does not have the run " + descriptor.id() + "."));
        try {
            return new FleetPlan(ScenarioBundle.decode(bundle).load().scenario(), descriptor.calm());
        } catch (ScenarioException e) {
            throw new IOException(
                    "The scenario of the run cannot be read: " + e.problems().get(0), e);
        }
    }
}
