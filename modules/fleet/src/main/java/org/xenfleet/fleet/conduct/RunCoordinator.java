package org.xenfleet.fleet.conduct;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.xenfleet.fleet.Outcome;
import org.xenfleet.fleet.Progress;
import org.xenfleet.fleet.RunOptions;
import org.xenfleet.fleet.RunSink;
import org.xenfleet.fleet.RunStats;
import org.xenfleet.fleet.SimulationFailure;
import org.xenfleet.fleet.conduct.Conducting.HostsDone;
import org.xenfleet.fleet.conduct.Conducting.ShardDone;
import org.xenfleet.fleet.conduct.Conducting.ShardFailed;
import org.xenfleet.fleet.conduct.Conducting.ShardLeaves;
import org.xenfleet.fleet.conduct.Conducting.ShardProgress;
import org.xenfleet.fleet.conduct.Conducting.StartShard;
import org.xenfleet.fleet.conduct.Conducting.StopShard;
import org.xenfleet.observe.HostReport;

/**
 * Looks after a whole run: starts its shards, asks after those that have gone silent, brings reports to the sink, each once, and
 * ends the run when all is done, a limit is reached, or something went wrong. Knows nothing that it could not be told again.
 */
public final class RunCoordinator extends AbstractBehavior<Object> {

    /** A node is lost: whoever was on it is started elsewhere. */
    public record NodeLost() {}

    private record Tick() {}

    private static final Duration TICK = Duration.ofMillis(200);

    private final FleetPlan plan;
    private final RunOptions options;
    private final ShardStarter starter;
    private final RunSink sink;
    private final Consumer<RunEnd> end;
    private final int hosts;
    private final long startedAt = System.nanoTime();
    private final Map<String, KnownShard> shards = new LinkedHashMap<>();
    /** Pools of several shards, which are simulated one after the other: their parts wait for each other. */
    private final ArrayDeque<List<KnownShard>> inParts = new ArrayDeque<>();

    private final Set<String> reported = new HashSet<>();
    private int left;
    /** Shards that have been started and have not said anything. */
    private int unheard;

    private int hostsDone;
    private long simulatedNs;
    private long events;
    private long againNs;
    private long takenOverAtMs;
    private @Nullable Outcome stopping;

    /** How the run ended: well, or with what went wrong. */
    public record RunEnd(Outcome outcome, @Nullable Throwable failure) {}

    /** @param end told once, on this actor's thread; the actor then stops */
    public static Behavior<Conducting.ToRun> create(
            FleetPlan plan, RunOptions options, ShardStarter starter, RunSink sink, Consumer<RunEnd> end) {
        return Behaviors.<Object>setup(context -> Behaviors.withTimers(
                        timers -> new RunCoordinator(context, timers, plan, options, starter, sink, end)))
                .narrow();
    }

    private RunCoordinator(
            ActorContext<Object> context,
            TimerScheduler<Object> timers,
            FleetPlan plan,
            RunOptions options,
            ShardStarter starter,
            RunSink sink,
            Consumer<RunEnd> end) {
        super(context);
        this.plan = plan;
        this.options = options;
        this.starter = starter;
        this.sink = sink;
        this.end = end;
        List<HostShard> all = plan.shards(options.sizes());
        this.hosts = all.stream().mapToInt(HostShard::count).sum();
        Map<String, List<KnownShard>> pools = new LinkedHashMap<>();
        for (HostShard shard : all) {
            String leader = shard.parts() > 1 ? shard.ofPart(0) : shard.id();
            List<KnownShard> pool = pools.computeIfAbsent(leader, id -> new ArrayList<>());
            shards.put(shard.id(), new KnownShard(shard, pool));
        }
        this.left = shards.size();
        for (List<KnownShard> pool : pools.values()) {
            if (pool.size() > 1) {
                inParts.add(pool);
            } else {
                pool.forEach(this::start);
            }
        }
        startNextPool();
        timers.startTimerWithFixedDelay(new Tick(), TICK);
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(ShardProgress.class, this::onProgress)
                .onMessage(HostsDone.class, this::onHostsDone)
                .onMessage(ShardDone.class, this::onShardDone)
                .onMessage(ShardLeaves.class, this::onShardLeaves)
                .onMessage(ShardFailed.class, failed -> fails(new SimulationFailure(failed.message())))
                .onMessage(NodeLost.class, lost -> onNodeLost())
                .onMessage(Tick.class, tick -> onTick())
                .onSignal(Terminated.class, gone -> onConductorGone())
                .build();
    }

    private Behavior<Object> onProgress(ShardProgress word) {
        note(word);
        return checkLimits();
    }

    private Behavior<Object> onHostsDone(HostsDone word) {
        KnownShard known = known(word.shard());
        for (HostReport report : word.reports()) {
            if (reported.add(report.name())) {
                hostsDone++;
                known.reported();
                try {
                    sink.hostDone(report);
                } catch (RuntimeException e) {
                    return fails(e);
                }
            }
        }
        known.heard(System.nanoTime());
        tellProgress();
        return this;
    }

