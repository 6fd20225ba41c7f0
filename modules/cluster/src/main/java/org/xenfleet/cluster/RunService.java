package org.xenfleet.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;
import org.jspecify.annotations.Nullable;
import org.xenfleet.cluster.RunWords.AskStatus;
import org.xenfleet.cluster.RunWords.Came;
import org.xenfleet.cluster.RunWords.Ended;
import org.xenfleet.cluster.RunWords.Refused;
import org.xenfleet.cluster.RunWords.Retire;
import org.xenfleet.cluster.RunWords.RunDescriptor;
import org.xenfleet.cluster.RunWords.StartOn;
import org.xenfleet.cluster.RunWords.Status;
import org.xenfleet.cluster.RunWords.StopRun;
import org.xenfleet.cluster.RunWords.Submit;
import org.xenfleet.cluster.RunWords.ToClient;
import org.xenfleet.cluster.RunWords.ToService;
import org.xenfleet.cluster.RunWords.Went;
import org.xenfleet.fleet.Outcome;
import org.xenfleet.fleet.Progress;
import org.xenfleet.fleet.RunOptions;
import org.xenfleet.fleet.RunSink;
import org.xenfleet.fleet.RunStats;
import org.xenfleet.fleet.RunStore;
import org.xenfleet.fleet.conduct.Conducting.StartShard;
import org.xenfleet.fleet.conduct.Conducting.ToRun;
import org.xenfleet.fleet.conduct.Conducting.ToShard;
import org.xenfleet.fleet.conduct.FleetPlan;
import org.xenfleet.fleet.conduct.HostShard;
import org.xenfleet.fleet.conduct.RunCoordinator;
import org.xenfleet.fleet.conduct.RunCoordinator.RunEnd;
import org.xenfleet.fleet.conduct.ShardStarter;
import org.xenfleet.observe.HostReport;

/**
 * The one actor of a cluster that takes runs, one at a time, on whatever node it is at the moment. It keeps nothing: if its node
 * dies, the client submits its run again to the next one, which asks all shards how far they are.
 */
final class RunService extends AbstractBehavior<Object> {

    private record Over(String run, RunEnd end, RunStats stats) {}

    /** A run that goes on, or has ended and whose client may not have heard of it. */
    private final class Running implements RunSink, ShardStarter {
        private final RunDescriptor descriptor;
        private final FleetPlan plan;
        private final List<HostShard> shards;
        private final ShardBundles bundles;
        private final ActorRef<ToRun> coordinator;
        private final ReportPost post = new ReportPost(System::nanoTime);
        private volatile ActorRef<ToClient> client;
        private volatile boolean stopRequested;
        private volatile long heardAt = System.nanoTime();
        private volatile Progress latest;
        private long toldAt;
        private boolean whole;
        private RunStats stats = RunStats.NONE;
        private @Nullable Ended ended;

        Running(RunDescriptor descriptor, FleetPlan plan, ActorRef<ToClient> client) {
            this.descriptor = descriptor;
            this.plan = plan;
            this.client = client;
            this.shards = plan.shards(NodeRuns.sizes(descriptor));
            this.bundles = new ShardBundles(descriptor.id(), shards);
            load.begin(bundles.hosts());
            int hosts = shards.stream().mapToInt(HostShard::count).sum();
            this.latest = new Progress(0, hosts, 0, plan.scenario().durationNs() * hosts, 0);
            ActorRef<Object> self = getContext().getSelf();
            this.coordinator = getContext()
                    .spawn(
                            RunCoordinator.create(
                                    plan,
                                    options(),
                                    this,
                                    this,
                                    end -> self.tell(new Over(descriptor.id(), end, stats))),
                            "run-" + descriptor.id(),
                            DispatcherSelector.sameAsParent());
        }

        private RunOptions options() {
            return new RunOptions(
                            1,
                            descriptor.maxWallMillis(),
                            descriptor.maxEvents(),
                            Optional.empty(),
                            () -> stopRequested || System.nanoTime() - heardAt > GIVEN_UP)
                    .withSizes(NodeRuns.sizes(descriptor));
        }

        // as the sink of the coordinator, on its thread

        @Override
        public void hostDone(HostReport report) {
            if (post.post(report)) {
                send();
            }
        }

        @Override
        public void progress(Progress progress) {
            latest = progress;
            if (System.nanoTime() - toldAt > QUIET) {
                send();
            }
        }

        @Override
        public void allHeard() {
            whole = true;
        }

        @Override
        public void ended(RunStats ofRun) {
            stats = ofRun;
            send();
        }

        private void send() {
            toldAt = System.nanoTime();
            post.send(client::tell);
            Progress p = latest;
            client.tell(
                    new Went(number, whole, p.hostsDone(), p.hostsTotal(), p.simulatedNs(), p.totalNs(), p.events()));
        }

        // as the way to its shards

        @Override
        public void tell(ActorContext<?> of, HostShard shard, ToShard word) {
            Object said = word instanceof StartShard start ? new StartOn(descriptor, start) : word;
            entities.tell(bundles.conductor(shard.id()), said);
        }

