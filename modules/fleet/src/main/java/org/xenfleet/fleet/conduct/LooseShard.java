package org.xenfleet.fleet.conduct;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.xenfleet.fleet.conduct.Conducting.StartShard;
import org.xenfleet.fleet.conduct.Conducting.StopShard;
import org.xenfleet.host.Host;

/**
 * The conductor of a shard whose hosts meet nobody: as many are alive as there are workers for them, each is advanced in
 * bounded steps, reports, and leaves memory before the next one enters.
 */
public final class LooseShard extends AbstractBehavior<Object> {

    private record AskAgain() {}

    /** A host that is alive. */
    private static final class Running {
        private @Nullable ActorRef<Host.Command> host;
        private Host.Enter enter;
        private long nowNs;
        private byte @Nullable [] saved;
        private boolean toSave;

        private Running(Host.Enter enter) {
            this.enter = enter;
        }
    }

    private static final java.time.Duration PATIENCE = java.time.Duration.ofSeconds(1);

    private final TimerScheduler<Object> timers;
    private final HostShard shard;
    private final ShardSetup setup;
    private final ShardBooks books;
    private final CheckpointClock clock = new CheckpointClock(System.nanoTime());
    private final ArrayDeque<Integer> waiting = new ArrayDeque<>();
    private final SortedMap<Integer, Running> running = new TreeMap<>();
    private final SortedMap<Integer, byte[]> saved = new TreeMap<>();
    private long checkpoints;
    private boolean saving;
    private boolean stopping;

    public static Behavior<Conducting.ToShard> create(HostShard shard, ShardSetup setup) {
        return Behaviors.<Object>setup(
                        context -> Behaviors.withTimers(timers -> new LooseShard(context, timers, shard, setup)))
                .narrow();
    }

    private LooseShard(ActorContext<Object> context, TimerScheduler<Object> timers, HostShard shard, ShardSetup setup) {
        super(context);
        this.timers = timers;
        this.shard = shard;
        this.setup = setup;
        this.books = new ShardBooks(shard, setup);
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(Host.Advanced.class, this::onAdvanced)
                .onMessage(Host.Entered.class, this::onEntered)
                .onMessage(Host.Saved.class, this::onSaved)
                .onMessage(Host.Concluded.class, this::onConcluded)
                .onMessage(Host.Failed.class, this::onFailed)
                .onMessage(WorkerPermits.Granted.class, granted -> startNext())
                .onMessage(StartShard.class, this::onStart)
                .onMessage(StopShard.class, stop -> onStop())
                .onMessage(AskAgain.class, again -> onAskAgain())
                .onSignal(Terminated.class, this::onTerminated)
                .build();
    }

    private Behavior<Object> onStart(StartShard command) {
        boolean first = !books.isStarted();
        books.reportTo(command.run());
        if (!first) {
            return this;
        }
        try {
            books.load(piece()).ifPresent(state -> {
                checkpoints = state.checkpoint() + 1;
                saved.putAll(state.running());
            });
        } catch (IOException e) {
            return failed("The checkpoint of the hosts " + shard.id() + " cannot be read: " + e.getMessage());
        }
        // those that were interrupted come first
        saved.keySet().stream().filter(host -> !books.isDone(host)).forEach(waiting::add);
        for (int host = shard.first(); host < shard.first() + shard.count(); host++) {
            if (!books.isDone(host) && !saved.containsKey(host)) {
                waiting.add(host);
            }
        }
        if (waiting.isEmpty()) {
            return finish();
        }
        for (int i = Math.min(setup.workers(), waiting.size()); i > 0; i--) {
            ActorRef<Object> self = getContext().getSelf();
            setup.permits().tell(new WorkerPermits.Acquire(self.narrow(), self));
        }
        return this;
    }

    /** With a permit in hand. */
    private Behavior<Object> startNext() {
        Integer next = stopping ? null : waiting.poll();
        if (next == null) {
            setup.permits().tell(new WorkerPermits.Release(getContext().getSelf()));
            return running.isEmpty() ? finish() : this;
        }
        if (waiting.isEmpty()) {
            setup.permits().tell(new WorkerPermits.Forget(getContext().getSelf()));
        }
        if (!timers.isTimerActive(AskAgain.class)) {
            timers.startTimerWithFixedDelay(AskAgain.class, new AskAgain(), PATIENCE);
        }
        Host.Enter enter;
        try {
            enter = books.enter(
                    0,
                    next,
                    Optional.ofNullable(saved.get(next)),
                    getContext().getSelf().narrow());
        } catch (IOException e) {
            return failed(String.valueOf(e.getMessage()));
        }
        running.put(next, new Running(enter));
        setup.hosts().enter(getContext(), shard, next, enter);
        return this;
    }

