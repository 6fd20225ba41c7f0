package org.xenfleet.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KeyedRandomTest {
    private static long[] draws(KeyedRandom random) {
        return LongStream.range(0, 5).map(i -> random.below(1000)).toArray();
    }

    @Test
    void goldenDrawsStayTheSameOnEveryJvm() {
        assertThat(draws(KeyedRandom.of(89, 0, "pool-a/0", "time-at-start"))).containsExactly(GOLDEN);
        assertThat(KeyedRandom.of(1, 0, "x", "y").exponential(1_000_000)).isEqualTo(GOLDEN_EXPONENTIAL);
    }

    private static final long[] GOLDEN = {477, 80, 614, 645, 753};
    private static final long GOLDEN_EXPONENTIAL = 322_036;

    @Test
    void everyPartOfTheKeyMakesAnotherStream() {
        long[] base = draws(KeyedRandom.of(1, 0, "a", "p"));

        assertThat(draws(KeyedRandom.of(1, 0, "a", "p"))).isEqualTo(base);
        assertThat(draws(KeyedRandom.of(2, 0, "a", "p"))).isNotEqualTo(base);
        assertThat(draws(KeyedRandom.of(1, 1, "a", "p"))).isNotEqualTo(base);
        assertThat(draws(KeyedRandom.of(1, 0, "b", "p"))).isNotEqualTo(base);
        assertThat(draws(KeyedRandom.of(1, 0, "a", "q"))).isNotEqualTo(base);
    }

    @Test
    void aStreamGoesOnWhereItWasWrittenDown() {
        KeyedRandom random = KeyedRandom.of(3, 0, "e", "p");
        random.below(10);
        StateBuffer state = new StateBuffer();
        random.write(state);
        long[] expected = draws(random);

        KeyedRandom other = KeyedRandom.of(4, 0, "f", "q");
        other.read(state.reader());

        assertThat(draws(other)).isEqualTo(expected);
    }

    @Test
    void exponentialDrawsHaveTheirMean() {
        KeyedRandom random = KeyedRandom.of(5, 0, "e", "p");
        double mean = LongStream.range(0, 100_000)
                .map(i -> random.exponential(1_000_000))
                .average()
                .orElse(0);

        assertThat(mean).isBetween(990_000.0, 1_010_000.0);
    }
}
