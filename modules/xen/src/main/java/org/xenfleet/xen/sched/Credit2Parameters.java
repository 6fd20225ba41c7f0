package org.xenfleet.xen.sched;

/**
 * What an administrator sets for the credit2 scheduler of a pool, and the constants of its rules. Immutable; times in ns,
 * a credit is a ns of CPU time of the heaviest vCPU of its run queue.
 *
 * <p>Source: xen-semantics section 4.2, confirmed by the traces of Xen 4.17.7 where nothing else is said.
 *
 * @param ratelimitUs a vCPU keeps its pCPU at least that long: 100 to 500,000 us; 0 is off
 */
public record Credit2Parameters(int ratelimitUs) {
    public static final Credit2Parameters DEFAULT = new Credit2Parameters(1000);

    public static final int DEFAULT_WEIGHT = 256;

    /** What a new vCPU has, and what everybody gets at a reset. */
    public static final long CREDIT_INIT = 10_000_000L;

    /** Nobody has more than this after a reset: one reset, and 500 us carried over. */
    public static final long CREDIT_MAX = CREDIT_INIT + 500_000L;

    /** Nobody owes more, however long it ran; source: the behaviour of Xen since 4.14. */
    public static final long CREDIT_MIN = -CREDIT_INIT;

    /** No vCPU is given less, or more, at a time. */
    public static final long MIN_TIMER = 500_000L;

    public static final long MAX_TIMER = 10_000_000L;

    /** A capped domain has its share of CPU time anew once in that time. */
    public static final long CAP_PERIOD = 10_000_000L;

    /** How much more credit it takes to pull a vCPU from another pCPU of the run queue. */
    public static final long MIGRATE_RESIST = 500_000L;

    /** What a vCPU is given for having been pulled; source: the behaviour of Xen 4.17. */
    public static final long MIGRATE_COMPENSATION = 50_000L;

    /** A vCPU that is that near to its rate limit may be preempted; source: the behaviour of Xen 4.17. */
    public static final long RATELIMIT_TOLERANCE = 50_000L;

    /**
     * The most pCPUs of a run queue; a larger socket has several. Source: Xen's description of its command line,
     * sched_credit2_max_cpus_runqueue.
     */
    public static final int MAX_CPUS_OF_A_RUN_QUEUE = 16;

    private static final long US = 1000L;

    public Credit2Parameters {
        if (ratelimitUs != 0
                && (ratelimitUs < CreditParameters.MIN_RATELIMIT_US
                        || ratelimitUs > CreditParameters.MAX_RATELIMIT_US)) {
            throw new IllegalArgumentException("the rate limit is 0 or 100 to 500000 us, not " + ratelimitUs);
        }
    }

    public long ratelimitNs() {
        return ratelimitUs * US;
    }
}
