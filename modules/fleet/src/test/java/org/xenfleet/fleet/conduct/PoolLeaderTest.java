package org.xenfleet.fleet.conduct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xenfleet.fleet.conduct.Conducting.AdvancePart;
import org.xenfleet.fleet.conduct.Conducting.EndPart;
import org.xenfleet.fleet.conduct.Conducting.PartAdvanced;
import org.xenfleet.fleet.conduct.Conducting.PartBegun;
import org.xenfleet.fleet.conduct.Conducting.PartSaved;
import org.xenfleet.fleet.conduct.Conducting.SavePart;
import org.xenfleet.fleet.conduct.Conducting.ToShard;
import org.xenfleet.host.ChannelMessage;
import org.xenfleet.scenario.ChannelSpec;

/** Two parts of two hosts, a latency of 100 ns, and a run of 2 s. */
class PoolLeaderTest {
    private static final long SECOND = 1_000_000_000;

    private static final class Heard implements PoolLeader.World {
        private final List<String> words = new ArrayList<>();
        private final List<Long> complete = new ArrayList<>();
        private boolean due;
        private boolean stop;

        @Override
        public void tell(int part, ToShard word) {
            if (word instanceof AdvancePart advance) {
                words.add(part + " to " + advance.untilNs()
                        + advance.incoming().stream()
                                .map(m -> " <" + m.sender() + "@" + m.arrivesNs())
                                .toList());
            } else if (word instanceof SavePart save) {
                words.add(part + " saves " + save.checkpoint() + (save.durably() ? "" : " not"));
            } else if (word instanceof EndPart) {
                words.add(part + " ends");
            }
        }

        @Override
        public boolean checkpointDue() {
            boolean now = due;
            due = false;
            return now;
        }

        @Override
        public void checkpointComplete(long checkpoint) {
            complete.add(checkpoint);
        }

        @Override
        public boolean stopping() {
            return stop;
        }

        List<String> take() {
            List<String> taken = List.copyOf(words);
            words.clear();
            return taken;
        }
    }

    private final Heard heard = new Heard();

    private PoolLeader leader(boolean recording) {
        HostShard shard =
                new HostShard("p", "p#0x2", 0, 2, 0, 2, 4, Optional.of(new ChannelSpec(100, 0, 0, Optional.empty())));
        PoolLeader leader = new PoolLeader(shard, 2 * SECOND, recording, heard);
        leader.begins(7, -1);
        return leader;
    }

    private static ChannelMessage message(int sender, int receiver, long arrives) {
        return new ChannelMessage(sender, receiver, 0, arrives - 100, arrives, 0, 0);
    }

    @Test
    void shouldEndAWindowAtTheLeastPromisePlusTheLatency() {
        PoolLeader leader = leader(false);
        leader.begun(new PartBegun(7, 0, 0, 5_000));
        assertThat(heard.take()).isEmpty();

        leader.begun(new PartBegun(7, 1, 0, 3_000));

        assertThat(heard.take()).containsExactly("0 to 3100[]", "1 to 3100[]");
    }

    @Test
    void shouldHandWhatWasSentToThePartsOfTheReceiversInTheOrderOfArrival() {
        PoolLeader leader = leader(false);
        leader.begun(new PartBegun(7, 0, 0, 3_000));
        leader.begun(new PartBegun(7, 1, 0, 3_000));
        heard.take();

        leader.advanced(new PartAdvanced(7, 1, 1, 9_000, List.of(message(3, 0, 3_250), message(3, 2, 3_250))));
        leader.advanced(new PartAdvanced(7, 1, 0, 8_000, List.of(message(0, 1, 3_120), message(1, 0, 3_120))));

        assertThat(heard.take()).containsExactly("0 to 8100[ <0@3120,  <1@3120,  <3@3250]", "1 to 8100[ <3@3250]");
    }

    @Test
    void shouldEndAWindowAtAWholeSecondAndAtTheEndOfTheRun() {
        PoolLeader leader = leader(false);
        leader.begun(new PartBegun(7, 0, 0, Long.MAX_VALUE));
        leader.begun(new PartBegun(7, 1, 0, SECOND - 50));
        assertThat(heard.take()).containsExactly("0 to 1000000000[]", "1 to 1000000000[]");

        leader.advanced(new PartAdvanced(7, 1, 0, Long.MAX_VALUE, List.of()));
        leader.advanced(new PartAdvanced(7, 1, 1, Long.MAX_VALUE, List.of()));
        assertThat(heard.take()).containsExactly("0 to 2000000000[]", "1 to 2000000000[]");

        leader.advanced(new PartAdvanced(7, 2, 0, Long.MAX_VALUE, List.of()));
        leader.advanced(new PartAdvanced(7, 2, 1, Long.MAX_VALUE, List.of()));
        assertThat(heard.take()).containsExactly("0 ends", "1 ends");
        assertThat(leader.windows()).isEqualTo(2);
    }

