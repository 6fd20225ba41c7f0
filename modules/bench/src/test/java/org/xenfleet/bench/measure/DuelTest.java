package org.xenfleet.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class DuelTest {
    private final List<String> calls = new ArrayList<>();

    private Supplier<Rate> side(String name, long... nanos) {
        Iterator<Long> left = java.util.Arrays.stream(nanos).boxed().iterator();
        return () -> {
            calls.add(name);
            return new Rate(1000, left.next());
        };
    }

    /** The machine is ten times slower in the second round; within each round a is twice as fast as b. */
    @Test
    void ratiosAreTakenWithinARound() {
        Duel duel = Duel.of(
                1,
                3,
                List.of(
                        new Duel.Side("a", side("a", 1, 100, 1000, 100)),
                        new Duel.Side("b", side("b", 1, 200, 2000, 200))));

        assertThat(calls).containsExactly("a", "b", "a", "b", "a", "b", "a", "b");
        assertThat(duel.ratio("a", "b").median()).isCloseTo(2, within(1e-9));
        assertThat(duel.ratio("a", "b").least()).isCloseTo(2, within(1e-9));
        assertThat(duel.ratio("a", "b").greatest()).isCloseTo(2, within(1e-9));
        assertThat(duel.nanosEach("a").median()).isCloseTo(0.1, within(1e-9));
        assertThat(duel.perSecond("b").least()).isCloseTo(5e8, within(1.0));
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
        assertThat(new Samples(4, 1, 2, 100).median()).isEqualTo(3);
        assertThat(new Samples(4, 1, 100).median()).isEqualTo(4);
    }

    /** y = 5 + 3 x, with 1 too much and 1 too little at either side of the middle. */
    @Test
    void theSlopeIsThatOfTheLeastSquares() {
        Slope slope = Slope.of(new double[] {0, 1, 2, 3}, new double[] {5, 9, 10, 14});

        assertThat(slope.perUnit()).isCloseTo(2.8, within(1e-9));
        assertThat(slope.atZero()).isCloseTo(5.3, within(1e-9));
        assertThatThrownBy(() -> Slope.of(new double[] {1, 1}, new double[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatAThreadThrowsComesOut() {
        assertThatThrownBy(() -> Together.run(2, i -> gate -> {
                    if (i == 1) {
                        throw new IllegalArgumentException("broken");
                    }
                    return gate.measure(() -> 1);
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a share failed: broken");
    }
}
