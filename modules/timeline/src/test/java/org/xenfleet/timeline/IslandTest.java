package org.xenfleet.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xenfleet.timeline.Relay.Break;
import org.xenfleet.timeline.Relay.Foreign;
import org.xenfleet.timeline.Relay.State;
import org.xenfleet.timeline.Relay.Stop;
import org.xenfleet.timeline.Relay.Token;

class IslandTest {

    @Test
    void messagesOfOneInstantComeInTheOrderSentOverAllReceivers() {
        // 0 tells 1, 2, 1; 1 tells 2; 2 tells nobody
        List<String> order = StandAlone.call(context -> {
            Island island = new Island("order", Relay.CODEC);
            island.spawn(context, "a", Relay.create(island, new State(), List.of(1, 2, 1), 0), new State());
            island.spawn(context, "b", Relay.create(island, new State(), List.of(2), 0), new State());
            island.spawn(context, "c", Relay.create(island, new State(), List.of(), 0), new State());
            List<String> seen = new ArrayList<>();
            island.listen((number, time, sender, target, message) ->
                    seen.add(number + ":" + sender + ">" + target + " " + ((Token) message).id()));
            island.schedule(5, 0, new Token(1));
            island.advance(10, Long.MAX_VALUE);
            return seen;
        });

        assertThat(order).containsExactly("0:-1>0 1", "1:0>1 11", "2:0>2 12", "3:0>1 11", "4:1>2 112", "5:1>2 112");
    }

    @Test
    void aCascadeFinishesBeforeTheNextScheduledMessageOfTheSameInstant() {
        List<Integer> targets = StandAlone.call(context -> {
            Island island = new Island("cascade", Relay.CODEC);
            island.spawn(context, "a", Relay.create(island, new State(), List.of(1), 0), new State());
            island.spawn(context, "b", Relay.create(island, new State(), List.of(), 0), new State());
            List<Integer> seen = new ArrayList<>();
            island.listen((number, time, sender, target, message) -> seen.add(target));
            island.schedule(5, 0, new Token(1));
            island.schedule(5, 0, new Token(2));
            island.advance(10, Long.MAX_VALUE);
            return seen;
        });

        assertThat(targets).containsExactly(0, 1, 0, 1);
    }

    /** 0 tells 1 and 2; 1 clears the island while 2 has not heard and another token is scheduled. */
    @Test
    void afterClearingNothingIsDeliveredAnyMoreAndTimeGoesOn() {
        List<Integer> targets = StandAlone.call(context -> {
            Island island = new Island("clear", Relay.CODEC);
            island.spawn(context, "a", Relay.create(island, new State(), List.of(1, 2), 0), new State());
            island.spawn(context, "b", Relay.create(island, new State(), List.of(), 0), new State());
            island.spawn(context, "c", Relay.create(island, new State(), List.of(), 0), new State());
            List<Integer> seen = new ArrayList<>();
            island.listen((number, time, sender, target, message) -> {
                seen.add(target);
                if (target == 1) {
                    island.clear();
                }
            });
            island.schedule(5, 0, new Token(1));
            island.schedule(6, 0, new Token(2));
            island.advance(10, Long.MAX_VALUE);
            assertThat(island.now()).isEqualTo(10);
            island.schedule(11, 2, new Token(3));
            island.advance(12, Long.MAX_VALUE);
            return seen;
        });

        assertThat(targets).as("what is scheduled anew comes").containsExactly(0, 1, 2);
    }

    @Test
    void timeStopsAtTheEndAskedForAndWhatIsDueThenWaits() {
        List<Long> times = StandAlone.call(context -> {
            Island island = new Island("end", Relay.CODEC);
            State state = new State();
            island.spawn(context, "a", Relay.create(island, state, List.of(), 0), state);
            island.schedule(10, 0, new Token(1));
            island.advance(10, Long.MAX_VALUE);
            long before = state.seen();
            island.advance(11, Long.MAX_VALUE);
            return List.of(before, state.seen(), island.now());
        });

        assertThat(times).containsExactly(0L, 1L, 11L);
    }

