package org.xenfleet.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private record Note(int kind) implements Message {
        @Override
        public void write(StateWriter out) {}
    }

    private final Timeline timeline = new Timeline();

    @Test
    void entriesComeByTimeAndThoseOfOneInstantInTheOrderOfScheduling() {
        timeline.schedule(20, 1, new Note(1));
        timeline.schedule(10, 2, new Note(2));
        timeline.schedule(20, 3, new Note(3));
        timeline.schedule(10, 4, new Note(4));

        List<Integer> targets = new ArrayList<>();
        while (timeline.size() > 0) {
            targets.add(timeline.take().target());
        }
        assertThat(targets).containsExactly(2, 4, 1, 3);
    }

    @Test
    void aCancelledEntryDoesNotComeAndCannotBeCancelledTwice() {
        Timeline.Entry first = timeline.schedule(1, 1, new Note(1));
        timeline.schedule(2, 2, new Note(2));

        assertThat(timeline.cancel(first)).isTrue();
        assertThat(timeline.cancel(first)).isFalse();
        assertThat(timeline.take().target()).isEqualTo(2);
        assertThat(timeline.nextTime()).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(timeline::take).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void allMessagesThatAreMeantAreCancelledAndNoOther() {
        for (int i = 0; i < 100; i++) {
            timeline.schedule(i / 3, i, new Note(i % 5));
        }

        timeline.cancelAll(message -> message.kind() == 2);

        assertThat(timeline.size()).isEqualTo(80);
        for (int i = 0; i < 100; i++) {
            if (i % 5 != 2) {
                assertThat(timeline.take().target()).isEqualTo(i);
            }
        }
    }

    @Test
    void afterClearingNothingIsScheduledAndWhatWasCannotBeCancelled() {
        Timeline.Entry first = timeline.schedule(1, 1, new Note(1));
        Timeline.Entry second = timeline.schedule(2, 2, new Note(2));
        assertThat(second.isScheduled()).isTrue();

        timeline.clear();

        assertThat(timeline.size()).isZero();
        assertThat(timeline.nextTime()).isEqualTo(Long.MAX_VALUE);
        assertThat(second.isScheduled()).isFalse();
        assertThat(timeline.cancel(first)).isFalse();
        assertThat(timeline.schedule(3, 3, new Note(3)).sequence())
                .as("sequences go on")
                .isEqualTo(second.sequence() + 1);
    }

    @Test
    void tenThousandRandomSchedulesCancelsAndTakesAgreeWithASortedList() {
        Random random = new Random(42);
        List<Timeline.Entry> model = new ArrayList<>();
        Comparator<Timeline.Entry> order =
                Comparator.comparingLong(Timeline.Entry::time).thenComparingLong(Timeline.Entry::sequence);
        for (int i = 0; i < 10_000; i++) {
            int what = random.nextInt(5);
            if (what < 3 || model.isEmpty()) {
                model.add(timeline.schedule(random.nextInt(50), i, new Note(0)));
            } else if (what == 3) {
                Timeline.Entry victim = model.remove(random.nextInt(model.size()));
                assertThat(timeline.cancel(victim)).isTrue();
            } else {
                model.sort(order);
                assertThat(timeline.take()).isSameAs(model.remove(0));
            }
            assertThat(timeline.size()).isEqualTo(model.size());
        }
    }
}