    private Behavior<Object> onAskAgain() {
        running.forEach((number, host) -> {
            if (host.host == null) {
                setup.hosts().enter(getContext(), shard, number, host.enter);
            }
        });
        return this;
    }

    private Behavior<Object> onEntered(Host.Entered reply) {
        Running host = running.get(reply.index());
        if (host == null || host.host != null) {
            return this;
        }
        host.host = reply.host();
        getContext().watch(reply.host());
        return goOn(reply.index(), host, reply.nowNs(), reply.deliveries());
    }

    private Behavior<Object> onAdvanced(Host.Advanced reply) {
        Running host = running.get(reply.index());
        return host == null ? this : goOn(reply.index(), host, reply.nowNs(), reply.deliveries());
    }

    private Behavior<Object> goOn(int number, Running host, long nowNs, long deliveries) {
        boolean second = setup.recording() && nowNs % FleetPlan.EPOCH == 0 && nowNs > host.nowNs;
        host.nowNs = nowNs;
        books.reached(number, nowNs, deliveries);
        if (!saving && setup.store().isPresent() && clock.isDue(System.nanoTime())) {
            saving = true;
            clock.begins(System.nanoTime());
            running.values().forEach(h -> h.toSave = h.host != null);
        }
        if (deliveries == 0 && host.toSave) {
            // one that has not begun yet begins anew as well as from a state
            host.toSave = false;
            if (!checkpointIfAllSaved()) {
                return this;
            }
        }
        if (second || host.toSave) {
            to(host).tell(new Host.Save(List.of()));
        } else {
            advance(host);
        }
        return this;
    }

    private void advance(Running host) {
        long end = setup.plan().scenario().durationNs();
        if (stopping || host.nowNs >= end) {
            to(host).tell(new Host.Conclude());
            return;
        }
        long until = setup.recording() ? (host.nowNs / FleetPlan.EPOCH + 1) * FleetPlan.EPOCH : end;
        to(host).tell(new Host.AdvanceTo(Math.min(until, end), setup.step(), List.of()));
    }

    private Behavior<Object> onSaved(Host.Saved reply) {
        Running host = running.get(reply.index());
        if (host == null) {
            return this;
        }
        if (setup.recording() && host.nowNs % FleetPlan.EPOCH == 0) {
            books.recorded(reply.index(), host.nowNs, reply.state());
        }
        if (host.toSave) {
            host.toSave = false;
            saved.put(reply.index(), reply.state());
            if (!checkpointIfAllSaved()) {
                return this;
            }
        }
        advance(host);
        return this;
    }

    private Behavior<Object> onConcluded(Host.Concluded reply) {
        Running host = running.remove(reply.index());
        if (host == null) {
            return this;
        }
        saved.remove(reply.index());
        getContext().unwatch(to(host));
        books.concluded(reply.index(), reply.report());
        return stopping || checkpointIfAllSaved() ? startNext() : this;
    }

    /** Writes the checkpoint once every host that is alive has been saved; answers false if that ended the shard. */
    private boolean checkpointIfAllSaved() {
        if (saving && running.values().stream().noneMatch(h -> h.toSave)) {
            saving = false;
            boolean written = write();
            clock.ends(System.nanoTime());
            return written;
        }
        return true;
    }

    private boolean write() {
        try {
            books.save(piece(), checkpoints++, saved);
            return true;
        } catch (IOException e) {
            failed("A checkpoint cannot be written: " + e.getMessage());
            return false;
        }
    }

    private Behavior<Object> finish() {
        if (books.isFinished() || (!stopping && !waiting.isEmpty())) {
            return this;
        }
        timers.cancelAll();
        if (!stopping && setup.isWorthKeeping() && !write()) {
            return this;
        }
        try {
            books.keepRecorded();
        } catch (IOException e) {
            return failed("The recorded states cannot be written: " + e.getMessage());
        }
        books.finish();
        return this;
    }

    private Behavior<Object> onStop() {
        stopping = true;
        waiting.clear();
        setup.permits().tell(new WorkerPermits.Forget(getContext().getSelf()));
        return running.isEmpty() ? finish() : this;
    }

    private Behavior<Object> onFailed(Host.Failed reply) {
        books.failed(reply);
        return this;
    }

    private Behavior<Object> failed(String sentence) {
        books.failed(sentence);
        return this;
    }

    /** A host that ends without a word takes its conductor with it; whoever started the shard starts it anew. */
    private Behavior<Object> onTerminated(Terminated gone) {
        boolean mine = running.values().stream()
                .anyMatch(h ->
                        h.host != null && h.host.path().equals(gone.getRef().path()));
        return mine ? Behaviors.stopped() : this;
    }

    private static ActorRef<Host.Command> to(Running host) {
        if (host.host == null) {
            throw new IllegalStateException("a host speaks before it has entered");
        }
        return host.host;
    }

    private String piece() {
        return "shards/" + shard.id();
    }
}
