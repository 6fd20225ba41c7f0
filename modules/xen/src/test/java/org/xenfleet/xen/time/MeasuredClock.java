package org.xenfleet.xen.time;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * What was seen on real Xen of its clock, from measured-clock.csv: one long call, and how far the system time was off at the times
 * of a first and of a second observation, which begins where the first ends.
 *
 * @param callMs length of the call
 * @param points in the order of time
 */
record MeasuredClock(long callMs, List<Point> points) {
    /**
     * @param ms after the start of the call
     * @param us system time minus TSC since the start of the call
     */
    record Point(long ms, long us) {}

    /** Of one version and one boot. */
    static MeasuredClock of(String version, String boot) throws IOException {
        List<long[]> rows;
        try (InputStream in = MeasuredClock.class.getResourceAsStream("measured-clock.csv")) {
            rows = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> line.startsWith(version + "," + boot + ","))
                    .map(line -> line.split(","))
                    .map(c -> new long[] {Long.parseLong(c[2]), Long.parseLong(c[3]), Long.parseLong(c[4])})
                    .toList();
        }
        return new MeasuredClock(
                rows.get(0)[0],
                rows.stream().map(row -> new Point(row[1], row[2])).toList());
    }
}
