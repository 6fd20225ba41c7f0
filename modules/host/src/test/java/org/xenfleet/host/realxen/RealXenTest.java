package org.xenfleet.host.realxen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The model does what Xen 4.17.7 did in every experiment with credit and credit2. */
class RealXenTest {
    @TempDir
    Path folder;

    static List<Experiment> experiments() {
        return Stream.concat(Experiments.ALL.stream(), Credit2Experiments.ALL.stream())
                .toList();
    }

    private Comparison compare(Experiment experiment) {
        Measurements measurements = Measurements.read();
        return Comparison.of(experiment, measurements, new Laboratory(folder, measurements).run(experiment));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("experiments")
    void theFiguresAreThoseOfTheRealXen(Experiment experiment) {
        Comparison comparison = compare(experiment);

        assertThat(comparison.lines()).hasSizeGreaterThan(1);
        assertThat(comparison.failures()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("experiments")
    void whatIsExcludedDoesDiffer(Experiment experiment) {
        List<Comparison.Line> excluded = compare(experiment).lines().stream()
                .filter(line -> line.exclusion().isPresent())
                .toList();

        assertThat(excluded).hasSameSizeAs(experiment.exclusions());
        assertThat(excluded).noneMatch(Comparison.Line::agrees);
    }

    @Test
    void noExperimentIsLeftOut() {
        assertThat(Experiments.ALL.stream().map(Experiment::toString))
                .containsExactlyInAnyOrderElementsOf(Measurements.read().creditExperiments());
    }

    @Test
    void noExperimentWithCredit2IsLeftOut() {
        assertThat(Credit2Experiments.ALL.stream().map(Experiment::toString))
                .containsExactlyInAnyOrderElementsOf(Measurements.read().credit2Experiments());
    }
}
