package org.xenfleet.xen.time;

/**
 * What Xen makes of ns of the TSC: shifted left by {@code shift} (right if it is negative), times {@code mulFrac} / 2³².
 * Every step rounds down, as Xen's does. Immutable.
 *
 * <p>Source: xen-semantics section 5, M6, and the rates measured on Xen 4.4.0 (boots warp*).
 *
 * @param mulFrac 1 to 2³² − 1
 */
record TscScale(long mulFrac, int shift) {
    /** 2 × 1/2. */
    static final TscScale TRUE = new TscScale(1L << 31, 1);

    private static final int FRACTION_BITS = 32;
    private static final long ONE = 1L << FRACTION_BITS;

    TscScale {
        if (mulFrac < 1 || mulFrac >= ONE || shift <= -Long.SIZE || shift >= Long.SIZE) {
            throw new IllegalArgumentException("a TSC scaled by " + mulFrac + " / 2^32 and shifted by " + shift);
        }
    }

    /** The scale that makes {@code systemTime} of {@code tsc}; both above 0. */
    static TscScale of(long systemTime, long tsc) {
        long s = systemTime;
        long t = tsc;
        int shift = 0;
        while (s > Integer.MAX_VALUE) {
            s >>= 1;
            t >>= 1;
        }
        if (s < 1 || t < 1) {
            throw new IllegalArgumentException("no scale makes " + systemTime + " ns of " + tsc + " ns of the TSC");
        }
        while (t > 2 * s) {
            t >>= 1;
            shift--;
        }
        while (t <= s) {
            t <<= 1;
            shift++;
        }
        return new TscScale((s << FRACTION_BITS) / t, shift);
    }

    /** This scale times {@code numerator / denominator}, which is less than 1; both less than 2³¹. */
    TscScale slowed(long numerator, long denominator) {
        long factor = (numerator << FRACTION_BITS) / denominator;
        return new TscScale(timesFraction(mulFrac, factor), shift);
    }

    long systemTime(long tsc) {
        return timesFraction(shift < 0 ? tsc >> -shift : tsc << shift, mulFrac);
    }

    /** The least TSC that makes at least {@code systemTime}, which is not negative. */
    long tscFor(long systemTime) {
        long whole = systemTime / mulFrac << FRACTION_BITS;
        long numerator = systemTime % mulFrac << FRACTION_BITS;
        long shifted = whole
                + Long.divideUnsigned(numerator, mulFrac)
                + (Long.remainderUnsigned(numerator, mulFrac) == 0 ? 0 : 1);
        return shift < 0 ? shifted << -shift : -Math.floorDiv(-shifted, 1L << shift);
    }

    private static long timesFraction(long value, long fraction) {
        return Math.multiplyHigh(value, fraction) << FRACTION_BITS | value * fraction >>> FRACTION_BITS;
    }
}
