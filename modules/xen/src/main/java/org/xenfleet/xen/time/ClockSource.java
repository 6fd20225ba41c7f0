package org.xenfleet.xen.time;

/**
 * A platform counter, Xen's {@code clocksource}: it counts up and begins again at 0 after its last value. Immutable.
 *
 * <p>Source: xen-semantics section 5, M6.
 *
 * @param name as on Xen's command line
 * @param bits width of the counter, {@link #LEAST_BITS} to {@link #MOST_BITS}
 * @param frequencyHz how often it counts in a second, {@link #LEAST_HZ} to {@link #MOST_HZ}
 */
public record ClockSource(String name, int bits, long frequencyHz) {
    public static final int LEAST_BITS = 16;
    public static final int MOST_BITS = 32;
    public static final long LEAST_HZ = 1_000_000L;
    public static final long MOST_HZ = 10_000_000_000L;

    /** What most HPETs count in a second; one says itself how often it does. */
    public static final long USUAL_HPET_HZ = 14_318_180L;

    /** {@code clocksource=acpi}, the ACPI PM timer: begins again after 4.687 s. */
    public static final ClockSource ACPI = new ClockSource("acpi", 24, 3_579_545L);

    /** {@code clocksource=hpet} at its usual frequency: begins again after 299.966 s. */
    public static final ClockSource HPET = hpet(USUAL_HPET_HZ);

    private static final long SECOND = 1_000_000_000L;

    public ClockSource {
        if (bits < LEAST_BITS || bits > MOST_BITS) {
            throw new IllegalArgumentException("clocksource " + name + " has a counter of " + bits + " bits; known are "
                    + LEAST_BITS + " to " + MOST_BITS);
        }
        if (frequencyHz < LEAST_HZ || frequencyHz > MOST_HZ) {
            throw new IllegalArgumentException("clocksource " + name + " counts at " + frequencyHz + " Hz; known are "
                    + LEAST_HZ + " to " + MOST_HZ + " Hz");
        }
    }

    /** {@code clocksource=hpet} of a machine whose HPET counts at {@code frequencyHz}; Xen reads 32 bits of it. */
    public static ClockSource hpet(long frequencyHz) {
        return new ClockSource("hpet", 32, frequencyHz);
    }

    /** After so many ns the counter begins again; the part of the last ns is left out. */
    public long wrapNs() {
        return (1L << bits) * SECOND / frequencyHz;
    }

    /** So many ns after it ran Xen's overflow timer is to run again: half of {@link #wrapNs}. */
    public long overflowPeriodNs() {
        return (1L << (bits - 1)) * SECOND / frequencyHz;
    }
}