    private Behavior<Object> onShardDone(ShardDone word) {
        KnownShard known = known(word.shard());
        note(word.last());
        if (!known.hasReportedAll()) {
            // some got lost on the way; who is asked when it is done says everything again
            start(known);
            return this;
        }
        if (!known.isDone()) {
            known.isDoneNow();
            left--;
            List<KnownShard> pool = inParts.peek();
            if (pool != null && pool.stream().allMatch(KnownShard::isDone)) {
                inParts.remove();
                startNextPool();
            }
        }
        return left == 0 ? ends() : checkLimits();
    }

    private Behavior<Object> onShardLeaves(ShardLeaves word) {
        KnownShard known = known(word.shard());
        if (known.isUnderWay()) {
            askAfter(known);
        }
        return this;
    }

    private Behavior<Object> onTick() {
        if (starter.survives()) {
            long now = System.nanoTime();
            askAfter(known -> known.isToBeAsked(now));
        }
        return checkLimits();
    }

    private Behavior<Object> onNodeLost() {
        shards.values().forEach(KnownShard::nodeLost);
        askAfter(KnownShard::isUnderWay);
        return this;
    }

    private Behavior<Object> onConductorGone() {
        return fails(new SimulationFailure("the run ended by itself"));
    }

    private void askAfter(Predicate<KnownShard> which) {
        for (KnownShard known : shards.values()) {
            if (which.test(known)) {
                askAfter(known);
            }
        }
    }

    private void askAfter(KnownShard known) {
        start(known);
        if (stopping != null) {
            starter.tell(getContext(), known.shard(), new StopShard());
        }
    }

    private void startNextPool() {
        List<KnownShard> next = inParts.peek();
        if (next != null) {
            next.forEach(this::start);
        }
    }

    private void start(KnownShard known) {
        unheard += known.isStarted() ? 0 : 1;
        known.asked(System.nanoTime());
        starter.tell(
                getContext(),
                known.shard(),
                new StartShard(getContext().getSelf().narrow()));
    }

    private void note(ShardProgress word) {
        KnownShard known = known(word.shard());
        if (known.isTakenOver(word)) {
            takenOverAtMs = System.currentTimeMillis();
        }
        ShardProgress before = known.progressed(word);
        known.heard(System.nanoTime());
        if (before == null && --unheard == 0) {
            sink.allHeard();
        }
        simulatedNs += word.simulatedNs() - (before == null ? 0 : before.simulatedNs());
        events += word.events() - (before == null ? 0 : before.events());
        if (before != null && word.simulatedNs() < before.simulatedNs()) {
            againNs += before.simulatedNs() - word.simulatedNs();
        }
        tellProgress();
    }

    private Behavior<Object> checkLimits() {
        if (stopping != null || (events == 0 && !starter.survives())) {
            // who is stopped at once still has a little to show
            return this;
        }
        long wall = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt);
        if (options.stopRequested().getAsBoolean()) {
            stopping = Outcome.STOPPED;
        } else if (events >= options.maxEvents().orElse(Long.MAX_VALUE)) {
            stopping = Outcome.MAX_EVENTS;
        } else if (wall >= options.maxWallMillis().orElse(Long.MAX_VALUE)) {
            stopping = Outcome.MAX_WALL;
        } else {
            return this;
        }
        for (KnownShard known : shards.values()) {
            if (!known.isStarted()) {
                known.isDoneNow();
                left--;
            } else if (known.isUnderWay()) {
                starter.tell(getContext(), known.shard(), new StopShard());
            }
        }
        inParts.clear();
        return left == 0 ? ends() : this;
    }

    private void tellProgress() {
        sink.progress(
                new Progress(hostsDone, hosts, simulatedNs, plan.scenario().durationNs() * hosts, events));
    }

    private Behavior<Object> ends() {
        sink.ended(stats());
        end.accept(new RunEnd(stopping == null ? Outcome.DONE : stopping, null));
        return Behaviors.stopped();
    }

    private Behavior<Object> fails(Throwable failure) {
        end.accept(new RunEnd(Outcome.STOPPED, failure));
        return Behaviors.stopped();
    }

    private RunStats stats() {
        long windows = 0;
        long pooledNs = 0;
        long waitedNs = 0;
        long workedNs = 0;
        SortedMap<String, Integer> byNode = new TreeMap<>();
        for (KnownShard known : shards.values()) {
            ShardProgress last = known.last();
            if (last != null) {
                windows += last.windows();
                waitedNs += last.waitedNs();
                workedNs += last.workedNs();
                byNode.merge(last.node(), last.hostsDone(), Integer::sum);
                if (known.shard().isCoupled() && known.shard().part() == 0) {
                    pooledNs += last.simulatedNs() / known.shard().count();
                }
            }
        }
        return new RunStats(windows, pooledNs, waitedNs, workedNs, simulatedNs, againNs, takenOverAtMs, byNode);
    }

    private KnownShard known(String id) {
        KnownShard known = shards.get(id);
        if (known == null) {
            throw new IllegalStateException("there is no shard " + id);
        }
        return known;
    }
}
