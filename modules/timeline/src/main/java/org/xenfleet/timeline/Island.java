package org.xenfleet.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * Typed actors that share one virtual time. Belongs to the actor that spawns them; all calls come from the thread that
 * currently runs that actor. The island's actors are told one message at a time, each on that same thread, and speak to
 * each other only through {@link #tell}, {@link #schedule} and {@link #cancel}, by address: a number given in the order
 * of spawning, from 0.
 *
 * <p>Order: the first entry of the timeline by (time, sequence) is delivered; then everything that was told because of it,
 * in the order in which it was told, over all receivers; only then the next entry. Nothing depends on threads,
 * dispatchers or mailboxes.
 *
 * <p>Failure: an actor that throws, stops, does not understand a message or does not process it ends
 * {@link #advance} at once with an {@link IslandFailure}; the island is then unusable.
 */
public final class Island {
    private static final String DISPATCHER = "xenfleet.timeline.inline-dispatcher";
    private static final Props PROPS = DispatcherSelector.fromConfig(DISPATCHER).withMailboxFromConfig(DISPATCHER);
    private static final int OUTSIDE = -1;

    private final String name;
    private final MessageCodec codec;
    private final Timeline timeline = new Timeline();
    private final Cascade cascade = new Cascade();
    private final List<DeliveryGuard> members = new ArrayList<>();
    private final StateHash deliveryHash = new StateHash(0);
    private final List<Long> epochs = new ArrayList<>();

    private long now;
    private long deliveries;
    private int current = OUTSIDE;
    private @Nullable DeliveryListener listener;
    private @Nullable DeliveryFault fault;

    public Island(String name, MessageCodec codec) {
        this.name = name;
        this.codec = codec;
    }

    /**
     * Spawns an actor as a child of {@code parent} on the inline dispatcher and returns its address. {@code state} is
     * the actor's whole state; it is written into digests and snapshots.
     */
    public int spawn(ActorContext<?> parent, String actorName, Behavior<Message> behavior, Snapshottable state) {
        DeliveryGuard guard = new DeliveryGuard(actorName, behavior, state);
        guard.spawned(parent.spawn(guard.behavior(), actorName, PROPS));
        members.add(guard);
        return members.size() - 1;
    }

    /** Spawns an actor that is its own state, as above. */
    public int spawn(ActorContext<?> parent, String actorName, IslandBehavior actor) {
        return spawn(parent, actorName, actor, actor);
    }

    /**
     * Gives the next address to somebody who only has a state: an island of such can take up a snapshot, be changed and be
     * written down again, but nobody on it can be told anything.
     */
    public int seat(String actorName, Snapshottable state) {
        members.add(new DeliveryGuard(actorName, Behaviors.empty(), state));
        return members.size() - 1;
    }

    /** Virtual time in ns: the instant of the current delivery, or the end of the last {@link #advance}. */
    public long now() {
        return now;
    }

    /** Delivers {@code message} at this instant, after all that was told before. */
    public void tell(int target, Message message) {
        cascade.add(current, target, message);
    }

    /** Delivers {@code message} at {@code time}, not before now; an earlier time is an {@link IllegalArgumentException}. */
    public Timeline.Entry schedule(long time, int target, Message message) {
        if (time < now) {
            throw new IllegalArgumentException(message + " is scheduled for " + time + " ns, before " + now + " ns");
        }
        return timeline.schedule(time, target, message);
    }

    /** Takes a scheduled message back; false when it was delivered or cancelled before. */
    public boolean cancel(Timeline.Entry entry) {
        return timeline.cancel(entry);
    }

    /** Takes back every scheduled message that is meant. */
    public void cancelAll(Predicate<Message> meant) {
        timeline.cancelAll(meant);
    }

    /**
     * Takes back everything that is scheduled, and everything that was told and has not been delivered: time goes on, but
     * nothing happens any more unless somebody tells or schedules anew.
     */
    public void clear() {
        cascade.clear();
        timeline.clear();
    }

    /** The scheduled entry of that sequence, for an actor that reads its state back in {@link #restore}. */
    public Timeline.Entry scheduled(long sequence) {
        return timeline.restored(sequence);
    }

    /** The instant of the next scheduled message, or {@link Long#MAX_VALUE}. */
    public long nextTime() {
        return cascade.isEmpty() ? timeline.nextTime() : now;
    }

    /**
     * Delivers all that is due before {@code until}, then moves time to {@code until}; or stops after about
     * {@code maxDeliveries}, at the end of a cascade, with time at the last delivery. Returns whether it got to the end.
     */
    public boolean advance(long until, long maxDeliveries) {
        long limit = deliveries + Math.min(maxDeliveries, Long.MAX_VALUE - deliveries);
        drain();
        while (timeline.nextTime() < until) {
            if (deliveries >= limit) {
                return false;
            }
            Timeline.Entry due = timeline.take();
            now = due.time();
            deliver(OUTSIDE, due.target(), due.message());
            drain();
        }
        now = Math.max(now, until);
        return true;
    }

    /** Delivers what was told at this instant, and nothing that is scheduled. */
    public void settle() {
        drain();
    }

    /** Deliveries made so far. */
    public long deliveries() {
        return deliveries;
    }

    /** Name of the actor of an address; "outside" for -1. */
    public String actorName(int address) {
        return address == OUTSIDE ? "outside" : members.get(address).name();
    }

    public void listen(DeliveryListener deliveryListener) {
        listener = deliveryListener;
    }

    /** For tests: lets {@code deliveryFault} judge every message before it is delivered. */
    public void inject(DeliveryFault deliveryFault) {
        fault = deliveryFault;
    }

    /** Ends an epoch: its digest is a hash of all deliveries so far and of the whole state as it is now. */
    public long endEpoch() {
        StateHash hash = new StateHash(deliveryHash.value());
        writeState(hash);
        deliveryHash.reset(hash.value());
        epochs.add(hash.value());
        cascade.trim();
        return hash.value();
    }

    /** The digests of the epochs that ended, in order. */
    public List<Long> epochDigests() {
        return List.copyOf(epochs);
    }

    /** Writes everything down that {@link #restore} needs. Between two calls of {@link #advance} only. */
    public StateBuffer snapshot() {
        if (!cascade.isEmpty()) {
            throw new IllegalStateException(name + " is in the middle of a cascade");
        }
        StateBuffer out = new StateBuffer();
        out.put("delivery-hash", deliveryHash.value());
        out.put("epochs", epochs.stream().mapToLong(Long::longValue).toArray());
        writeState(out);
        return out;
    }

    /** Makes this island, freshly built with the same actors, go on where {@code snapshot} was taken. */
    public void restore(StateBuffer snapshot) {
        StateReader in = snapshot.reader();
        deliveryHash.reset(in.getLong("delivery-hash"));
        epochs.clear();
        for (long epoch : in.getLongs("epochs")) {
            epochs.add(epoch);
        }
        now = in.getLong("now");
        deliveries = in.getLong("deliveries");
        cascade.clear();
        timeline.read(in, codec);
        for (DeliveryGuard member : members) {
            String written = in.getString("actor");
            if (!written.equals(member.name())) {
                throw new IllegalStateException("snapshot has actor " + written + " where " + member.name() + " is");
            }
            member.state().read(in);
        }
        timeline.endRestoring();
    }

    private void writeState(StateWriter out) {
        out.put("now", now);
        out.put("deliveries", deliveries);
        timeline.write(out, codec);
        for (DeliveryGuard member : members) {
            out.put("actor", member.name());
            member.state().write(out);
        }
    }

    private void drain() {
        while (cascade.next()) {
            deliver(cascade.sender(), cascade.target(), cascade.message());
        }
    }

    private void deliver(int sender, int target, Message message) {
        if (fault != null) {
            DeliveryFault.Verdict verdict = fault.on(now, target, message);
            if (verdict == DeliveryFault.Verdict.DROP) {
                return;
            }
            if (verdict == DeliveryFault.Verdict.SWAP_WITH_NEXT && cascade.next()) {
                hand(cascade.sender(), cascade.target(), cascade.message());
            }
        }
        hand(sender, target, message);
    }

    private void hand(int sender, int target, Message message) {
        DeliveryGuard member = members.get(target);
        deliveryHash.add(now);
        deliveryHash.add(target);
        deliveryHash.add(message.kind());
        message.write(deliveryHash);
        if (listener != null) {
            listener.delivering(deliveries, now, sender, target, message);
        }
        deliveries++;
        current = target;
        member.deliver(message);
        String problem = member.problem();
        if (problem != null) {
            throw new IslandFailure(name, member.name(), now, message, problem, member.cause());
        }
        current = OUTSIDE;
    }
}
