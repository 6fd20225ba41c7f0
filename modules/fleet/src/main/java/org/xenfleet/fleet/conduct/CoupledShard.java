package org.xenfleet.fleet.conduct;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.xenfleet.fleet.conduct.Conducting.AdvancePart;
import org.xenfleet.fleet.conduct.Conducting.BeginPart;
import org.xenfleet.fleet.conduct.Conducting.EndPart;
import org.xenfleet.fleet.conduct.Conducting.PartAdvanced;
import org.xenfleet.fleet.conduct.Conducting.PartBegun;
import org.xenfleet.fleet.conduct.Conducting.PartJoins;
import org.xenfleet.fleet.conduct.Conducting.PartSaved;
import org.xenfleet.fleet.conduct.Conducting.SavePart;
import org.xenfleet.fleet.conduct.Conducting.StartShard;
import org.xenfleet.fleet.conduct.Conducting.StopShard;
import org.xenfleet.fleet.conduct.Conducting.ToShard;
import org.xenfleet.host.ChannelMessage;
import org.xenfleet.host.Host;

/**
 * The conductor of a shard whose hosts meet: leads them through the windows that the leader of their pool announces. All its
 * hosts are alive from the beginning to the end. That of part 0 has the leader in it.
 */
public final class CoupledShard extends AbstractBehavior<Object> {

    private record AskAgain() {}

    private static final class Member {
        private @Nullable ActorRef<Host.Command> host;
        private long nowNs;
        private long promiseNs;
    }

    private enum Phase {
        /** Has no permit yet. */
        WAITING,
        /** Has asked the leader to take it in. */
        JOINING,
        /** Hosts of a former attempt are told to leave. */
        CLEARING,
        ENTERING,
        /** Between two words of the leader. */
        STANDING,
        ADVANCING,
        SAVING,
        CONCLUDING,
        DONE
    }

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final TimerScheduler<Object> timers;
    private final HostShard shard;
    private final ShardSetup setup;
    private final ShardBooks books;
    private final WindowWatch watch;
    private final @Nullable Leading leading;
    private final SortedMap<Integer, Member> members = new TreeMap<>();
    private final SortedMap<Integer, byte[]> states = new TreeMap<>();
    private final List<ChannelMessage> sent = new ArrayList<>();
    private Phase phase = Phase.WAITING;
    private @Nullable BeginPart attempt;
    private @Nullable SavePart save;
    /** The last word of the leader that is not a beginning, and what was answered to the last of all; null until then. */
    private long step;

    private @Nullable ToShard answer;
    private long untilNs;
    private int awaited;
    private boolean permitted;

    public static Behavior<ToShard> create(HostShard shard, ShardSetup setup) {
        return Behaviors.<Object>setup(
                        context -> Behaviors.withTimers(timers -> new CoupledShard(context, timers, shard, setup)))
                .narrow();
    }

    private CoupledShard(
            ActorContext<Object> context, TimerScheduler<Object> timers, HostShard shard, ShardSetup setup) {
        super(context);
        this.timers = timers;
        this.shard = shard;
        this.setup = setup;
        this.books = new ShardBooks(shard, setup);
        this.watch = new WindowWatch(Math.min(setup.workers(), shard.count()));
        this.leading = shard.part() == 0 ? new Leading(context, shard, setup, books) : null;
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(Host.Advanced.class, this::onAdvanced)
                .onMessage(AdvancePart.class, this::onAdvancePart)
                .onMessage(PartAdvanced.class, word -> led(l -> l.leader().advanced(word)))
                .onMessage(Host.Entered.class, this::onEntered)
                .onMessage(Host.Saved.class, this::onSaved)
                .onMessage(Host.Concluded.class, this::onConcluded)
                .onMessage(Host.Failed.class, this::onFailed)
                .onMessage(StartShard.class, this::onStart)
                .onMessage(WorkerPermits.Granted.class, granted -> onGranted())
                .onMessage(BeginPart.class, this::onBeginPart)
                .onMessage(SavePart.class, this::onSavePart)
                .onMessage(EndPart.class, this::onEndPart)
                .onMessage(PartJoins.class, word -> led(l -> l.joins(word)))
                .onMessage(PartBegun.class, word -> led(l -> l.leader().begun(word)))
                .onMessage(PartSaved.class, word -> led(l -> l.leader().saved(word)))
                .onMessage(StopShard.class, stop -> onStop())
                .onMessage(AskAgain.class, again -> onAskAgain())
                .onSignal(Terminated.class, this::onTerminated)
                .build();
    }

