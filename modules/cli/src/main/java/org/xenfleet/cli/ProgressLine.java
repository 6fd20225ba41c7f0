package org.xenfleet.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.xenfleet.fleet.Progress;
import org.xenfleet.fleet.RunListener;

/**
 * Rewrites one line of a terminal a few times a second while a run goes on. The run only leaves its latest word here; a
 * thread of its own writes.
 */
final class ProgressLine implements RunListener, AutoCloseable {
    private static final int INTERVAL_MS = 200;

    private final InstantSource clock;
    private final Instant start;
    private final int width;
    private final ProgressBar bar;
    private volatile Progress latest;

    /** @param width characters of a line */
    ProgressLine(PrintStream terminal, int width, int hosts, InstantSource clock) {
        this.clock = clock;
        this.start = clock.instant();
        this.width = width - 1;
        this.latest = new Progress(0, hosts, 0, 1, 0);
        this.bar = new ProgressBarBuilder()
                .setInitialMax(1)
                .setUpdateIntervalMillis(INTERVAL_MS)
                .continuousUpdate()
                .setConsumer(new ConsoleProgressBarConsumer(terminal, this.width))
                .setRenderer((state, most) -> line())
                .build();
    }

    @Override
    public void progress(Progress progress) {
        latest = progress;
    }

    @Override
    public void close() {
        bar.close();
    }

    private String line() {
        String text = ProgressText.of(latest, Duration.between(start, clock.instant()), width);
        return text + " ".repeat(width - text.length());
    }
}
