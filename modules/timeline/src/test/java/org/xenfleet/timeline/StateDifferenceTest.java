package org.xenfleet.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.xenfleet.timeline.Relay.Token;

/** Two states of an island of two relays, with two tokens under way; the second state differs in what a test names. */
class StateDifferenceTest {
    private static final class Made {
        private long hash = 77;
        private long[] epochs = {5, 6};
        private long now = 100;
        private long deliveries = 9;
        private List<long[]> entries = List.of(new long[] {103, 7, 0, 1}, new long[] {104, 8, 1, 2});
        private List<String> actors = List.of("relay-0", "relay-1");
        private long[] counts = {3, 4, 5};
        private long handle = 8;

        private StateBuffer state() {
            StateBuffer out = new StateBuffer();
            out.put("delivery-hash", hash);
            out.put("epochs", epochs);
            out.put("now", now);
            out.put("deliveries", deliveries);
            out.put("next-sequence", 20);
            out.put("entries", entries.size());
            for (long[] entry : entries) {
                out.put("time", entry[0]);
                out.put("sequence", entry[1]);
                out.put("target", entry[2]);
                Token token = new Token((int) entry[3]);
                out.put("kind", token.kind());
                token.write(out);
            }
            for (String actor : actors) {
                out.put("actor", actor);
                out.put("open", true);
                for (long count : counts) {
                    out.put("count", count);
                }
                out.put("due", handle);
            }
            return out;
        }
    }

    private static String difference(Consumer<Made> change) {
        Made changed = new Made();
        change.accept(changed);
        return StateDifference.first(
                        new Made().state(), changed.state(), Relay.CODEC, name -> name.replace("relay-", "ring "))
                .map(StateDifference::sentence)
                .orElse("none");
    }

    @Test
    void shouldFindNoneInEqualStates() {
        assertThat(difference(made -> {})).isEqualTo("none");
    }

    @Test
    void shouldNameActorFieldAndPositionAsPeopleDo() {
        assertThat(difference(made -> made.counts = new long[] {3, 4, 6}))
                .isEqualTo("actor ring 0, field count[2]: recorded 5, found 6");
    }

    @Test
    void shouldPreferWhatAnActorHoldsToWhatFollowsFromIt() {
        assertThat(difference(made -> {
                    made.hash = 78;
                    made.epochs = new long[] {5, 7};
                    made.deliveries = 10;
                    made.entries = List.of();
                    made.counts = new long[] {3, 0, 5};
                }))
                .isEqualTo("actor ring 0, field count[1]: recorded 4, found 0");
    }

    @Test
    void shouldFindFieldsThatAreMissingOrAdded() {
        assertThat(difference(made -> made.counts = new long[] {3, 4}))
                .isEqualTo("actor ring 0, what follows count: recorded count 5, found due 8");
        assertThat(difference(made -> made.counts = new long[] {3, 4, 5, 6}))
                .isEqualTo("actor ring 0, what follows count: recorded due 8, found count 6");
    }

    @Test
    void shouldFindActorsThatAreMissingOrOthers() {
        assertThat(difference(made -> made.actors = List.of("relay-0")))
                .isEqualTo("the actors, number 1: recorded ring 1, found nothing");
        assertThat(difference(made -> made.actors = List.of("relay-0", "relay-7")))
                .isEqualTo("the actors, number 1: recorded ring 1, found ring 7");
    }

    @Test
    void shouldFindWhatIsScheduledForAnotherInstant() {
        assertThat(difference(made -> made.entries = List.of(new long[] {103, 7, 0, 1}, new long[] {105, 9, 1, 2})))
                .isEqualTo("the timeline, what is scheduled: recorded Token[id=2] for ring 1 at 104 ns,"
                        + " found Token[id=2] for ring 1 at 105 ns");
        assertThat(difference(made -> made.entries = List.of(new long[] {104, 8, 1, 2})))
                .isEqualTo("the timeline, what is scheduled: recorded Token[id=1] for ring 0 at 103 ns, found nothing");
    }

    /** The second token has been scheduled anew, and the actors that wait for it say so. */
    @Test
    void shouldSeeNoDifferenceInANewNumberOfTheSameEntry() {
        String sentence = difference(made -> {
            made.entries = List.of(new long[] {103, 7, 0, 1}, new long[] {104, 12, 1, 2});
            made.handle = 12;
            made.deliveries = 10;
        });

        assertThat(sentence).isEqualTo("the past, deliveries: recorded 9, found 10");
    }

    @Test
    void shouldFindAnotherPastBehindTheSamePresent() {
        assertThat(difference(made -> made.now = 101)).isEqualTo("the clock, now in ns: recorded 100, found 101");
        assertThat(difference(made -> made.epochs = new long[] {5, 7}))
                .isEqualTo("the past, digest of epoch 1: recorded 6, found 7");
        assertThat(difference(made -> made.epochs = new long[] {5}))
                .isEqualTo("the past, epochs that ended: recorded 2, found 1");
        assertThat(difference(made -> made.hash = 78)).isEqualTo("the past, hash of it: recorded 77, found 78");
        assertThat(difference(made -> made.entries = List.of(new long[] {103, 6, 0, 1}, new long[] {104, 8, 1, 2})))
                .isEqualTo("the timeline, order of scheduling: recorded sequence 7, found sequence 6");
    }
}