    private Behavior<Object> led(Consumer<Leading> by) {
        if (leading != null) {
            try {
                by.accept(leading);
            } catch (IllegalStateException e) {
                books.failed(String.valueOf(e.getMessage()));
            }
        }
        return this;
    }

    private Behavior<Object> onStart(StartShard command) {
        boolean first = !books.isStarted();
        books.reportTo(command.run());
        if (!first) {
            return this;
        }
        timers.startTimerWithFixedDelay(AskAgain.class, new AskAgain(), PATIENCE);
        if (shard.parts() > 1) {
            // parts wait for each other and so not for permits
            return onGranted();
        }
        ActorRef<Object> self = getContext().getSelf();
        setup.permits().tell(new WorkerPermits.Acquire(self.narrow(), self));
        return this;
    }

    private Behavior<Object> onGranted() {
        permitted = shard.parts() == 1;
        if (phase == Phase.DONE) {
            release();
            return this;
        }
        try {
            if (shard.parts() == 1 && books.load(donePiece()).isPresent()) {
                return finish();
            }
        } catch (IOException e) {
            return failed("The checkpoint of the hosts " + shard.id() + " cannot be read: " + e.getMessage());
        }
        phase = Phase.JOINING;
        return join();
    }

    private Behavior<Object> join() {
        PartJoins word = new PartJoins(shard.part(), getContext().getSelf().narrow());
        if (leading != null) {
            return led(l -> l.joins(word));
        }
        setup.leader().accept(shard.ofPart(0), word);
        return this;
    }

    private Behavior<Object> onAskAgain() {
        if (phase == Phase.JOINING && leading == null) {
            return join();
        }
        if (leading != null) {
            leading.askAgain();
        }
        if (phase == Phase.ENTERING) {
            members.forEach((number, member) -> {
                if (member.host == null) {
                    enter(number);
                }
            });
        }
        return this;
    }

    private Behavior<Object> onBeginPart(BeginPart command) {
        BeginPart before = attempt;
        if (before != null && before.attempt() == command.attempt()) {
            return answerAgain(0);
        }
        if (before != null) {
            getContext().unwatch(before.leader());
        }
        if (leading == null) {
            getContext().watch(command.leader());
        }
        attempt = command;
        step = 0;
        answer = null;
        phase = Phase.CLEARING;
        awaited = 0;
        for (Member member : members.values()) {
            if (member.host != null) {
                getContext().watch(member.host);
                member.host.tell(new Host.Leave());
                awaited++;
            }
        }
        return awaited == 0 ? enterAll() : this;
    }

    private Behavior<Object> enterAll() {
        BeginPart begin = begin();
        books.beginAnew();
        members.clear();
        states.clear();
        sent.clear();
        try {
            if (begin.checkpoint() >= 0) {
                ShardState state =
                        books.load(piece(begin.checkpoint())).orElseThrow(() -> new IOException("it is not there"));
                if (state.checkpoint() != begin.checkpoint()) {
                    throw new IOException("it has number " + state.checkpoint() + ", not " + begin.checkpoint());
                }
                states.putAll(state.running());
            }
        } catch (IOException e) {
            return failed("The checkpoint of the hosts " + shard.id() + " cannot be read: " + e.getMessage());
        }
        phase = Phase.ENTERING;
        awaited = shard.count();
        for (int host = shard.first(); host < shard.first() + shard.count(); host++) {
            members.put(host, new Member());
            enter(host);
        }
        return this;
    }

    private void enter(int host) {
        try {
            Host.Enter enter = books.enter(
                    begin().attempt(),
                    host,
                    Optional.ofNullable(states.get(host)),
                    getContext().getSelf().narrow());
            setup.hosts().enter(getContext(), shard, host, enter);
        } catch (IOException e) {
            failed(String.valueOf(e.getMessage()));
        }
    }

