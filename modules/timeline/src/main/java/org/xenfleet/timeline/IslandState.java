package org.xenfleet.timeline;

import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a snapshot that {@link Island#snapshot} took, for those who look at it without restoring it. Immutable as long as
 * the snapshot is.
 *
 * @param epochs digests of the epochs that ended
 * @param scheduled in the order in which it is due
 * @param actors in the order of their addresses
 */
record IslandState(
        StateBuffer state,
        long deliveryHash,
        long[] epochs,
        long now,
        long deliveries,
        List<Scheduled> scheduled,
        List<Section> actors) {

    record Scheduled(long time, long sequence, int target, Message message) {
        /** Whether the same message is due at the same instant. */
        boolean isLike(Scheduled other) {
            return time == other.time && target == other.target && message.equals(other.message);
        }
    }

    /** The fields of an actor: from {@code from}, and before {@code end}. */
    record Section(String actor, int from, int end) {}

    /** A state of another layout, or with a message that {@code codec} does not know, is an {@link IllegalStateException}. */
    static IslandState of(StateBuffer state, MessageCodec codec) {
        StateReader in = state.reader();
        long deliveryHash = in.getLong("delivery-hash");
        long[] epochs = in.getLongs("epochs");
        long now = in.getLong("now");
        long deliveries = in.getLong("deliveries");
        in.getLong("next-sequence");
        int entries = in.getInt("entries");
        List<Scheduled> scheduled = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            scheduled.add(
                    new Scheduled(in.getLong("time"), in.getLong("sequence"), in.getInt("target"), codec.read(in)));
        }
        return new IslandState(state, deliveryHash, epochs, now, deliveries, scheduled, sections(state, in.position()));
    }

    private static List<Section> sections(StateBuffer state, int first) {
        List<Section> actors = new ArrayList<>();
        int from = first;
        while (from < state.size()) {
            int end = from + 1;
            while (end < state.size() && !beginsActor(state, end)) {
                end++;
            }
            actors.add(new Section(state.text(from), from + 1, end));
            from = end;
        }
        return actors;
    }

    private static boolean beginsActor(StateBuffer state, int index) {
        return state.isText(index) && state.field(index).equals("actor");
    }
}