        @Override
        public boolean survives() {
            return true;
        }

        // on the thread of the service

        /** The end is told when everything before it has come. */
        void tellEnd() {
            if (ended != null && post.hasArrived()) {
                client.tell(ended);
            }
        }

        void retire() {
            for (HostShard shard : shards) {
                entities.tell(bundles.conductor(shard.id()), new Retire());
            }
        }
    }

    private static final long GIVEN_UP = TimeUnit.SECONDS.toNanos(30);
    private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(200);

    private final ShardEntities entities;
    private final NodeStores stores;
    private final RunLoad load;
    private final long number = ThreadLocalRandom.current().nextLong();
    private @Nullable Running running;

    static Behavior<ToService> create(ShardEntities entities, NodeStores stores, RunLoad load) {
        return Behaviors.<Object>setup(context -> new RunService(context, entities, stores, load))
                .narrow();
    }

    private RunService(ActorContext<Object> context, ShardEntities entities, NodeStores stores, RunLoad load) {
        super(context);
        this.entities = entities;
        this.stores = stores;
        this.load = load;
        Cluster.get(context.getSystem())
                .subscriptions()
                .tell(Subscribe.create(context.getSelf().narrow(), MemberRemoved.class));
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(Submit.class, this::onSubmit)
                .onMessage(Came.class, this::onCame)
                .onMessage(StopRun.class, this::onStop)
                .onMessage(AskStatus.class, this::onAskStatus)
                .onMessage(MemberRemoved.class, this::onMemberRemoved)
                .onMessage(Over.class, this::onOver)
                .build();
    }

    private Behavior<Object> onSubmit(Submit word) {
        Running now = running;
        if (now != null && now.descriptor.id().equals(word.run().id())) {
            now.client = word.client();
            now.heardAt = System.nanoTime();
            now.post.sendAgain(now.client::tell);
            now.tellEnd();
            return this;
        }
        if (now != null && now.ended == null) {
            word.client()
                    .tell(new Refused("The cluster simulates another run, " + now.descriptor.id()
                            + ", and takes one at a time. Try again when it is over; xenfleet status tells."));
            return this;
        }
        try (RunStore store = stores.open(word.run())) {
            running = new Running(word.run(), NodeRuns.plan(word.run(), store), word.client());
        } catch (IOException e) {
            word.client().tell(new Refused(String.valueOf(e.getMessage())));
        }
        return this;
    }

    private Behavior<Object> onCame(Came word) {
        if (running != null && running.descriptor.id().equals(word.run())) {
            running.post.came(word.number());
            running.tellEnd();
        }
        return this;
    }

    private Behavior<Object> onStop(StopRun word) {
        if (running != null && running.descriptor.id().equals(word.run())) {
            running.stopRequested = true;
        }
        return this;
    }

    /** By now the shards of the node that is gone are given to others. */
    private Behavior<Object> onMemberRemoved(MemberRemoved event) {
        if (running != null && running.ended == null) {
            running.coordinator.unsafeUpcast().tell(new RunCoordinator.NodeLost());
        }
        return this;
    }

    private Behavior<Object> onOver(Over word) {
        Running now = running;
        if (now == null || !now.descriptor.id().equals(word.run()) || now.ended != null) {
            return this;
        }
        Throwable failure = word.end().failure();
        RunStats stats = word.stats();
        now.ended = new Ended(
                failure == null ? word.end().outcome().label() : "",
                failure == null ? "" : failure.getMessage() == null ? failure.toString() : failure.getMessage(),
                stats.windows(),
                stats.pooledNs(),
                stats.waitedNs(),
                stats.workedNs(),
                stats.simulatedNs(),
                stats.againNs(),
                stats.takenOverAtMs(),
                List.copyOf(stats.hostsByNode().keySet()),
                List.copyOf(stats.hostsByNode().values()));
        load.end();
        now.retire();
        now.tellEnd();
        return this;
    }

    private Behavior<Object> onAskStatus(AskStatus word) {
        List<String> members = new ArrayList<>();
        for (Member member : Cluster.get(getContext().getSystem()).state().getMembers()) {
            if (member.hasRole(NodeRole.NODE.label()) && member.status() == MemberStatus.up()) {
                members.add(ClusterNode.endpoint(member.address()).toString());
            }
        }
        Running now = running;
        Progress p = now == null ? new Progress(0, 0, 0, 0, 0) : now.latest;
        word.client()
                .tell(new Status(
                        now == null || now.ended != null ? "" : now.descriptor.id(),
                        now == null ? "" : now.plan.scenario().name(),
                        p.hostsDone(),
                        p.hostsTotal(),
                        p.simulatedNs(),
                        p.totalNs(),
                        p.events(),
                        members));
        return this;
    }

    /** The outcome of a label that {@link Ended} has. */
    static Outcome outcome(String label) {
        for (Outcome outcome : Outcome.values()) {
            if (outcome.label().equals(label)) {
                return outcome;
            }
        }
        throw new IllegalArgumentException("no run ends " + label);
    }
}
