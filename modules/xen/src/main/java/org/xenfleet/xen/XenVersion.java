package org.xenfleet.xen;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.xenfleet.xen.p2m.P2mLock.Order;
import org.xenfleet.xen.sched.CreditRules;
import org.xenfleet.xen.sched.SchedulerKind;

/**
 * A released hypervisor that the model knows, and what differs between them as data. Immutable.
 *
 * <p>Sources: xen-semantics sections 1.1 and 1.5 (which release has the fix), 2.1 and the measurements on the real
 * hypervisors (timer slop: 4.4.0 fires 50 us late, 4.4.1 contains "timers: set the deadline more accurately").
 */
public enum XenVersion {
    V4_4_0("4.4.0", false, 50_000, true, CreditRules.V4_4, false),
    V4_4_1("4.4.1", true, 0, true, CreditRules.V4_4, false),
    V4_17_7("4.17.7", true, 0, false, CreditRules.V4_17, true);

    private static final int FAIR_SINCE = 4_007;

    private final String release;
    private final boolean hasXsa89Fix;
    private final long timerSlopNs;
    private final boolean creditByDefault;
    private final CreditRules creditRules;
    private final boolean forcedWatchdog;

    XenVersion(
            String release,
            boolean hasXsa89Fix,
            long timerSlopNs,
            boolean creditByDefault,
            CreditRules creditRules,
            boolean forcedWatchdog) {
        this.release = release;
        this.hasXsa89Fix = hasXsa89Fix;
        this.timerSlopNs = timerSlopNs;
        this.creditByDefault = creditByDefault;
        this.creditRules = creditRules;
        this.forcedWatchdog = forcedWatchdog;
    }

    public static Optional<XenVersion> of(String release) {
        return Arrays.stream(values()).filter(v -> v.release.equals(release)).findFirst();
    }

    /** The releases that can be named in a scenario, for messages. */
    public static String known() {
        return Arrays.stream(values()).map(XenVersion::release).collect(Collectors.joining(", "));
    }

    public String release() {
        return release;
    }

    /** As {@code xen_version} returns it: major in the upper, minor in the lower 16 bits. */
    public int number() {
        int line = ReleaseRange.line(release);
        return line / 1000 << 16 | line % 1000;
    }

    public boolean hasXsa89Fix() {
        return hasXsa89Fix;
    }

    /** How long after its deadline a Xen timer's interrupt comes, in ns. */
    public long timerSlopNs() {
        return timerSlopNs;
    }

    /** Whether {@code watchdog=force} is known to be an option. */
    public boolean hasForcedWatchdog() {
        return forcedWatchdog;
    }

    /** What runs where nobody names a scheduler: credit up to 4.11, credit2 from 4.12 on. */
    public SchedulerKind defaultScheduler() {
        return creditByDefault ? SchedulerKind.CREDIT : SchedulerKind.CREDIT2;
    }

    /** Who gets the lock of a p2m before whom: from 4.7 on whoever waits longest. Source: xen-semantics section 5, M8. */
    public Order p2mLockOrder() {
        return ReleaseRange.line(release) >= FAIR_SINCE ? Order.FAIR : Order.UNFAIR;
    }

    public CreditRules creditRules() {
        return creditRules;
    }
}
