package org.xenfleet.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.xenfleet.timeline.Relay.State;
import org.xenfleet.timeline.Relay.Token;

/** A ring of four relays; a token takes 3 ns a step; ten epochs of 100 ns. */
class SnapshotTest {

    private static Island ring(ActorContext<?> context) {
        Island island = new Island("ring", Relay.CODEC);
        for (int i = 0; i < 4; i++) {
            State state = new State();
            island.spawn(context, "relay-" + i, Relay.create(island, state, List.of((i + 1) % 4), 3), state);
        }
        return island;
    }

    private static Island started(ActorContext<?> context) {
        Island island = ring(context);
        island.schedule(1, 0, new Token(1));
        island.schedule(1, 2, new Token(2));
        return island;
    }

    private static void epochs(Island island, int from, int to) {
        for (int epoch = from; epoch <= to; epoch++) {
            island.advance(epoch * 100L, Long.MAX_VALUE);
            island.endEpoch();
        }
    }

    private static List<Long> undisturbed() {
        return StandAlone.call(context -> {
            Island island = started(context);
            epochs(island, 1, 10);
            return island.epochDigests();
        });
    }

    @Test
    void anIslandThatGoesOnFromASnapshotAtAnyEpochEndsWithTheSameDigests() {
        List<Long> undisturbed = undisturbed();
        List<StateBuffer> snapshots = StandAlone.call(context -> {
            Island island = started(context);
            List<StateBuffer> taken = new ArrayList<>();
            for (int epoch = 1; epoch <= 10; epoch++) {
                epochs(island, epoch, epoch);
                taken.add(island.snapshot());
            }
            return taken;
        });

        for (int epoch = 1; epoch < 10; epoch++) {
            StateBuffer snapshot = snapshots.get(epoch - 1);
            int next = epoch + 1;
            List<Long> resumed = StandAlone.call(context -> {
                Island island = ring(context);
                island.restore(snapshot);
                epochs(island, next, 10);
                return island.epochDigests();
            });
            assertThat(resumed).as("from epoch %d", epoch).isEqualTo(undisturbed);
        }
    }

    /** Seats read and write what actors do, without an actor system; who tells them something is refused. */
    @Test
    void aSnapshotCanBeTakenUpAndChangedWhereNobodyLives() {
        StateBuffer snapshot = StandAlone.call(context -> {
            Island island = started(context);
            epochs(island, 1, 3);
            return island.snapshot();
        });
        Island still = new Island("still", Relay.CODEC);
        for (int i = 0; i < 4; i++) {
            still.seat("relay-" + i, new State());
        }

        still.restore(snapshot);
        assertThat(still.snapshot().firstDifference(snapshot)).isEqualTo(-1);
        assertThat(still.nextTime()).isBetween(300L, 303L);
        still.cancelAll(message -> message instanceof Token);
        assertThat(still.nextTime()).isEqualTo(Long.MAX_VALUE);
        still.tell(0, new Token(1));
        assertThatThrownBy(still::settle).isInstanceOf(IslandFailure.class);
    }

    @Test
    void whatIsReadInAnotherOrderThanWrittenIsRefusedWithBothNames() {
        StateBuffer buffer = new StateBuffer();
        buffer.put("credit", 7);

        assertThatThrownBy(() -> buffer.reader().getLong("weight"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("credit")
                .hasMessageContaining("weight");
    }

    @Test
    void theFirstDifferenceOfTwoStatesIsFoundByField() {
        StateBuffer a = new StateBuffer();
        a.put("x", 1);
        a.put("y", "left");
        StateBuffer b = new StateBuffer();
        b.put("x", 1);
        b.put("y", "right");

        assertThat(a.firstDifference(b)).isEqualTo(1);
        assertThat(a.field(1)).isEqualTo("y");
        assertThat(a.firstDifference(a)).isEqualTo(-1);
    }

    @Test
    void swappingTwoDeliveriesOfOneInstantGivesAnotherDigest() {
        long plain = twoTokens((time, target, message) -> DeliveryFault.Verdict.DELIVER);
        boolean[] fired = new boolean[1];
        long swapped = twoTokens((time, target, message) -> {
            if (!fired[0] && target == 1) {
                fired[0] = true;
                return DeliveryFault.Verdict.SWAP_WITH_NEXT;
            }
            return DeliveryFault.Verdict.DELIVER;
        });

        assertThat(fired[0]).as("the fault fired").isTrue();
        assertThat(swapped).isNotEqualTo(plain);
    }

    /** Relay 0 tells 1 and then 2 at one instant. */
    private static long twoTokens(DeliveryFault fault) {
        return StandAlone.call(context -> {
            Island island = new Island("two", Relay.CODEC);
            for (int i = 0; i < 3; i++) {
                State state = new State();
                List<Integer> neighbours = i == 0 ? List.of(1, 2) : List.of();
                island.spawn(context, "relay-" + i, Relay.create(island, state, neighbours, 0), state);
            }
            island.inject(fault);
            island.schedule(1, 0, new Token(1));
            island.advance(10, Long.MAX_VALUE);
            return island.endEpoch();
        });
    }

    @Test
    void anActorThatIsToldFromOutsideTheIslandEndsTheRun() {
        assertThatThrownBy(() -> StandAlone.call(context -> {
                    Island island = new Island("outside", Relay.CODEC);
                    // an actor that tells itself past the island
                    island.spawn(
                            context,
                            "rogue",
                            Behaviors.receive((ctx, message) -> {
                                if (((Token) message).id() == 1) {
                                    ctx.getSelf().tell(new Token(2));
                                }
                                return Behaviors.same();
                            }),
                            new State());
                    island.schedule(5, 0, new Token(1));
                    island.schedule(6, 0, new Token(1));
                    return island.advance(10, Long.MAX_VALUE);
                }))
                .isInstanceOf(IslandFailure.class)
                .hasMessageContaining("did not come through the island");
    }
}
