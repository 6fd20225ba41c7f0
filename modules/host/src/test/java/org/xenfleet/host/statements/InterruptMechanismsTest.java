package org.xenfleet.host.statements;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statement 21 rests on two mechanisms, M15 for flushes and M16 for the calibration of time: each left out by itself. */
class InterruptMechanismsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"m15,the call,a spinner", "m16,a spinner,the call"})
    void whatRestsOnAMechanismFailsWithoutItAndTheOtherHolds(String mechanism, String fails, String holds) {
        Lab without = new Lab(folder, List.of("hosts.h.xen.mechanisms." + mechanism + "=off"));
        Statement statement = new InterruptsStillWork();

        List<Figure> figures = statement.figures(without, statement.trials().get(0));

        assertThat(figures)
                .filteredOn(f -> f.what().startsWith("4.4.0: " + fails))
                .singleElement()
                .satisfies(f -> assertThat(f.holds()).as(f.toString()).isFalse());
        assertThat(figures)
                .filteredOn(f -> f.what().startsWith("4.4.0: " + holds))
                .singleElement()
                .satisfies(f -> assertThat(f.holds()).as(f.toString()).isTrue());
    }
}
