package org.xenfleet.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two kinds of message to actors of one class, which share a table. */
class ReceiveTableTest {
    private record Add(int n) implements Message {
        @Override
        public int kind() {
            return 1;
        }

        @Override
        public void write(StateWriter out) {
            out.put("n", n);
        }
    }

    private record Clear() implements Message {
        @Override
        public int kind() {
            return 2;
        }

        @Override
        public void write(StateWriter out) {}
    }

    private record Unknown() implements Message {
        @Override
        public int kind() {
            return 3;
        }

        @Override
        public void write(StateWriter out) {}
    }

    private static final class Counter extends IslandBehavior {
        private static final ReceiveTable<Counter> TABLE = ReceiveTable.<Counter>builder()
                .on(Add.class, Counter::onAdd)
                .on(Clear.class, Counter::onClear)
                .build();

        private int sum;

        @Override
        protected boolean handle(Message message) {
            return TABLE.dispatch(this, message);
        }

        private void onAdd(Add message) {
            sum += message.n();
        }

        private void onClear(Clear message) {
            sum = 0;
        }

        @Override
        public void write(StateWriter out) {
            out.put("sum", sum);
        }

        @Override
        public void read(StateReader in) {
            sum = in.getInt("sum");
        }
    }

    /** 3 + 4 and, of the other, 5 - cleared - + 6. */
    @Test
    void eachActorChangesItsOwnStateThroughTheSharedTable() {
        List<Counter> counters = List.of(new Counter(), new Counter());
        StandAlone.call(context -> {
            Island island = new Island("table", MessageCodec.builder().build());
            for (Counter counter : counters) {
                island.spawn(context, "counter" + counters.indexOf(counter), counter);
            }
            List<Message> toSecond = new ArrayList<>(List.of(new Add(5), new Clear(), new Add(6)));
            island.tell(0, new Add(3));
            toSecond.forEach(message -> island.tell(1, message));
            island.tell(0, new Add(4));
            island.settle();
            return island.deliveries();
        });

        assertThat(counters.get(0).sum).isEqualTo(7);
        assertThat(counters.get(1).sum).isEqualTo(6);
    }

    @Test
    void aMessageThatIsNotInTheTableEndsTheIsland() {
        assertThatThrownBy(() -> StandAlone.call(context -> {
                    Island island = new Island("table", MessageCodec.builder().build());
                    island.spawn(context, "counter", new Counter());
                    island.tell(0, new Unknown());
                    island.settle();
                    return 0;
                }))
                .isInstanceOf(IslandFailure.class)
                .hasMessageContaining("does not understand");
    }

    @Test
    void aClassHasOneHandlerOnly() {
        ReceiveTable.Builder<Counter> builder = ReceiveTable.<Counter>builder().on(Add.class, Counter::onAdd);

        assertThatThrownBy(() -> builder.on(Add.class, Counter::onAdd)).isInstanceOf(IllegalArgumentException.class);
    }
}
