package org.xenfleet.fleet;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.xenfleet.host.Host;
import org.xenfleet.host.HostSimulation;
import org.xenfleet.scenario.Scenario;
import org.xenfleet.timeline.DeliveryListener;

/** Simulates every host on threads of this process, in an actor system that lives for the run. */
final class InProcessPlacement implements HostPlacement {

    @Override
    public Outcome run(Scenario scenario, List<HostInstance> hosts, RunOptions options, RunSink sink)
            throws SimulationFailure {
        if (options.traceMessages().isEmpty()) {
            return run(scenario, hosts, options, sink, host -> Optional.empty());
        }
        try (MessageTrace trace = new MessageTrace(options.traceMessages().get())) {
            return run(scenario, hosts, options, sink, host -> Optional.of(trace.of(host)));
        } catch (IOException e) {
            throw new UncheckedIOException("the message trace cannot be written: " + e.getMessage(), e);
        }
    }

    private static Outcome run(
            Scenario scenario,
            List<HostInstance> hosts,
            RunOptions options,
            RunSink sink,
            Function<HostSimulation, Optional<DeliveryListener>> tracing)
            throws SimulationFailure {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        ActorSystem<Host.Reply> system = ActorSystem.create(
                RunCoordinator.create(scenario, hosts, options, sink, tracing, outcome),
                "xenfleet",
                configuration(options.workers()));
        system.getWhenTerminated()
                .thenRun(() -> outcome.completeExceptionally(new SimulationFailure("the run ended by itself")));
        try {
            return outcome.get();
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
        } finally {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
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
