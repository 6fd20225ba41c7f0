package org.xenfleet.host.statements;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.host.statements.Statement.Trial;

/**
 * Every statement holds on each of its hosts and on hosts drawn at random, and does not hold where what it rests on is left
 * out. The seed of a drawn host is in the name of its test.
 */
class StatementsTest {
    private static final int DRAWN = 3;

    @TempDir
    Path folder;

    @Test
    void everyStatementHasItsNumberAndAtLeastTwoHosts() {
        assertThat(Statements.all()).extracting(Statement::number).isSorted().doesNotHaveDuplicates();
        assertThat(Statements.all())
                .allSatisfy(s -> assertThat(s.trials()).hasSizeGreaterThanOrEqualTo(2))
                .allSatisfy(s -> assertThat(s.leaveOut()).isNotEmpty());
    }

    @TestFactory
    Stream<DynamicTest> holds() {
        return Statements.all().stream()
                .flatMap(s -> s.trials().stream()
                        .map(t -> DynamicTest.dynamicTest(s.number() + " holds: " + t.name(), () -> holdsOn(s, t))));
    }

    @TestFactory
    Stream<DynamicTest> holdsOnHostsDrawnAtRandom() {
        return Statements.all().stream()
                .flatMap(s -> IntStream.range(0, DRAWN)
                        .mapToLong(i -> 1_000L * s.number() + i)
                        .boxed()
                        .flatMap(seed -> s.draw(new Random(seed)).stream()
                                .map(t -> DynamicTest.dynamicTest(
                                        s.number() + " holds, seed " + seed + ": " + t.name(), () -> holdsOn(s, t)))));
    }

    @TestFactory
    Stream<DynamicTest> doesNotHoldWithoutWhatItRestsOn() {
        return Statements.all().stream()
                .flatMap(s -> s.trials().stream()
                        .map(t -> DynamicTest.dynamicTest(
                                s.number() + " does not hold without " + s.leftOut() + ": " + t.name(),
                                () -> failsOn(s, t))));
    }

    private void holdsOn(Statement statement, Trial trial) {
        List<Figure> figures = statement.figures(new Lab(folder.resolve(key(statement, trial)), List.of()), trial);

        assertThat(figures)
                .isNotEmpty()
                .allSatisfy(f -> assertThat(f.holds()).as(f.toString()).isTrue());
    }

    private void failsOn(Statement statement, Trial trial) {
        Lab without = new Lab(folder.resolve("without-" + key(statement, trial)), statement.leaveOut());

        assertThat(statement.figures(without, trial))
                .as("at least one figure is out of its bounds")
                .anySatisfy(f -> assertThat(f.holds()).as(f.toString()).isFalse());
    }

    private static String key(Statement statement, Trial trial) {
        return statement.number() + "-" + Integer.toHexString(trial.name().hashCode());
    }
}
