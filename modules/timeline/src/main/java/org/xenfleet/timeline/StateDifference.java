package org.xenfleet.timeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where two states of one island differ, for people. Of several differences the one that says most is taken: the first field
 * of the first actor; then what is scheduled; then what is only counted or hashed over the past. A number by which an actor
 * refers to something scheduled does not differ as long as what it refers to is the same.
 *
 * @param place an actor, or another part of the state
 * @param field with its position where the actor has several of that name, from 0: {@code credit[17]}
 * @param recorded the value in the first state
 * @param found the value in the second
 */
public record StateDifference(String place, String field, String recorded, String found) {
    private static final String NOTHING = "nothing";

    /**
     * The first difference of two snapshots, empty when they are equal.
     *
     * @param codec of the island; a snapshot that it cannot read is an {@link IllegalStateException}
     * @param names what people call an actor, by its name on the island
     */
    public static Optional<StateDifference> first(
            StateBuffer recorded, StateBuffer found, MessageCodec codec, UnaryOperator<String> names) {
        if (recorded.firstDifference(found) < 0) {
            return Optional.empty();
        }
        return Optional.of(new Search(IslandState.of(recorded, codec), IslandState.of(found, codec), names).first());
    }

    /** As {@code actor pcpu-3, field longest-stall: recorded 12, found 13}. */
    public String sentence() {
        return place + ", " + field + ": recorded " + recorded + ", found " + found;
    }

    private record Search(IslandState recorded, IslandState found, UnaryOperator<String> names) {

        /** The states are known to differ. */
        StateDifference first() {
            return number("the clock", "now in ns", recorded.now(), found.now())
                    .or(this::actors)
                    .or(this::scheduled)
                    .or(() -> number("the past", "deliveries", recorded.deliveries(), found.deliveries()))
                    .or(this::epochs)
                    .or(() -> number("the past", "hash of it", recorded.deliveryHash(), found.deliveryHash()))
                    .orElseGet(this::sequences);
        }

        private static Optional<StateDifference> number(String place, String field, long recorded, long found) {
            return recorded == found
                    ? Optional.empty()
                    : Optional.of(new StateDifference(place, field, Long.toString(recorded), Long.toString(found)));
        }

        private Optional<StateDifference> actors() {
            int common = Math.min(recorded.actors().size(), found.actors().size());
            for (int i = 0; i < common; i++) {
                IslandState.Section one = recorded.actors().get(i);
                IslandState.Section other = found.actors().get(i);
                if (!one.actor().equals(other.actor())) {
                    return Optional.of(actorAt(i, names.apply(one.actor()), names.apply(other.actor())));
                }
                Optional<StateDifference> difference = fields(one, other);
                if (difference.isPresent()) {
                    return difference;
                }
            }
            return recorded.actors().size() == found.actors().size()
                    ? Optional.empty()
                    : Optional.of(actorAt(common, nameAt(recorded, common), nameAt(found, common)));
        }

        private static StateDifference actorAt(int address, String recorded, String found) {
            return new StateDifference("the actors", "number " + address, recorded, found);
        }

        private String nameAt(IslandState state, int address) {
            return address < state.actors().size()
                    ? names.apply(state.actors().get(address).actor())
                    : NOTHING;
        }

        private Optional<StateDifference> fields(IslandState.Section one, IslandState.Section other) {
            int common = Math.min(one.end() - one.from(), other.end() - other.from());
            for (int i = 0; i < common; i++) {
                int left = one.from() + i;
                int right = other.from() + i;
                String field = recorded.state().field(left);
                boolean sameField = field.equals(found.state().field(right));
                if (!sameField) {
                    return Optional.of(new StateDifference(
                            actor(one),
                            "what follows " + before(one, left),
                            named(recorded, left),
                            named(found, right)));
                }
                if (!sameValue(left, right)) {
                    return Optional.of(new StateDifference(
                            actor(one),
                            "field " + path(one, other, left),
                            recorded.state().value(left).toString(),
                            found.state().value(right).toString()));
                }
            }
            int left = one.from() + common;
            int right = other.from() + common;
            if (left == one.end() && right == other.end()) {
                return Optional.empty();
            }
            return Optional.of(new StateDifference(
                    actor(one),
                    "what follows " + before(one, left),
                    left == one.end() ? NOTHING : named(recorded, left),
                    right == other.end() ? NOTHING : named(found, right)));
        }

