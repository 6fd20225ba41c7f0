package org.xenfleet.xen.time;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the boots warp* of the measurements on real Xen saw of its clock: one long call and how far the system time was off
 * at the times of a first and of a second observation, which begins where the first ends and counts anew from 0.
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

    private static final Path RESULTS = Path.of("../../../shared/reference/real-xen/xsa-89/results.csv");
    private static final Pattern CALL =
            Pattern.compile("call of n=\\d{7,} pages,duration by TSC / by Xen system time,(\\d+) / \\d+,ms");
    private static final Pattern FIRST =
            Pattern.compile("(\\d+) ms after the start of the call,Xen system time minus TSC,(-?\\d+),us");
    private static final Pattern SECOND =
            Pattern.compile("\"(\\d+) ms into the second observation,.*\",Xen system time minus TSC,(-?\\d+),us");

    /** Of one version and one boot. */
    static MeasuredClock of(String version, String boot) throws IOException {
        assumeTrue(Files.exists(RESULTS), "the measurements do not lie beside the project");
        long call = 0;
        List<Point> points = new ArrayList<>();
        Point end = new Point(0, 0);
        for (String row : Files.readAllLines(RESULTS)) {
            if (!row.startsWith(version + "," + boot + ",")) {
                continue;
            }
            Matcher m = CALL.matcher(row);
            if (m.find()) {
                call = Long.parseLong(m.group(1));
            }
            m = FIRST.matcher(row);
            if (m.find()) {
                end = new Point(Long.parseLong(m.group(1)), Long.parseLong(m.group(2)));
                points.add(end);
            }
            m = SECOND.matcher(row);
            if (m.find()) {
                points.add(new Point(end.ms() + Long.parseLong(m.group(1)), end.us() + Long.parseLong(m.group(2))));
            }
        }
        return new MeasuredClock(call, List.copyOf(points));
    }
}
