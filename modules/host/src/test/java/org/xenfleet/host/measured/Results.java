package org.xenfleet.host.measured;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The table of the measurements on real Xen, mechanisms.csv: of each the values that somebody compares. */
final class Results {
    private static final String FILE = "mechanisms.csv";
    private static final String COMMA_OUTSIDE_QUOTES = ",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)";
    private static final int CELLS = 5;

    private record Row(String version, String boot, String experiment, String metric, String value) {}

    private final List<Row> rows;

    private Results(List<Row> rows) {
        this.rows = rows;
    }

    static Results read() {
        try (InputStream in = Results.class.getResourceAsStream(FILE)) {
            return new Results(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .skip(1)
                    .map(Results::row)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String line) {
        String[] cells = line.split(COMMA_OUTSIDE_QUOTES, -1);
        if (cells.length != CELLS) {
            throw new IllegalArgumentException("not " + CELLS + " cells: " + line);
        }
        return new Row(cells[0], cells[1], cells[2].replace("\"", ""), cells[3], cells[4]);
    }

    /** The values whose experiment and parameters begin with {@code experiment} and metric with {@code metric}, in the file's order. */
    List<String> texts(String version, String boot, String experiment, String metric) {
        List<String> found = rows.stream()
                .filter(r -> r.version().equals(version) && r.boot().equals(boot))
                .filter(r -> r.experiment().startsWith(experiment) && r.metric().startsWith(metric))
                .map(Row::value)
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "no row of " + String.join(", ", version, boot, experiment, metric) + " in " + FILE);
        }
        return found;
    }

    /** The first of {@link #texts}. */
    double number(String version, String boot, String experiment, String metric) {
        return Double.parseDouble(texts(version, boot, experiment, metric).get(0));
    }

    /** The parts of the first of {@link #texts}, which {@code " / "} divides. */
    double[] numbers(String version, String boot, String experiment, String metric) {
        return parts(texts(version, boot, experiment, metric).get(0));
    }

    static double[] parts(String text) {
        return Arrays.stream(text.split(" / ")).mapToDouble(Double::parseDouble).toArray();
    }
}