    @Test
    void shouldGoOnAfterACheckpointOnlyWhenAllPartsHaveSavedIt() {
        PoolLeader leader = leader(false);
        leader.begun(new PartBegun(7, 0, 0, 3_000));
        leader.begun(new PartBegun(7, 1, 0, 3_000));
        heard.take();
        heard.due = true;
        leader.advanced(new PartAdvanced(7, 1, 0, 9_000, List.of()));
        leader.advanced(new PartAdvanced(7, 1, 1, 9_000, List.of()));
        assertThat(heard.take()).containsExactly("0 saves 0", "1 saves 0");

        leader.saved(new PartSaved(7, 2, 0));
        assertThat(heard.complete).isEmpty();
        assertThat(heard.take()).isEmpty();
        leader.saved(new PartSaved(7, 2, 1));

        assertThat(heard.complete).containsExactly(0L);
        assertThat(heard.take()).containsExactly("0 to 9100[]", "1 to 9100[]");
    }

    @Test
    void shouldRecordStatesAtWholeSecondsWithoutACheckpoint() {
        PoolLeader leader = leader(true);
        leader.begun(new PartBegun(7, 0, 0, Long.MAX_VALUE));
        leader.begun(new PartBegun(7, 1, 0, Long.MAX_VALUE));
        heard.take();
        leader.advanced(new PartAdvanced(7, 1, 0, Long.MAX_VALUE, List.of()));
        leader.advanced(new PartAdvanced(7, 1, 1, Long.MAX_VALUE, List.of()));

        assertThat(heard.take()).containsExactly("0 saves -1 not", "1 saves -1 not");
        leader.saved(new PartSaved(7, 2, 0));
        leader.saved(new PartSaved(7, 2, 1));
        assertThat(heard.complete).isEmpty();
    }

    @Test
    void shouldDropWhatBelongsToAnotherAttempt() {
        PoolLeader leader = leader(false);
        leader.begun(new PartBegun(7, 0, 0, 3_000));
        leader.begins(8, -1);

        leader.begun(new PartBegun(7, 1, 0, 3_000));
        leader.advanced(new PartAdvanced(7, 1, 1, 3_000, List.of(message(3, 0, 3_250))));
        assertThat(heard.take()).isEmpty();

        leader.begun(new PartBegun(8, 0, 0, 4_000));
        leader.begun(new PartBegun(8, 1, 0, 5_000));
        assertThat(heard.take()).containsExactly("0 to 4100[]", "1 to 4100[]");
    }

    @Test
    void shouldEndBetweenTwoWindowsWhenTheUserWantsItTo() {
        PoolLeader leader = leader(false);
        leader.begun(new PartBegun(7, 0, 0, 3_000));
        leader.begun(new PartBegun(7, 1, 0, 3_000));
        heard.take();
        heard.stop = true;
        leader.advanced(new PartAdvanced(7, 1, 0, 9_000, List.of()));
        leader.advanced(new PartAdvanced(7, 1, 1, 9_000, List.of()));

        assertThat(heard.take()).containsExactly("0 ends", "1 ends");
    }

    @Test
    void shouldCountAnAnswerThatComesTwiceOnce() {
        PoolLeader leader = leader(false);
        leader.begun(new PartBegun(7, 0, 0, 3_000));
        leader.begun(new PartBegun(7, 0, 0, 3_000));
        assertThat(heard.take()).isEmpty();
        leader.begun(new PartBegun(7, 1, 0, 3_000));
        heard.take();

        PartAdvanced answer = new PartAdvanced(7, 1, 1, 9_000, List.of(message(3, 0, 3_250)));
        leader.advanced(answer);
        leader.advanced(answer);
        assertThat(heard.take()).isEmpty();
        leader.advanced(new PartAdvanced(7, 1, 0, 8_000, List.of()));
        assertThat(heard.take()).containsExactly("0 to 8100[ <3@3250]", "1 to 8100[]");

        // and once more, when it belongs to a window that is over
        leader.advanced(answer);
        leader.advanced(new PartAdvanced(7, 2, 0, 10_000, List.of()));
        assertThat(heard.take()).isEmpty();
    }

    @Test
    void shouldSayAgainOnlyWhatHasNotBeenAnswered() {
        PoolLeader leader = leader(false);
        assertThat(leader.isToBegin(0)).isTrue();
        leader.begun(new PartBegun(7, 0, 0, 3_000));
        assertThat(leader.isToBegin(0)).isFalse();
        assertThat(leader.isToBegin(1)).isTrue();
        leader.begun(new PartBegun(7, 1, 0, 3_000));
        heard.take();

        leader.advanced(new PartAdvanced(7, 1, 1, 9_000, List.of()));
        leader.again();
        assertThat(heard.take()).containsExactly("0 to 3100[]");

        leader.begins(8, -1);
        leader.again();
        assertThat(heard.take()).isEmpty();
    }

    @Test
    void shouldRefuseToBeginAtTwoInstants() {
        PoolLeader leader = leader(false);
        leader.begun(new PartBegun(7, 0, 1_000, 3_000));

        assertThatThrownBy(() -> leader.begun(new PartBegun(7, 1, 2_000, 3_000)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the parts of p#0x2 begin at 1000 and at 2000 ns");
    }
}
