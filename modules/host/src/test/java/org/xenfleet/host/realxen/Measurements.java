package org.xenfleet.host.realxen;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The table of what was measured on a real Xen 4.17.7, schedulers.csv. Times are microseconds but for the window's, seconds. */
final class Measurements {
    static final String DOM0 = "Domain-0";

    private final List<String> header;
    private final List<List<String>> rows;

    private Measurements(List<List<String>> lines) {
        this.header = lines.get(0);
        this.rows = lines.subList(1, lines.size());
    }

    static Measurements read() {
        try (InputStream in = Measurements.class.getResourceAsStream("schedulers.csv")) {
            return new Measurements(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(line -> Arrays.asList(line.split(",", -1)))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Boot and name of every experiment with credit in the boots that are compared. */
    List<String> creditExperiments() {
        return experiments("_credit_");
    }

    private List<String> experiments(String with) {
        return rows.stream()
                .filter(row ->
                        Arrays.stream(Boot.values()).anyMatch(b -> b.name().equals(row.get(0))))
                .map(row -> row.get(0) + " " + row.get(1))
                .filter(id -> id.contains(with))
                .distinct()
                .toList();
    }

    /** Likewise with credit2. */
    List<String> credit2Experiments() {
        return experiments("_credit2_");
    }

    long windowNs(Experiment experiment) {
        return Math.round(number(row(experiment, DOM0).orElseThrow(), "window_s") * 1e9);
    }

    long dom0RunNs(Experiment experiment) {
        return Math.round(number(row(experiment, DOM0).orElseThrow(), "run_mean_us") * 1e3);
    }

    long dom0PeriodNs(Experiment experiment) {
        return windowNs(experiment) / (long) number(row(experiment, DOM0).orElseThrow(), "run_n");
    }

    /** Empty for a guest that never left its pCPU: nothing was recorded of it. */
    Optional<Figures> of(Experiment experiment, String guest) {
        return row(experiment, guest)
                .map(row -> new Figures(
                        number(row, "share_of_window"),
                        (int) number(row, "run_n"),
                        number(row, "run_min_us"),
                        number(row, "run_p50_us"),
                        number(row, "run_p99_us"),
                        number(row, "run_max_us"),
                        number(row, "wait_p50_us"),
                        number(row, "wake_lat_p50_us")));
    }

    private Optional<List<String>> row(Experiment experiment, String guest) {
        return rows.stream()
                .filter(row -> row.get(0).equals(experiment.boot().name())
                        && row.get(1).equals(experiment.name())
                        && row.get(2).equals(guest))
                .findFirst();
    }

    private double number(List<String> row, String column) {
        String text = row.get(header.indexOf(column));
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }
}
