package org.xenfleet.cluster.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** How long something may take, on a machine that has nothing else to do; one that has may take longer. */
public final class Patience {
    private static final double MOST = 6;

    private final long startedAt = System.nanoTime();
    private final String what;

    /** Starts to count. */
    public Patience(String what) {
        this.what = what;
    }

    /** Says how long it took, for whoever reads the output of the tests, and fails if that is too long. */
    public void assertWithin(Duration limit) {
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        double slower = Math.min(MOST, Math.max(1, load()));
        System.out.printf("%s: %.2f s (load per processor %.1f)%n", what, seconds, load());
        assertThat(seconds).as(what).isLessThan(limit.toNanos() / 1e9 * slower);
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()
                / Runtime.getRuntime().availableProcessors();
    }
}
