package org.xenfleet.cluster;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.xenfleet.cluster.RunWords.Came;
import org.xenfleet.cluster.RunWords.Ended;
import org.xenfleet.cluster.RunWords.Refused;
import org.xenfleet.cluster.RunWords.Reported;
import org.xenfleet.cluster.RunWords.RunDescriptor;
import org.xenfleet.cluster.RunWords.StopRun;
import org.xenfleet.cluster.RunWords.Submit;
import org.xenfleet.cluster.RunWords.ToClient;
import org.xenfleet.cluster.RunWords.ToService;
import org.xenfleet.cluster.RunWords.Went;
import org.xenfleet.fleet.Outcome;
import org.xenfleet.fleet.Progress;
import org.xenfleet.fleet.RunSink;
import org.xenfleet.fleet.RunStats;
import org.xenfleet.fleet.SimulationFailure;
import org.xenfleet.observe.HostReport;

/**
 * What a user's process does for a run in a cluster: submits it again and again, so that it is wanted and that a service that
 * took over knows it, and brings what it hears to the sink, each report once.
 */
final class RunClient extends AbstractBehavior<Object> {

    private record Tick() {}

    private static final Duration TICK = Duration.ofMillis(500);

    private final RunDescriptor run;
    private final ActorRef<ToService> service;
    private final RunSink sink;
    private final BooleanSupplier stopRequested;
    private final CompletableFuture<Outcome> end;
    private final Set<String> reported = new HashSet<>();
    private long simulatedNs;
    private long againNs;
    private long takenOverAtMs;
    private long furthestNs;
    private long speaker;

    static Behavior<ToClient> create(
            RunDescriptor run,
            ActorRef<ToService> service,
            RunSink sink,
            BooleanSupplier stopRequested,
            CompletableFuture<Outcome> end) {
        return Behaviors.<Object>setup(context -> Behaviors.withTimers(
                        timers -> new RunClient(context, timers, run, service, sink, stopRequested, end)))
                .narrow();
    }

    private RunClient(
            ActorContext<Object> context,
            TimerScheduler<Object> timers,
            RunDescriptor run,
            ActorRef<ToService> service,
            RunSink sink,
            BooleanSupplier stopRequested,
            CompletableFuture<Outcome> end) {
        super(context);
        this.run = run;
        this.service = service;
        this.sink = sink;
        this.stopRequested = stopRequested;
        this.end = end;
        timers.startTimerAtFixedRate(new Tick(), TICK);
        onTick();
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(Went.class, this::onWent)
                .onMessage(Reported.class, this::onReported)
                .onMessage(Ended.class, this::onEnded)
                .onMessage(Refused.class, word -> fails(new SimulationFailure(word.sentence())))
                .onMessage(Tick.class, tick -> onTick())
                .build();
    }

    private Behavior<Object> onTick() {
        service.tell(new Submit(run, getContext().getSelf().narrow()));
        if (stopRequested.getAsBoolean()) {
            service.tell(new StopRun(run.id()));
        }
        return this;
    }

    private Behavior<Object> onWent(Went word) {
        if (word.service() != speaker) {
            // another service took over, which has yet to hear from the shards
            speaker = word.service();
            furthestNs = simulatedNs;
        }
        if (word.whole()) {
            if (furthestNs > 0) {
                againNs += Math.max(0, furthestNs - word.simulatedNs());
                furthestNs = 0;
                takenOverAtMs = System.currentTimeMillis();
            }
        }
        simulatedNs = word.simulatedNs();
        sink.progress(
                new Progress(word.hostsDone(), word.hostsTotal(), word.simulatedNs(), word.totalNs(), word.events()));
        return this;
    }

    private Behavior<Object> onReported(Reported word) {
        try {
            for (HostReport report : word.reports()) {
                if (reported.add(report.name())) {
                    sink.hostDone(report);
                }
            }
        } catch (RuntimeException e) {
            return fails(e);
        }
        service.tell(new Came(run.id(), word.number()));
        return this;
    }

    private Behavior<Object> onEnded(Ended word) {
        if (!word.failure().isEmpty()) {
            return fails(new SimulationFailure(word.failure()));
        }
        SortedMap<String, Integer> byNode = new TreeMap<>();
        for (int i = 0; i < word.nodes().size(); i++) {
            byNode.put(word.nodes().get(i), word.hosts().get(i));
        }
        sink.ended(new RunStats(
                word.windows(),
                word.pooledNs(),
                word.waitedNs(),
                word.workedNs(),
                word.simulatedNs(),
                word.againNs() + againNs,
                Math.max(takenOverAtMs, word.takenOverAtMs()),
                byNode));
        end.complete(RunService.outcome(word.outcome()));
        return Behaviors.stopped();
    }

    private Behavior<Object> fails(Throwable failure) {
        end.completeExceptionally(failure);
        return Behaviors.stopped();
    }
}
