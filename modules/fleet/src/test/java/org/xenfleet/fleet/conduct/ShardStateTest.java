package org.xenfleet.fleet.conduct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ShardStateTest {
    private static final ShardState STATE = new ShardState(
            3,
            new TreeMap<>(Map.of(1, new byte[] {1, 2, 3})),
            new TreeMap<>(Map.of(0, new byte[] {9, 8})),
            new TreeMap<>(Map.of(1, new TreeMap<>(Map.of(4, new byte[] {7})))));

    @Test
    void shouldComeBackAsItWas() throws Exception {
        ShardState back = ShardState.decode(STATE.encode());

        assertThat(back.checkpoint()).isEqualTo(3);
        assertThat(back.running()).containsOnlyKeys(1);
        assertThat(back.running().get(1)).containsExactly(1, 2, 3);
        assertThat(back.done().get(0)).containsExactly(9, 8);
        assertThat(back.recorded())
                .hasEntrySatisfying(1, states -> assertThat(states.get(4)).containsExactly(7));
    }

    @Test
    void shouldRefuseWhatIsCutOff() {
        byte[] whole = STATE.encode();
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ShardState.decode(part))
                    .as("of %d bytes", length)
                    .isInstanceOf(IOException.class);
        }
    }
}
