package org.xenfleet.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CascadeTest {
    private record Numbered(int kind) implements Message {
        @Override
        public void write(StateWriter out) {}
    }

    private final Cascade cascade = new Cascade();

    private void add(int number) {
        cascade.add(number, 2 * number, new Numbered(number));
    }

    private List<Integer> takeAll() {
        List<Integer> taken = new ArrayList<>();
        while (cascade.next()) {
            assertThat(cascade.sender()).isEqualTo(cascade.message().kind());
            assertThat(cascade.target()).isEqualTo(2 * cascade.message().kind());
            taken.add(cascade.message().kind());
        }
        return taken;
    }

    @Test
    void shouldHandOutInTheOrderOfTelling() {
        add(1);
        add(2);
        assertThat(cascade.next()).isTrue();
        add(3);

        assertThat(cascade.message().kind()).isEqualTo(1);
        assertThat(takeAll()).containsExactly(2, 3);
        assertThat(cascade.isEmpty()).isTrue();
    }

    /** Five are taken first, so that the ring grows while it is wound round. */
    @Test
    void shouldGrowWithoutLosingTheOrder() {
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            add(i);
        }
        takeAll();
        for (int i = 0; i < 40; i++) {
            add(i);
            expected.add(i);
        }

        assertThat(takeAll()).isEqualTo(expected);
    }

    @Test
    void shouldGoOnAfterGivingRoomBack() {
        for (int i = 0; i < 40; i++) {
            add(i);
        }
        cascade.trim();
        assertThat(takeAll()).hasSize(40);
        cascade.trim();
        add(7);
        cascade.trim();

        assertThat(takeAll()).containsExactly(7);
    }

    @Test
    void shouldBeEmptyWhenCleared() {
        add(1);
        add(2);
        cascade.clear();

        assertThat(cascade.isEmpty()).isTrue();
        assertThatThrownBy(cascade::message).isInstanceOf(IllegalStateException.class);
        add(3);
        assertThat(takeAll()).containsExactly(3);
    }
}