        private String actor(IslandState.Section section) {
            return "actor " + names.apply(section.actor());
        }

        private String before(IslandState.Section section, int index) {
            return index == section.from() ? "its name" : recorded.state().field(index - 1);
        }

        private static String named(IslandState in, int index) {
            return in.state().field(index) + " " + in.state().value(index);
        }

        private boolean sameValue(int left, int right) {
            Object one = recorded.state().value(left);
            Object other = found.state().value(right);
            if (one.equals(other)) {
                return true;
            }
            return one instanceof Long a && other instanceof Long b && refersToTheSame(a, b);
        }

        private boolean refersToTheSame(long one, long other) {
            Optional<IslandState.Scheduled> left = withSequence(recorded, one);
            Optional<IslandState.Scheduled> right = withSequence(found, other);
            return left.isPresent() && right.isPresent() && left.get().isLike(right.get());
        }

        private static Optional<IslandState.Scheduled> withSequence(IslandState in, long sequence) {
            return in.scheduled().stream().filter(s -> s.sequence() == sequence).findFirst();
        }

        /** The name of a field, with its position where one of the actors has more than one of that name. */
        private String path(IslandState.Section one, IslandState.Section other, int index) {
            String field = recorded.state().field(index);
            int position = count(recorded, field, one.from(), index);
            boolean alone = count(recorded, field, one.from(), one.end()) == 1
                    && count(found, field, other.from(), other.end()) == 1;
            return alone ? field : field + "[" + position + "]";
        }

        private static int count(IslandState in, String field, int from, int end) {
            int count = 0;
            for (int i = from; i < end; i++) {
                count += in.state().field(i).equals(field) ? 1 : 0;
            }
            return count;
        }

        private Optional<StateDifference> scheduled() {
            List<IslandState.Scheduled> missing = new ArrayList<>(recorded.scheduled());
            List<IslandState.Scheduled> added = new ArrayList<>();
            for (IslandState.Scheduled entry : found.scheduled()) {
                if (!removeLike(missing, entry)) {
                    added.add(entry);
                }
            }
            if (missing.isEmpty() && added.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new StateDifference("the timeline", "what is scheduled", due(missing), due(added)));
        }

        private static boolean removeLike(List<IslandState.Scheduled> entries, IslandState.Scheduled entry) {
            for (int i = 0; i < entries.size(); i++) {
                if (entries.get(i).isLike(entry)) {
                    entries.remove(i);
                    return true;
                }
            }
            return false;
        }

        /** The first of the entries. */
        private String due(List<IslandState.Scheduled> entries) {
            return entries.stream()
                    .min(Comparator.comparingLong(IslandState.Scheduled::time)
                            .thenComparingLong(IslandState.Scheduled::sequence))
                    .map(e -> e.message() + " for " + nameAt(recorded, e.target()) + " at " + e.time() + " ns")
                    .orElse(NOTHING);
        }

        private Optional<StateDifference> epochs() {
            int common = Math.min(recorded.epochs().length, found.epochs().length);
            int epoch = Arrays.mismatch(recorded.epochs(), 0, common, found.epochs(), 0, common);
            if (epoch < 0) {
                return number("the past", "epochs that ended", recorded.epochs().length, found.epochs().length);
            }
            return number("the past", "digest of epoch " + epoch, recorded.epochs()[epoch], found.epochs()[epoch]);
        }

        /** All that is left: the same is scheduled, but in another order, or after more that was taken back. */
        private StateDifference sequences() {
            int index = recorded.state().firstDifference(found.state());
            return new StateDifference(
                    "the timeline", "order of scheduling", named(recorded, index), named(found, index));
        }
    }
}
