package org.xenfleet.bench.memory;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.xenfleet.bench.scenario.Scenarios;
import org.xenfleet.host.Host;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.host.plan.HostPlanner;
import org.xenfleet.scenario.LoadedScenario;
import org.xenfleet.scenario.Scenario;

/** Keeps hosts alive in an actor system of their own, as a run does, all at the same simulated instant. */
final class LiveHosts implements AutoCloseable {
    /** Asks for more hosts, advanced to {@code untilNs}. */
    private record More(int hosts, CompletableFuture<Integer> done) {}

    private static final class Keeper extends AbstractBehavior<Object> {
        private final Scenario scenario;
        private final HostPlanner planner;
        private final long untilNs;
        private CompletableFuture<Integer> done = CompletableFuture.completedFuture(0);
        private int alive;
        private int missing;

        Keeper(ActorContext<Object> context, LoadedScenario scenario, long untilNs) {
            super(context);
            this.scenario = scenario.scenario();
            this.planner = Scenarios.planner(scenario);
            this.untilNs = untilNs;
        }

        @Override
        public Receive<Object> createReceive() {
            return newReceiveBuilder()
                    .onMessage(More.class, this::onMore)
                    .onMessage(Host.Entered.class, this::onEntered)
                    .onMessage(Host.Advanced.class, this::onAdvanced)
                    .onMessage(Host.Failed.class, this::onFailed)
                    .build();
        }

        private HostPlan plan(String name) {
            return planner.plan(name, scenario.costs(), scenario.seed());
        }

        private Behavior<Object> onMore(More more) {
            done = more.done();
            missing = more.hosts();
            for (int i = 0; i < more.hosts(); i++) {
                ActorRef<Host.Command> host = getContext()
                        .spawn(Host.create(alive, plan("p/" + alive), simulation -> Optional.empty()), "host-" + alive);
                alive++;
                host.tell(new Host.Enter(
                        0, Optional.empty(), false, getContext().getSelf().narrow()));
            }
            return this;
        }

        private Behavior<Object> onEntered(Host.Entered reply) {
            reply.host().tell(new Host.AdvanceTo(untilNs, Long.MAX_VALUE, List.of()));
            return this;
        }

        private Behavior<Object> onAdvanced(Host.Advanced reply) {
            missing--;
            if (missing == 0) {
                done.complete(alive);
            }
            return this;
        }

        private Behavior<Object> onFailed(Host.Failed reply) {
            done.completeExceptionally(new IllegalStateException(reply.message()));
            return Behaviors.stopped();
        }
    }

    private final ActorSystem<Object> system;

    LiveHosts(LoadedScenario scenario, long untilNs) {
        this.system = ActorSystem.create(
                Behaviors.setup(context -> new Keeper(context, scenario, untilNs)),
                "live-hosts",
                ConfigFactory.parseMap(Map.of("pekko.loglevel", "WARNING", "pekko.stdout-loglevel", "WARNING"))
                        .withFallback(ConfigFactory.defaultReference())
                        .resolve());
    }

    /** Adds so many hosts, waits until they have advanced, and answers how many are alive now. */
    int add(int hosts) {
        CompletableFuture<Integer> done = new CompletableFuture<>();
        system.tell(new More(hosts, done));
        return done.join();
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
