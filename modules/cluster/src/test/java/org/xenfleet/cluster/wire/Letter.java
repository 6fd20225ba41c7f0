package org.xenfleet.cluster.wire;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.xenfleet.cluster.ClusterMessage;

/** A protocol with everything that messages may be made of. */
sealed interface Letter extends ClusterMessage {

    /** What a letter may hold. */
    sealed interface Part {}

    record Primitives(
            boolean flag, byte small, short middle, char letter, int number, long large, double fraction, String text)
            implements Letter {}

    record Boxes(
            @Nullable Integer number,
            @Nullable Long large,
            @Nullable String text,
            Optional<String> perhaps,
            OptionalLong at)
            implements Letter {}

    record Arrays(byte[] bytes, int[] ints, long[] longs) implements Letter {}

    record Collections(
            List<Part> parts,
            Set<Kind> kinds,
            Map<String, Long> counts,
            SortedMap<Integer, List<String>> lines,
            SortedSet<Long> sorted)
            implements Letter {}

    record Answered(ActorRef<Letter> to, Part part, Optional<Part> second) implements Letter {}

    record Empty() implements Letter, Part {}

    /** Nobody outside can make one. */
    record Counted(int atLeastOne) implements Part {
        public Counted {
            if (atLeastOne < 1) {
                throw new IllegalArgumentException("at least one, not " + atLeastOne);
            }
        }
    }

    /** Some of its constants have a class of their own. */
    enum Kind {
        PLAIN,
        SPECIAL {
            @Override
            boolean special() {
                return true;
            }
        };

        boolean special() {
            return false;
        }
    }

    record Kinds(Kind one, List<Kind> all) implements Part {}
}
