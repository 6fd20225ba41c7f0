package org.xenfleet.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/** The example of the README. */
class ExampleTest {
    record Tick(long number) implements Message {
        @Override
        public int kind() {
            return 1;
        }

        @Override
        public void write(StateWriter out) {
            out.put("number", number);
        }

        static Tick read(StateReader in) {
            return new Tick(in.getLong("number"));
        }
    }

    static final class Counter implements Snapshottable {
        private long ticks;

        long ticks() {
            return ticks;
        }

        @Override
        public void write(StateWriter out) {
            out.put("ticks", ticks);
        }

        @Override
        public void read(StateReader in) {
            ticks = in.getLong("ticks");
        }
    }

    static final class Clock {
        static Behavior<Message> create(Island island, Counter counter) {
            return Behaviors.receive((context, message) -> {
                counter.ticks++;
                island.schedule(island.now() + 1_000_000, 0, new Tick(counter.ticks));
                return Behaviors.same();
            });
        }
    }

    @Test
    void aClockThatTicksEveryMillisecondTicksAThousandTimesInASimulatedSecond() {
        long ticks = StandAlone.call(context -> {
            Island island = new Island(
                    "kitchen", MessageCodec.builder().add(1, Tick::read).build());
            Counter counter = new Counter();
            island.spawn(context, "clock", Clock.create(island, counter), counter);
            island.schedule(0, 0, new Tick(0));
            island.advance(1_000_000_000L, Long.MAX_VALUE);
            return counter.ticks();
        });

        assertThat(ticks).isEqualTo(1000);
    }
}
