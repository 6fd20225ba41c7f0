package org.xenfleet.xen;

/**
 * What an NMI watchdog goes by. Immutable.
 *
 * <p>Source: xen-semantics section 5, mechanism M7.
 *
 * @param timeoutS {@code watchdog_timeout} in seconds, {@link #LEAST_TIMEOUT_S} to {@link #MOST_TIMEOUT_S}
 * @param frequencyHz nominal clock of a pCPU, at least 1
 */
public record WatchdogParameters(int timeoutS, long frequencyHz) {
    /** {@code watchdog} without {@code watchdog_timeout}. */
    public static final int DEFAULT_TIMEOUT_S = 5;

    /** With 1 s the heartbeat, which itself comes once a second and a little more, would be too late sooner or later. */
    public static final int LEAST_TIMEOUT_S = 2;

    public static final int MOST_TIMEOUT_S = 1_000_000;

    /** How often the heartbeat's timer is set anew, in ns. */
    public static final long HEARTBEAT_NS = 1_000_000_000L;

    /** From the panic until Xen restarts the machine, unless {@code noreboot} is on its command line, in ns. */
    public static final long REBOOT_AFTER_NS = 5_000_000_000L;

    public WatchdogParameters {
        if (timeoutS < LEAST_TIMEOUT_S || timeoutS > MOST_TIMEOUT_S || frequencyHz < 1) {
            throw new IllegalArgumentException("a time-out of " + timeoutS + " s at " + frequencyHz + " Hz");
        }
    }

    /** NMIs in a second of unhalted time: the clock in kHz, shifted right by 20, but at least 1. */
    public long nmiHz() {
        return Math.max(1, (frequencyHz / 1000) >> 20);
    }

    /** Unhalted ns from one NMI to the next: clock / nmi_hz cycles at the nominal clock, the last ns begun counted whole. */
    public long nmiPeriodNs() {
        return (1_000_000_000L + nmiHz() - 1) / nmiHz();
    }

    /** So many NMIs in a row that see no heartbeat panic. */
    public long alertsToPanic() {
        return timeoutS * nmiHz();
    }
}