    private Behavior<Object> onEntered(Host.Entered reply) {
        Member member = members.get(reply.index());
        if (isStale(reply) || member == null || member.host != null) {
            return this;
        }
        member.host = reply.host();
        getContext().watch(reply.host());
        note(reply.index(), member, reply.nowNs(), reply.promiseNs(), reply.deliveries());
        if (--awaited == 0) {
            phase = Phase.STANDING;
            states.clear();
            untilNs = reply.nowNs();
            tellLeader(new PartBegun(reply.attempt(), shard.part(), reply.nowNs(), promise()));
        }
        return this;
    }

    private Behavior<Object> onAdvancePart(AdvancePart command) {
        if (isStale(command.attempt())) {
            return this;
        }
        if (command.step() <= step) {
            return answerAgain(command.step());
        }
        begins(command.step());
        phase = Phase.ADVANCING;
        untilNs = command.untilNs();
        awaited = shard.count();
        watch.begins(System.nanoTime());
        Map<Integer, List<ChannelMessage>> byHost = byHost(command.incoming());
        members.forEach((number, member) ->
                to(member).tell(new Host.AdvanceTo(untilNs, setup.step(), byHost.getOrDefault(number, List.of()))));
        return this;
    }

    private Behavior<Object> onAdvanced(Host.Advanced reply) {
        Member member = members.get(reply.index());
        if (isStale(reply) || member == null) {
            return this;
        }
        note(reply.index(), member, reply.nowNs(), reply.promiseNs(), reply.deliveries());
        sent.addAll(reply.sent());
        if (reply.nowNs() < untilNs) {
            to(member).tell(new Host.AdvanceTo(untilNs, setup.step(), List.of()));
            return this;
        }
        watch.answered(System.nanoTime(), --awaited);
        if (awaited == 0) {
            phase = Phase.STANDING;
            books.waitedNs = watch.waitedNs();
            books.workedNs = watch.workedNs();
            sent.sort(null);
            PartAdvanced word = new PartAdvanced(reply.attempt(), step, shard.part(), promise(), List.copyOf(sent));
            sent.clear();
            tellLeader(word);
        }
        return this;
    }

    private Behavior<Object> onSavePart(SavePart command) {
        if (isStale(command.attempt())) {
            return this;
        }
        if (command.step() <= step) {
            return answerAgain(command.step());
        }
        begins(command.step());
        phase = Phase.SAVING;
        save = command;
        awaited = shard.count();
        Map<Integer, List<ChannelMessage>> byHost = byHost(command.incoming());
        members.forEach((number, member) -> to(member).tell(new Host.Save(byHost.getOrDefault(number, List.of()))));
        return this;
    }

    private Behavior<Object> onSaved(Host.Saved reply) {
        SavePart command = save;
        if (isStale(reply) || command == null) {
            return this;
        }
        if (setup.recording() && untilNs % FleetPlan.EPOCH == 0) {
            books.recorded(reply.index(), untilNs, reply.state());
        }
        states.put(reply.index(), reply.state());
        if (--awaited > 0) {
            return this;
        }
        save = null;
        phase = Phase.STANDING;
        try {
            if (command.durably()) {
                books.save(piece(command.checkpoint()), command.checkpoint(), states);
            }
        } catch (IOException e) {
            return failed("A checkpoint cannot be written: " + e.getMessage());
        }
        states.clear();
        tellLeader(new PartSaved(command.attempt(), step, shard.part()));
        return this;
    }

    private Behavior<Object> onEndPart(EndPart command) {
        if (isStale(command.attempt()) || phase == Phase.CONCLUDING || phase == Phase.DONE) {
            return this;
        }
        phase = Phase.CONCLUDING;
        awaited = shard.count();
        members.values().forEach(member -> {
            getContext().unwatch(to(member));
            to(member).tell(new Host.Conclude());
        });
        return this;
    }

    private Behavior<Object> onConcluded(Host.Concluded reply) {
        Member member = members.get(reply.index());
        if (isStale(reply) || member == null) {
            return this;
        }
        member.host = null;
        books.concluded(reply.index(), reply.report());
        return --awaited == 0 ? finish() : this;
    }

