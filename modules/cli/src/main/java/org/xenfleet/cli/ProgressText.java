package org.xenfleet.cli;

import java.time.Duration;
import java.util.Locale;
import org.xenfleet.fleet.Progress;
import org.xenfleet.report.HumanText;

/** The line that shows how far a run is. A pure function. */
final class ProgressText {
    private static final int BAR = 20;

    private ProgressText() {}

    /**
     * Hosts done, simulated time per host, speed, and the time that is left if the speed stays.
     *
     * @param elapsed since the run began
     * @param width characters of a line; what does not fit is dropped from the end
     */
    static String of(Progress progress, Duration elapsed, int width) {
        double part = progress.totalNs() == 0 ? 1 : (double) progress.simulatedNs() / progress.totalNs();
        double speed = elapsed.isZero() ? 0 : (double) progress.simulatedNs() / elapsed.toNanos();
        int filled = (int) Math.round(part * BAR);
        long perHost = progress.hostsTotal() == 0 ? 0 : progress.simulatedNs() / progress.hostsTotal();
        String line = String.format(
                Locale.ROOT,
                "[%s%s] %3d %%  %s of %s done, %s simulated, %s, %s left",
                "#".repeat(filled),
                " ".repeat(BAR - filled),
                (int) Math.floor(part * 100),
                HumanText.count(progress.hostsDone()),
                HumanText.count(progress.hostsTotal(), "host"),
                HumanText.duration(perHost),
                speed(speed, progress.hostsTotal()),
                left(part, elapsed));
        return line.length() > width ? line.substring(0, width) : line;
    }

    private static String speed(double speed, int hosts) {
        String times = String.format(Locale.ROOT, speed < 10 ? "%.1f" : "%,.0f", speed);
        return times + "x real time" + (hosts == 1 ? "" : " over all hosts");
    }

    private static String left(double part, Duration elapsed) {
        if (part <= 0) {
            return "unknown time";
        }
        long seconds = (long) Math.ceil(elapsed.toMillis() * (1 - part) / part / 1000);
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }
}