    @Test
    void aLimitStopsTheIslandAtTheEndOfACascadeAndItCanGoOn() {
        List<Long> seen = StandAlone.call(context -> {
            Island island = new Island("limit", Relay.CODEC);
            State state = new State();
            island.spawn(context, "a", Relay.create(island, state, List.of(0), 1), state);
            island.schedule(0, 0, new Token(1));
            boolean reached = island.advance(100, 30);
            long first = state.seen();
            island.advance(100, Long.MAX_VALUE);
            return List.of(reached ? 1L : 0L, first, state.seen());
        });

        assertThat(seen).containsExactly(0L, 30L, 100L);
    }

    @Test
    void schedulingBeforeNowIsRefused() {
        assertThatThrownBy(() -> StandAlone.call(context -> {
                    Island island = new Island("past", Relay.CODEC);
                    island.advance(10, Long.MAX_VALUE);
                    return island.schedule(9, 0, new Token(1));
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("before 10 ns");
    }

    private static void failOn(Message message) {
        StandAlone.call(context -> {
            Island island = new Island("x", Relay.CODEC);
            island.spawn(context, "a", Relay.create(island, new State(), List.of(), 0), new State());
            island.schedule(7, 0, message);
            island.schedule(8, 0, new Token(1));
            return island.advance(10, Long.MAX_VALUE);
        });
    }

    @Test
    void anActorThatThrowsEndsTheRunWithItsNameTheInstantAndTheMessage() {
        assertThatThrownBy(() -> failOn(new Break()))
                .isInstanceOf(IslandFailure.class)
                .hasMessage("x: actor a at 7 ns on Break[]: broken on purpose");
    }

    @Test
    void anActorThatStopsEndsTheRun() {
        assertThatThrownBy(() -> failOn(new Stop()))
                .isInstanceOf(IslandFailure.class)
                .hasMessageContaining("at 7 ns")
                .hasMessageContaining("stopped");
    }

    @Test
    void aMessageThatNobodyUnderstandsEndsTheRun() {
        assertThatThrownBy(() -> failOn(new Foreign()))
                .isInstanceOf(IslandFailure.class)
                .hasMessageContaining("does not understand");
    }

    /** A ring of four relays, two tokens; runs to 1,000 ns with an epoch every 100. */
    private static List<Long> ring(long delay, DeliveryFault fault) {
        return StandAlone.call(context -> {
            Island island = new Island("ring", Relay.CODEC);
            for (int i = 0; i < 4; i++) {
                State state = new State();
                island.spawn(context, "r" + i, Relay.create(island, state, List.of((i + 1) % 4), delay), state);
            }
            island.inject(fault);
            island.schedule(1, 0, new Token(1));
            island.schedule(1, 2, new Token(2));
            for (int epoch = 1; epoch <= 10; epoch++) {
                island.advance(epoch * 100L, Long.MAX_VALUE);
                island.endEpoch();
            }
            return island.epochDigests();
        });
    }

    private static final DeliveryFault NONE = (time, target, message) -> DeliveryFault.Verdict.DELIVER;

    @Test
    void theSameRunHasTheSameDigests() {
        assertThat(ring(3, NONE)).hasSize(10).isEqualTo(ring(3, NONE));
    }

    @Test
    void aDelayLongerByOneNanosecondGivesOtherDigests() {
        assertThat(ring(3, NONE)).isNotEqualTo(ring(4, NONE));
    }

    @Test
    void aLostMessageGivesOtherDigestsFromItsEpochOn() {
        int[] count = new int[1];
        List<Long> lossy = ring(
                3,
                (time, target, message) ->
                        ++count[0] == 200 ? DeliveryFault.Verdict.DROP : DeliveryFault.Verdict.DELIVER);

        assertThat(count[0]).as("the fault fired").isGreaterThanOrEqualTo(200);
        List<Long> whole = ring(3, NONE);
        assertThat(lossy.subList(0, 2)).isEqualTo(whole.subList(0, 2));
        assertThat(lossy.get(9)).isNotEqualTo(whole.get(9));
    }
}
