package org.xenfleet.fleet;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.xenfleet.fleet.conduct.Conducting;
import org.xenfleet.fleet.conduct.Conducting.ToShard;
import org.xenfleet.fleet.conduct.CoupledShard;
import org.xenfleet.fleet.conduct.FleetPlan;
import org.xenfleet.fleet.conduct.HostFactory;
import org.xenfleet.fleet.conduct.HostShard;
import org.xenfleet.fleet.conduct.LooseShard;
import org.xenfleet.fleet.conduct.RunCoordinator;
import org.xenfleet.fleet.conduct.RunCoordinator.RunEnd;
import org.xenfleet.fleet.conduct.ShardSetup;
import org.xenfleet.fleet.conduct.ShardStarter;
import org.xenfleet.fleet.conduct.WorkerPermits;
import org.xenfleet.host.Host;
import org.xenfleet.host.HostSimulation;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.timeline.DeliveryListener;

/** Simulates every host on threads of this process, in an actor system that lives for the run. */
final class InProcessPlacement implements HostPlacement {
    private static final String NODE = "this process";

    @Override
    public Outcome run(FleetPlan plan, RunOptions options, RunSink sink) throws SimulationFailure {
        if (options.traceMessages().isEmpty()) {
            return run(plan, options, sink, host -> Optional.empty());
        }
        try (MessageTrace trace = new MessageTrace(options.traceMessages().get())) {
            return run(plan, options.withWorkers(1), sink, host -> Optional.of(trace.of(host)));
        } catch (IOException e) {
            throw new UncheckedIOException("the message trace cannot be written: " + e.getMessage(), e);
        }
    }

    private static Outcome run(
            FleetPlan plan,
            RunOptions options,
            RunSink sink,
            Function<HostSimulation, Optional<DeliveryListener>> tracing)
            throws SimulationFailure {
        CompletableFuture<RunEnd> end = new CompletableFuture<>();
        ActorSystem<Void> system = ActorSystem.create(
                root(plan, options, sink, tracing, end), "xenfleet", configuration(options.workers()));
        system.getWhenTerminated()
                .thenRun(() ->
                        end.complete(new RunEnd(Outcome.STOPPED, new SimulationFailure("the run ended by itself"))));
        try {
            return outcome(end.get());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SimulationFailure("the run was interrupted");
        } finally {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
        }
    }

    private static Outcome outcome(RunEnd end) throws SimulationFailure {
        if (end.failure() instanceof SimulationFailure failure) {
            throw failure;
        }
        if (end.failure() instanceof RuntimeException unexpected) {
            throw unexpected;
        }
        if (end.failure() != null) {
            throw new IllegalStateException(end.failure());
        }
        return end.outcome();
    }

    private static Behavior<Void> root(
            FleetPlan plan,
            RunOptions options,
            RunSink sink,
            Function<HostSimulation, Optional<DeliveryListener>> tracing,
            CompletableFuture<RunEnd> end) {
        return Behaviors.setup(context -> {
            ActorRef<WorkerPermits.Command> permits = context.spawn(WorkerPermits.create(options.workers()), "workers");
            Shards shards = new Shards();
            shards.setup = Optional.of(new ShardSetup(
                    plan,
                    NODE,
                    Math.min(ShardSetup.STEP, options.maxEvents().orElse(Long.MAX_VALUE)),
                    options.workers(),
                    new Children(plan, tracing),
                    shards::tellLeader,
                    permits,
                    options.store(),
                    System.nanoTime(),
                    options.recording()));
            context.spawn(RunCoordinator.create(plan, options, shards, sink, end::complete), "run");
            return Behaviors.empty();
        });
    }

    /** Conductors are children of the coordinator. */
    private static final class Shards implements ShardStarter {
        private final Map<String, ActorRef<ToShard>> conductors = new HashMap<>();
        private Optional<ShardSetup> setup = Optional.empty();

        @Override
        public void tell(ActorContext<?> coordinator, HostShard shard, ToShard word) {
            conductor(coordinator, shard).tell(word);
        }

        private synchronized ActorRef<ToShard> conductor(ActorContext<?> coordinator, HostShard shard) {
            return conductors.computeIfAbsent(shard.id(), id -> {
                ShardSetup with = setup.orElseThrow();
                Behavior<Conducting.ToShard> conductor =
                        shard.isCoupled() ? CoupledShard.create(shard, with) : LooseShard.create(shard, with);
                ActorRef<ToShard> ref = coordinator.spawn(conductor, "shard-" + conductors.size());
                coordinator.watch(ref);
                return ref;
            });
        }

        private synchronized void tellLeader(String leader, ToShard word) {
            ActorRef<ToShard> conductor = conductors.get(leader);
            if (conductor != null) {
                conductor.tell(word);
            }
        }

        @Override
        public boolean survives() {
            return false;
        }
    }

    /** Hosts are children of their conductor. */
    private record Children(FleetPlan plan, Function<HostSimulation, Optional<DeliveryListener>> tracing)
            implements HostFactory {
        @Override
        public void enter(ActorContext<?> conductor, HostShard shard, int number, Host.Enter command) {
            String name = "host-" + number;
            ActorRef<Host.Command> host = conductor
                    .getChild(name)
                    .<ActorRef<Host.Command>>map(ActorRef::unsafeUpcast)
                    .orElseGet(() -> conductor.spawn(Host.create(number, plan.plan(shard, number), tracing), name));
            host.tell(command);
        }
    }

    /** Hosts run on the default dispatcher, one thread a worker; Pekko leaves the end of the JVM to others. */
    private static Config configuration(int workers) {
        return ConfigFactory.parseMap(Map.of(
                        "pekko.loglevel",
                        "WARNING",
                        "pekko.stdout-loglevel",
                        "WARNING",
                        "pekko.log-dead-letters",
                        0,
                        "pekko.actor.allow-java-serialization",
                        false,
                        "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook",
                        false,
                        "pekko.actor.default-dispatcher.fork-join-executor.parallelism-min",
                        workers,
                        "pekko.actor.default-dispatcher.fork-join-executor.parallelism-max",
                        workers))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
    }
}