    private Behavior<Object> finish() {
        phase = Phase.DONE;
        release();
        try {
            // parts are done together or not at all, and begin anew from their last common checkpoint
            boolean atEnd = untilNs >= setup.plan().scenario().durationNs();
            if (shard.parts() == 1 && atEnd && setup.isWorthKeeping()) {
                books.save(donePiece(), 0, new TreeMap<>());
            }
            books.keepRecorded();
        } catch (IOException e) {
            return failed("A checkpoint cannot be written: " + e.getMessage());
        }
        books.finish();
        return this;
    }

    private void release() {
        if (permitted) {
            permitted = false;
            setup.permits().tell(new WorkerPermits.Release(getContext().getSelf()));
        }
    }

    /** Before its first window it has nothing to report; after that the leader ends it between two windows. */
    private Behavior<Object> onStop() {
        if (leading != null) {
            leading.stop();
        }
        if (phase == Phase.WAITING || phase == Phase.JOINING) {
            setup.permits().tell(new WorkerPermits.Forget(getContext().getSelf()));
            phase = Phase.DONE;
            books.finish();
        }
        return this;
    }

    private Behavior<Object> onFailed(Host.Failed reply) {
        if (!isStale(reply)) {
            books.failed(reply);
        }
        return this;
    }

    private Behavior<Object> failed(String sentence) {
        books.failed(sentence);
        return this;
    }

    private Behavior<Object> onTerminated(Terminated gone) {
        if (leading != null && leading.lost(gone)) {
            return this;
        }
        BeginPart begin = attempt;
        if (begin != null && gone.getRef().path().equals(begin.leader().path())) {
            // another leads from now on; it will say where from, also to those that are done, as it may not be
            phase = Phase.JOINING;
            return this;
        }
        if (phase == Phase.CLEARING) {
            return --awaited == 0 ? enterAll() : this;
        }
        boolean mine = members.values().stream()
                .anyMatch(m ->
                        m.host != null && m.host.path().equals(gone.getRef().path()));
        // a host that ends without a word takes its conductor with it; whoever started the shard starts it anew
        return mine && phase != Phase.JOINING ? Behaviors.stopped() : this;
    }

    private void note(int number, Member member, long nowNs, long promiseNs, long deliveries) {
        member.nowNs = nowNs;
        member.promiseNs = promiseNs;
        books.reached(number, nowNs, deliveries);
    }

    private long promise() {
        return members.values().stream().mapToLong(m -> m.promiseNs).min().orElse(Long.MAX_VALUE);
    }

    /** Messages know their hosts by the index in their pool. */
    private Map<Integer, List<ChannelMessage>> byHost(List<ChannelMessage> incoming) {
        Map<Integer, List<ChannelMessage>> byHost = new TreeMap<>();
        int pool = shard.first() - shard.indexInPool(shard.first());
        for (ChannelMessage message : incoming) {
            byHost.computeIfAbsent(pool + message.receiver(), h -> new ArrayList<>())
                    .add(message);
        }
        return byHost;
    }

    private boolean isStale(Host.Reply reply) {
        return isStale(reply.attempt()) || phase == Phase.CLEARING;
    }

    private boolean isStale(long ofAttempt) {
        return attempt == null || ofAttempt != attempt.attempt() || phase == Phase.JOINING;
    }

    private void begins(long number) {
        step = number;
        answer = null;
    }

    private void tellLeader(ToShard word) {
        answer = word;
        begin().leader().tell(word);
    }

    /** To what was said again, if it has been answered and nothing else has been said since. */
    private Behavior<Object> answerAgain(long number) {
        if (number == step && answer != null) {
            begin().leader().tell(answer);
        }
        return this;
    }

    private BeginPart begin() {
        if (attempt == null) {
            throw new IllegalStateException("part " + shard.id() + " has not begun");
        }
        return attempt;
    }

    private static ActorRef<Host.Command> to(Member member) {
        if (member.host == null) {
            throw new IllegalStateException("a host has not entered");
        }
        return member.host;
    }

    /** Two of them, in turn, as the last but one is what all parts have until all have the last. */
    private String piece(long checkpoint) {
        return "shards/" + shard.id() + "/" + checkpoint % 2;
    }

    private String donePiece() {
        return "shards/" + shard.id() + "/done";
    }
}
