package org.xenfleet.fleet.conduct;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;
import org.xenfleet.fleet.RunStore;
import org.xenfleet.fleet.conduct.Conducting.BeginPart;
import org.xenfleet.fleet.conduct.Conducting.PartJoins;
import org.xenfleet.fleet.conduct.Conducting.ToShard;

/**
 * What the conductor of part 0 does beside conducting: it knows where the parts of the pool are, lets them begin when all are
 * there and anew when one was lost, and says when a checkpoint of all of them is whole. Belongs to the conductor's thread.
 */
final class Leading implements PoolLeader.World {
    private final ActorContext<Object> context;
    private final HostShard shard;
    private final ShardSetup setup;
    private final ShardBooks books;
    private final PoolLeader leader;
    private final CheckpointClock clock;
    private final @Nullable ActorRef<ToShard>[] parts;
    private @Nullable BeginPart begin;
    /** Of the leader, when the last words were perhaps said again. */
    private long seenAttempt;

    private long seenStep = -1;
    private boolean stopping;

    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of generic types
    Leading(ActorContext<Object> context, HostShard shard, ShardSetup setup, ShardBooks books) {
        this.context = context;
        this.shard = shard;
        this.setup = setup;
        this.books = books;
        this.clock = new CheckpointClock(setup.checkpointEveryNs(), System.nanoTime());
        this.leader = new PoolLeader(shard, setup.plan().scenario().durationNs(), setup.recording(), this);
        this.parts = new ActorRef[shard.parts()];
    }

    PoolLeader leader() {
        return leader;
    }

    /** A part is there; if it was there before, it has lost what it had. */
    void joins(PartJoins word) {
        ActorRef<ToShard> before = parts[word.part()];
        if (word.conductor().equals(before)) {
            return;
        }
        parts[word.part()] = word.conductor();
        if (!word.conductor().path().equals(context.getSelf().path())) {
            context.watch(word.conductor());
        }
        for (ActorRef<ToShard> part : parts) {
            if (part == null) {
                return;
            }
        }
        begin();
    }

    private void begin() {
        long attempt = ThreadLocalRandom.current().nextLong();
        long checkpoint;
        try {
            checkpoint = lastComplete();
        } catch (IOException e) {
            books.failed("The checkpoint of the pool of " + shard.id() + " cannot be read: " + e.getMessage());
            return;
        }
        leader.begins(attempt, checkpoint);
        BeginPart word = new BeginPart(attempt, checkpoint, context.getSelf().narrow());
        begin = word;
        for (int part = 0; part < parts.length; part++) {
            tell(part, word);
        }
    }

    /**
     * Says the last word again to parts that have been silent since this was called before: it may have got lost, or their
     * answer.
     */
    void askAgain() {
        BeginPart word = begin;
        if (word == null) {
            return;
        }
        if (word.attempt() == seenAttempt && leader.step() == seenStep) {
            for (int part = 0; part < parts.length; part++) {
                if (leader.isToBegin(part)) {
                    tell(part, word);
                }
            }
            leader.again();
        }
        seenAttempt = word.attempt();
        seenStep = leader.step();
    }

    /** Whether it was a part of the pool that is gone; it will join again, somewhere. */
    boolean lost(Terminated gone) {
        for (int part = 0; part < parts.length; part++) {
            ActorRef<ToShard> there = parts[part];
            if (there != null && there.path().equals(gone.getRef().path())) {
                parts[part] = null;
                return true;
            }
        }
        return false;
    }

    void stop() {
        stopping = true;
    }

    @Override
    public void tell(int part, ToShard word) {
        ActorRef<ToShard> conductor = parts[part];
        if (conductor != null) {
            conductor.tell(word);
        }
        books.windows = leader.windows();
    }

    @Override
    public boolean checkpointDue() {
        if (setup.store().isEmpty() || !clock.isDue(System.nanoTime())) {
            return false;
        }
        clock.begins(System.nanoTime());
        return true;
    }

    @Override
    public void checkpointComplete(long checkpoint) {
        try {
            setup.store()
                    .orElseThrow()
                    .put(
                            piece(),
                            ByteBuffer.allocate(Long.BYTES).putLong(checkpoint).array());
        } catch (IOException e) {
            books.failed("A checkpoint cannot be written: " + e.getMessage());
        }
        clock.ends(System.nanoTime());
    }

    @Override
    public boolean stopping() {
        return stopping;
    }

    private long lastComplete() throws IOException {
        Optional<RunStore> store = setup.store();
        Optional<byte[]> bytes = store.isPresent() ? store.get().get(piece()) : Optional.empty();
        return bytes.map(b -> ByteBuffer.wrap(b).getLong()).orElse(-1L);
    }

    private String piece() {
        return "pools/" + shard.id();
    }
}
