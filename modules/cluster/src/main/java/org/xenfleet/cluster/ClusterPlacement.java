package org.xenfleet.cluster;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Props;
import org.xenfleet.cluster.RunWords.RunDescriptor;
import org.xenfleet.cluster.RunWords.ToService;
import org.xenfleet.fleet.HostPlacement;
import org.xenfleet.fleet.Outcome;
import org.xenfleet.fleet.RunOptions;
import org.xenfleet.fleet.RunSink;
import org.xenfleet.fleet.RunStore;
import org.xenfleet.fleet.ScenarioBundle;
import org.xenfleet.fleet.SimulationFailure;
import org.xenfleet.fleet.conduct.FleetPlan;
import org.xenfleet.fleet.store.RunStores;
import org.xenfleet.fleet.store.StoreLocation;

/** Simulates hosts on the nodes of a cluster of which this process is a member. */
final class ClusterPlacement implements HostPlacement {
    private final ClusterNode self;
    private final ActorRef<ToService> service;
    private final String run;
    private final StoreLocation store;
    private final ScenarioBundle scenario;
    private final CompletionStage<String> deserted;
    private final AtomicInteger clients = new AtomicInteger();

    /**
     * @param run name of the run in its store
     * @param store the place of the run's store, which every node can reach
     * @param deserted done, with a sentence, when nobody is left who could simulate
     */
    ClusterPlacement(
            ClusterNode self,
            ActorRef<ToService> service,
            String run,
            StoreLocation store,
            ScenarioBundle scenario,
            CompletionStage<String> deserted) {
        this.self = self;
        this.service = service;
        this.run = run;
        this.store = store;
        this.scenario = scenario;
        this.deserted = deserted;
    }

    @Override
    public Outcome run(FleetPlan plan, RunOptions options, RunSink sink) throws SimulationFailure {
        if (options.traceMessages().isPresent()) {
            throw new SimulationFailure("Messages are traced in one process only; leave --nodes out.");
        }
        try (RunStore opened = RunStores.open(store, run)) {
            opened.put(RunDescriptor.BUNDLE, scenario.encode());
        } catch (IOException e) {
            throw new SimulationFailure("The scenario cannot be written into the run's store: " + e.getMessage(), e);
        }
        RunDescriptor descriptor = new RunDescriptor(
                // one that is taken up again is another to the cluster, and the same to the store
                run + (plan.calm() ? "calm" : "") + "-" + Long.toHexString(System.nanoTime()),
                store.forOthers(),
                run,
                plan.calm(),
                options.maxWallMillis(),
                options.maxEvents(),
                options.sizes().apart(),
                options.sizes().together(),
                options.store().isPresent(),
                options.checkpointEveryMillis(),
                options.recording());
        CompletableFuture<Outcome> end = new CompletableFuture<>();
        self.system()
                .systemActorOf(
                        RunClient.create(descriptor, service, sink, options.stopRequested(), end),
                        "run-client-" + clients.getAndIncrement(),
                        Props.empty());
        deserted.thenAccept(
                why -> end.completeExceptionally(new SimulationFailure(why + " xenfleet resume finishes the run.")));
        try {
            return end.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SimulationFailure failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException unexpected) {
                throw unexpected;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SimulationFailure("the run was interrupted");
        }
    }
}
