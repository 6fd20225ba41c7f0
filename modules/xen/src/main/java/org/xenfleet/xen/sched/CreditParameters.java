package org.xenfleet.xen.sched;

/**
 * What an administrator sets for the credit scheduler of a pool, on Xen's command line or with {@code xl sched-credit}.
 * Immutable. Source: xen-semantics section 4.1.
 *
 * @param tsliceMs time slice and accounting period, 1 to 1000
 * @param ratelimitUs a vCPU keeps its pCPU at least that long: 100 to 500,000 and at most the slice; 0 is off
 * @param migrationDelayUs a vCPU that ran less than that ago is cache-hot and not stolen, 0 to 100,000
 * @param tickleOneIdle a woken vCPU pokes one suitable idle pCPU, not all of them
 */
public record CreditParameters(int tsliceMs, int ratelimitUs, int migrationDelayUs, boolean tickleOneIdle) {
    public static final CreditParameters DEFAULT = new CreditParameters(30, 1000);

    public static final int MAX_TSLICE_MS = 1000;
    public static final int MIN_RATELIMIT_US = 100;
    public static final int MAX_RATELIMIT_US = 500_000;
    public static final int MAX_MIGRATION_DELAY_US = 100_000;
    public static final int CREDITS_PER_MS = 10;
    public static final int DEFAULT_WEIGHT = 256;
    private static final int TICKS_PER_TSLICE = 3;
    private static final long US = 1000L;
    private static final long MS = 1_000_000L;

    public CreditParameters {
        if (tsliceMs < 1 || tsliceMs > MAX_TSLICE_MS) {
            throw new IllegalArgumentException("the time slice is 1 to 1000 ms, not " + tsliceMs);
        }
        if (ratelimitUs != 0
                && (ratelimitUs < MIN_RATELIMIT_US
                        || ratelimitUs > MAX_RATELIMIT_US
                        || ratelimitUs > tsliceMs * 1000)) {
            throw new IllegalArgumentException(
                    "the rate limit is 0 or 100 to 500000 us and at most the time slice, not " + ratelimitUs);
        }
        if (migrationDelayUs < 0 || migrationDelayUs > MAX_MIGRATION_DELAY_US) {
            throw new IllegalArgumentException("the migration delay is 0 to 100000 us, not " + migrationDelayUs);
        }
    }

    /** The rest as Xen has it by default: no migration delay, one idle pCPU poked. */
    public CreditParameters(int tsliceMs, int ratelimitUs) {
        this(tsliceMs, ratelimitUs, 0, true);
    }

    public long tsliceNs() {
        return tsliceMs * MS;
    }

    /** Three ticks a slice; one for a slice under 3 ms. Whole microseconds, as Xen keeps the period. */
    public long tickNs() {
        return tsliceMs < TICKS_PER_TSLICE ? tsliceNs() : tsliceMs * 1000L / TICKS_PER_TSLICE * US;
    }

    public long ratelimitNs() {
        return ratelimitUs * US;
    }

    public long migrationDelayNs() {
        return migrationDelayUs * US;
    }

    public int creditsPerTslice() {
        return CREDITS_PER_MS * tsliceMs;
    }
}
