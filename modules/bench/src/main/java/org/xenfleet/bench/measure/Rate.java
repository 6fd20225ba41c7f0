package org.xenfleet.bench.measure;

/**
 * So many things done in so much wall-clock time. Immutable.
 *
 * @param count what was done, at least 1
 * @param nanos wall-clock ns, at least 1
 */
public record Rate(double count, long nanos) {
    private static final double SECOND = 1e9;

    public Rate {
        if (count < 1 || nanos < 1) {
            throw new IllegalArgumentException(count + " things in " + nanos + " ns are no rate");
        }
    }

    public double perSecond() {
        return count * SECOND / nanos;
    }

    public double nanosEach() {
        return nanos / count;
    }
}
