package org.xenfleet.host.realxen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealXenDocsTest {
    private static final Path PAGE = Path.of("../../docs/real-xen.md");
    private static final int TICKS = 5;
    private static final int ACCOUNTINGS = 10;
    private static final int CELLS = 7;

    @TempDir
    Path folder;

    /**
     * To renew the page: run this test with {@code -Dsurefire.argLine=-Dxenfleet.docs.write=true}. Only then are the phases
     * swept, which takes a minute; otherwise that one column is taken from the page.
     */
    @Test
    void thePageIsWhatTheComparisonSays() throws IOException {
        Measurements measurements = Measurements.read();
        Laboratory laboratory = new Laboratory(folder, measurements);
        List<Comparison> comparisons = compare(Experiments.ALL, measurements, laboratory);
        List<Comparison> credit2 = compare(Credit2Experiments.ALL, measurements, laboratory);

        if (Boolean.getBoolean("xenfleet.docs.write")) {
            Map<String, String> swept = new LinkedHashMap<>();
            for (Experiment experiment : Experiments.ALL) {
                swept.put(experiment.toString(), agreeing(experiment, measurements, laboratory));
            }
            Files.writeString(PAGE, RealXenPage.of(comparisons, swept, credit2));
        }
        assertThat(Files.readString(PAGE)).isEqualTo(RealXenPage.of(comparisons, lastColumn(), credit2));
    }

    private static List<Comparison> compare(
            List<Experiment> experiments, Measurements measurements, Laboratory laboratory) {
        List<Comparison> comparisons = new ArrayList<>();
        for (Experiment experiment : experiments) {
            comparisons.add(Comparison.of(experiment, measurements, laboratory.run(experiment)));
        }
        return comparisons;
    }

    private static String agreeing(Experiment experiment, Measurements measurements, Laboratory laboratory) {
        int agree = 0;
        for (int tick = 0; tick < TICKS; tick++) {
            for (int accounting = 0; accounting < ACCOUNTINGS; accounting++) {
                Experiment there = experiment.with(Phases.fitted(
                        experiment.sliceMs() * 1000L / 3 * (2L * tick + 1) / (2 * TICKS),
                        experiment.sliceMs() * 1000L * (2L * accounting + 1) / (2 * ACCOUNTINGS)));
                agree += Comparison.of(there, measurements, laboratory.run(there))
                                .isMet()
                        ? 1
                        : 0;
            }
        }
        return agree + " of " + TICKS * ACCOUNTINGS;
    }

    private static Map<String, String> lastColumn() throws IOException {
        Map<String, String> column = new LinkedHashMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            String[] cells = line.split(" *\\| *");
            if (cells.length == CELLS && cells[CELLS - 1].matches("\\d+ of \\d+")) {
                column.put(cells[1], cells[CELLS - 1]);
            }
        }
        return column;
    }
}
