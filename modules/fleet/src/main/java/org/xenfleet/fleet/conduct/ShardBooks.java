package org.xenfleet.fleet.conduct;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.xenfleet.fleet.RunStore;
import org.xenfleet.host.Host;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReportCodec;

/**
 * What a conductor knows of its hosts, and what it tells the coordinator of it and keeps in the store. Belongs to the
 * conductor's thread.
 */
final class ShardBooks {
    private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(100);

    private final HostShard shard;
    private final ShardSetup setup;
    /** Encoded, as there may be many and they are seldom read. */
    private final SortedMap<Integer, byte[]> done = new TreeMap<>();

    private final SortedMap<Integer, SortedMap<Integer, byte[]>> recorded = new TreeMap<>();
    private final SortedMap<Integer, Long> reachedNs = new TreeMap<>();
    private final SortedMap<Integer, Long> events = new TreeMap<>();
    private @Nullable ActorRef<Conducting.ToRun> run;
    private long toldAt = System.nanoTime();
    private boolean finished;
    long windows;
    long waitedNs;
    long workedNs;

    ShardBooks(HostShard shard, ShardSetup setup) {
        this.shard = shard;
        this.setup = setup;
    }

    /** Whom to report to; who is new hears everything, and so does everybody at the end, as something may have got lost. */
    void reportTo(ActorRef<Conducting.ToRun> coordinator) {
        boolean isNew = !coordinator.equals(run);
        run = coordinator;
        if ((isNew || finished) && !done.isEmpty()) {
            coordinator.tell(new Conducting.HostsDone(shard.id(), decoded()));
        }
        coordinator.tell(finished ? new Conducting.ShardDone(shard.id(), progress()) : progress());
    }

    boolean isStarted() {
        return run != null;
    }

    boolean isFinished() {
        return finished;
    }

    void reached(int host, long nowNs, long deliveries) {
        reachedNs.put(host, nowNs);
        events.put(host, deliveries);
        if (System.nanoTime() - toldAt > QUIET) {
            tell(progress());
        }
    }

    /** Those that had got further in an attempt that failed are back where it begins. */
    void beginAnew() {
        reachedNs.keySet().retainAll(done.keySet());
        events.keySet().retainAll(done.keySet());
        finished = false;
    }

    void concluded(int host, HostReport report) {
        reachedNs.put(host, report.simulatedNs());
        events.put(host, report.events());
        if (done.put(host, HostReportCodec.encode(report)) == null) {
            tell(new Conducting.HostsDone(shard.id(), List.of(report)));
            tell(progress());
        }
    }

    boolean isDone(int host) {
        return done.containsKey(host);
    }

    void recorded(int host, long nowNs, byte[] state) {
        recorded.computeIfAbsent(host, h -> new TreeMap<>()).put(Math.toIntExact(nowNs / FleetPlan.EPOCH), state);
    }

    void failed(Host.Failed failure) {
        tell(new Conducting.ShardFailed(shard.id(), failure.message()));
    }

    void failed(String sentence) {
        tell(new Conducting.ShardFailed(shard.id(), sentence));
    }

    /** Nothing comes any more. */
    void finish() {
        finished = true;
        tell(new Conducting.ShardDone(shard.id(), progress()));
        if (!setup.askedAgain()) {
            done.clear();
            recorded.clear();
        }
    }

    /** The last checkpoint, or that of a number; the hosts that are done in it are done. */
    Optional<ShardState> load(String piece) throws IOException {
        if (setup.store().isEmpty()) {
            return Optional.empty();
        }
        Optional<byte[]> bytes = setup.store().get().get(piece);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        ShardState state = ShardState.decode(bytes.get());
        state.done().forEach((host, encoded) -> {
            HostReport report = HostReportCodec.decode(encoded);
            done.put(host, encoded);
            reachedNs.put(host, report.simulatedNs());
            events.put(host, report.events());
        });
        recorded.clear();
        recorded.putAll(state.recorded());
        if (!state.done().isEmpty()) {
            tell(new Conducting.HostsDone(shard.id(), decoded()));
        }
        return Optional.of(state);
    }

    /**
     * How a host is to enter: from the state of a checkpoint, or where its run branches off, or from the beginning.
     *
     * @throws IOException if there is no state where the run branches off
     */
    Host.Enter enter(long attempt, int host, Optional<byte[]> saved, ActorRef<Host.Reply> conductor)
            throws IOException {
        Optional<Trunk> trunk = setup.plan().trunk();
        if (saved.isPresent() || trunk.isEmpty()) {
            return new Host.Enter(attempt, saved, false, conductor);
        }
        byte[] state = trunk.get().state(setup.plan().host(shard, host).name());
        return new Host.Enter(attempt, Optional.of(state), true, conductor);
    }

    void save(String piece, long checkpoint, SortedMap<Integer, byte[]> running) throws IOException {
        if (setup.store().isPresent()) {
            setup.store().get().put(piece, new ShardState(checkpoint, running, done, recorded).encode());
        }
    }

    /** Leaves what is recorded of a host where branches and replays look for it. */
    void keepRecorded() throws IOException {
        Optional<RunStore> store = setup.store();
        if (store.isPresent()) {
            for (var host : recorded.entrySet()) {
                String name = setup.plan().host(shard, host.getKey()).name();
                store.get().put(RecordedStates.piece(name), new RecordedStates(host.getValue()).encode());
            }
        }
    }

    private List<HostReport> decoded() {
        return done.values().stream().map(HostReportCodec::decode).toList();
    }

    private Conducting.ShardProgress progress() {
        return new Conducting.ShardProgress(
                shard.id(),
                setup.node(),
                done.size(),
                reachedNs.values().stream().mapToLong(Long::longValue).sum(),
                events.values().stream().mapToLong(Long::longValue).sum(),
                windows,
                waitedNs,
                workedNs);
    }

    private void tell(Conducting.ToRun word) {
        if (run != null) {
            run.tell(word);
            toldAt = System.nanoTime();
        }
    }
}
