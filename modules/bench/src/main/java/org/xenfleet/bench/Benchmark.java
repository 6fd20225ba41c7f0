package org.xenfleet.bench;

import org.xenfleet.bench.report.Section;

/** One thing that is measured. */
public interface Benchmark {
    /** What {@code --only} calls it. */
    String name();

    /** Measures. Throws when the two sides of a comparison did not do the same work. */
    Section run(Effort effort);
}
