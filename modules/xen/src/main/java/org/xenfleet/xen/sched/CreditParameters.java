package org.xenfleet.xen.sched;

/**
 * What the Xen command line sets for the credit scheduler. Source: xen-semantics section 4.1.
 *
 * @param tsliceMs time slice and accounting period, 1 to 1000
 * @param ratelimitUs a vCPU keeps its pCPU at least that long; 0 is off
 */
public record CreditParameters(int tsliceMs, int ratelimitUs) {
    public static final CreditParameters DEFAULT = new CreditParameters(30, 1000);

    public static final int CREDITS_PER_MS = 10;
    public static final int DEFAULT_WEIGHT = 256;
    private static final int TICKS_PER_TSLICE = 3;
    private static final long MS = 1_000_000L;

    public CreditParameters {
        if (tsliceMs < 1 || tsliceMs > 1000) {
            throw new IllegalArgumentException("sched_credit_tslice_ms is 1 to 1000, not " + tsliceMs);
        }
        if (ratelimitUs != 0 && (ratelimitUs < 100 || ratelimitUs > 500_000 || ratelimitUs > tsliceMs * 1000)) {
            throw new IllegalArgumentException(
                    "sched_ratelimit_us is 0 or 100 to 500000 and at most the time slice, not " + ratelimitUs);
        }
    }

    public long tsliceNs() {
        return tsliceMs * MS;
    }

    /** Three ticks a slice; one for a slice under 3 ms. */
    public long tickNs() {
        return tsliceMs < TICKS_PER_TSLICE ? tsliceNs() : tsliceNs() / TICKS_PER_TSLICE;
    }

    public long ratelimitNs() {
        return ratelimitUs * 1000L;
    }

    public int creditsPerTslice() {
        return CREDITS_PER_MS * tsliceMs;
    }
}
