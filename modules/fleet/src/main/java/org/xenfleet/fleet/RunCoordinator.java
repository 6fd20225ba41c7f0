package org.xenfleet.fleet;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;
import org.xenfleet.host.Host;
import org.xenfleet.host.HostSimulation;
import org.xenfleet.host.plan.HostPlanner;
import org.xenfleet.scenario.HostSpec;
import org.xenfleet.scenario.Scenario;
import org.xenfleet.timeline.DeliveryListener;

/**
 * Lets hosts that meet nobody run through, a few at a time: as many as there are workers are alive, each is advanced in
 * bounded steps, reports, and leaves memory before the next one is built.
 *
 * <pre>
 *   RunCoordinator --AdvanceTo--> Host --Advanced-->  RunCoordinator    until the end of the scenario, or a limit
 *   RunCoordinator --Conclude-->  Host --Concluded--> RunCoordinator    the sink gets the report
 * </pre>
 */
final class RunCoordinator extends AbstractBehavior<Host.Reply> {
    /** Deliveries of a step: some tens of milliseconds, which is how late a limit is noticed. */
    private static final long STEP = 100_000;

    private final Scenario scenario;
    private final RunOptions options;
    private final RunSink sink;
    private final Function<HostSimulation, Optional<DeliveryListener>> tracing;
    private final CompletableFuture<Outcome> outcome;
    private final int total;
    private final long startedAt;

    private final ArrayDeque<HostInstance> waiting;
    private final Map<String, ActorRef<Host.Command>> running = new HashMap<>();
    private final Map<String, Host.Advanced> progress = new HashMap<>();
    private @Nullable HostPlanner planner;
    private int done;
    private long eventsDone;
    private long simulatedDone;
    private @Nullable Outcome stopping;
    private int actorNumber;

    static Behavior<Host.Reply> create(
            Scenario scenario,
            List<HostInstance> hosts,
            RunOptions options,
            RunSink sink,
            Function<HostSimulation, Optional<DeliveryListener>> tracing,
            CompletableFuture<Outcome> outcome) {
        return Behaviors.setup(
                context -> new RunCoordinator(context, scenario, hosts, options, sink, tracing, outcome));
    }

    private RunCoordinator(
            ActorContext<Host.Reply> context,
            Scenario scenario,
            List<HostInstance> hosts,
            RunOptions options,
            RunSink sink,
            Function<HostSimulation, Optional<DeliveryListener>> tracing,
            CompletableFuture<Outcome> outcome) {
        super(context);
        this.scenario = scenario;
        this.options = options;
        this.sink = sink;
        this.tracing = tracing;
        this.outcome = outcome;
        this.waiting = new ArrayDeque<>(hosts);
        this.total = hosts.size();
        this.startedAt = System.nanoTime();
        int atOnce = options.traceMessages().isPresent() ? 1 : options.workers();
        for (int i = 0; i < atOnce; i++) {
            startNext();
        }
        endIfDone();
    }

    @Override
    public Receive<Host.Reply> createReceive() {
        return newReceiveBuilder()
                .onMessage(Host.Advanced.class, this::onAdvanced)
                .onMessage(Host.Concluded.class, this::onConcluded)
                .onMessage(Host.Failed.class, this::onFailed)
                .build();
    }

    private Behavior<Host.Reply> onAdvanced(Host.Advanced reply) {
        progress.put(reply.host(), reply);
        reportProgress();
        checkLimits();
        ActorRef<Host.Command> host = running.get(reply.host());
        if (host == null) {
            throw new IllegalStateException(reply.host() + " is not running");
        }
        if (stopping != null || reply.nowNs() >= scenario.durationNs()) {
            host.tell(new Host.Conclude(getContext().getSelf()));
        } else {
            host.tell(step());
        }
        return this;
    }

    private Behavior<Host.Reply> onConcluded(Host.Concluded reply) {
        running.remove(reply.host());
        progress.remove(reply.host());
        done++;
        eventsDone += reply.report().events();
        simulatedDone += reply.report().simulatedNs();
        try {
            sink.hostDone(reply.report());
        } catch (RuntimeException e) {
            outcome.completeExceptionally(e);
            return Behaviors.stopped();
        }
        checkLimits();
        reportProgress();
        startNext();
        return endIfDone();
    }

    private Behavior<Host.Reply> onFailed(Host.Failed reply) {
        outcome.completeExceptionally(new SimulationFailure(reply.message()));
        return Behaviors.stopped();
    }

    private Behavior<Host.Reply> endIfDone() {
        if (running.isEmpty()) {
            outcome.complete(stopping == null ? Outcome.DONE : stopping);
            return Behaviors.stopped();
        }
        return this;
    }

    private void startNext() {
        HostInstance next = stopping == null ? waiting.poll() : null;
        if (next == null) {
            return;
        }
        var plan = plannerOf(next.spec()).plan(next.name(), scenario.costs(), scenario.seed());
        ActorRef<Host.Command> host = getContext().spawn(Host.create(plan, tracing), "host-" + actorNumber++);
        running.put(next.name(), host);
        host.tell(step());
    }

    /** Hosts come kind by kind. */
    private HostPlanner plannerOf(HostSpec kind) {
        if (planner == null || planner.spec() != kind) {
            planner = HostPlanner.of(kind);
        }
        return planner;
    }

    private Host.AdvanceTo step() {
        long left = options.maxEvents().orElse(Long.MAX_VALUE) - events();
        return new Host.AdvanceTo(
                scenario.durationNs(),
                Math.max(1, Math.min(STEP, left)),
                getContext().getSelf());
    }

    private void checkLimits() {
        if (stopping != null) {
            return;
        }
        if (options.stopRequested().getAsBoolean()) {
            stopping = Outcome.STOPPED;
        } else if (options.maxEvents().isPresent()
                && events() >= options.maxEvents().getAsLong()) {
            stopping = Outcome.MAX_EVENTS;
        } else if (options.maxWallMillis().isPresent()
                && TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt)
                        >= options.maxWallMillis().getAsLong()) {
            stopping = Outcome.MAX_WALL;
        }
    }

    private long events() {
        return eventsDone
                + progress.values().stream()
                        .mapToLong(Host.Advanced::deliveries)
                        .sum();
    }

    private void reportProgress() {
        long simulated = simulatedDone
                + progress.values().stream().mapToLong(Host.Advanced::nowNs).sum();
        sink.progress(new Progress(done, total, simulated, scenario.durationNs() * total, events()));
    }
}
