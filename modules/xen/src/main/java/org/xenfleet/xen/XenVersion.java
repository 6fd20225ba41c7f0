package org.xenfleet.xen;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xenfleet.xen.p2m.P2mLockKind;
import org.xenfleet.xen.sched.CreditRules;
import org.xenfleet.xen.sched.SchedulerKind;

/**
 * A hypervisor that the model knows, a release or a state of the development, and what differs between them as data. There is
 * one object of each. Immutable.
 *
 * <p>Sources: xen-semantics sections 1.1 and 1.5 (which release has the fix, which lock), 1.6 (flushes), 5, mechanism M7 (the
 * watchdog's options; {@code force} is in Xen's description of its command line from 4.5 on), 4 (the default scheduler).
 */
public final class XenVersion {
    /**
     * How late a Xen timer's interrupt comes without "timers: set the deadline more accurately" (fb5f0c280b), in ns. Measured on
     * 4.4.0, whose slices last 30.06 ms, against 4.4.1 with 30.005 and 4.2.5 with 30.01; all releases without the fix of XSA-89
     * are taken to be like the first, all others like the second.
     */
    private static final long SLOP_NS = 50_000;

    /**
     * What the releases of a line have in common.
     *
     * @param creditRules those of 4.4 wherever nobody has read or measured others: nothing between 4.5 and 4.16 has been
     * @param watchdogTimeout whether {@code watchdog_timeout=} is an option
     */
    private record Line(
            P2mLockKind lock,
            CreditRules creditRules,
            boolean creditByDefault,
            boolean watchdogTimeout,
            boolean forcedWatchdog,
            boolean has32Bits) {
        private static final Line V4_1 = new Line(P2mLockKind.PER_PAGE, CreditRules.V4_4, true, false, false, true);
        private static final Line V4_2 = new Line(P2mLockKind.UNFAIR, CreditRules.V4_4, true, true, false, true);
        private static final Line V4_3 = new Line(P2mLockKind.UNFAIR, CreditRules.V4_4, true, true, false, false);
        private static final Line V4_4 = V4_3;
        private static final Line V4_5 = new Line(P2mLockKind.UNFAIR, CreditRules.V4_4, true, true, true, false);
        private static final Line V4_7 = new Line(P2mLockKind.FAIR, CreditRules.V4_4, true, true, true, false);
        private static final Line V4_12 = new Line(P2mLockKind.FAIR, CreditRules.V4_4, false, true, true, false);
        private static final Line V4_17 = new Line(P2mLockKind.FAIR, CreditRules.V4_17, false, true, true, false);
    }

    /** The advisory about readers who keep a writer out of a lock without a queue. */
    private static final String READER_BIAS = "xsa-114";

    private static final List<XenVersion> ALL = Stream.of(
                    vulnerable(Line.V4_1, "4.1.0", "4.1.1", "4.1.2", "4.1.3", "4.1.4", "4.1.5", "4.1.6", "4.1.6.1"),
                    vulnerable(Line.V4_2, "4.2.0", "4.2.1", "4.2.2", "4.2.3", "4.2.4"),
                    fixed(Line.V4_2, "4.2.5"),
                    vulnerable(Line.V4_3, "4.3.0", "4.3.1", "4.3.2"),
                    fixed(Line.V4_3, "4.3.3"),
                    vulnerable(Line.V4_4, "4.4.0"),
                    fixed(Line.V4_4, "4.4.1", "4.4.2", "4.4.3", "4.4.4"),
                    fixed(Line.V4_4, "4.5-unstable@8bad6c5626", "4.5-unstable@e8b87b57b4"),
                    fixed(Line.V4_5, "4.5.0", "4.5.1", "4.5.2", "4.5.3", "4.5.5", "4.6.0"),
                    fixed(Line.V4_7, "4.7.0", "4.8.0"),
                    fixed(Line.V4_12, "4.12.0", "4.14.0"),
                    fixed(Line.V4_17, "4.17.7"))
            .flatMap(s -> s)
            .toList();

    public static final XenVersion V4_4_0 = of("4.4.0").orElseThrow();
    public static final XenVersion V4_4_1 = of("4.4.1").orElseThrow();
    public static final XenVersion V4_17_7 = of("4.17.7").orElseThrow();

    private final String release;
    private final int position;
    private final Line line;
    private final boolean hasXsa89Fix;

    private XenVersion(String release, Line line, boolean hasXsa89Fix) {
        this.release = release;
        this.position = ReleaseRange.first(release);
        this.line = line;
        this.hasXsa89Fix = hasXsa89Fix;
    }

    private static Stream<XenVersion> vulnerable(Line line, String... releases) {
        return Arrays.stream(releases).map(r -> new XenVersion(r, line, false));
    }

    private static Stream<XenVersion> fixed(Line line, String... releases) {
        return Arrays.stream(releases).map(r -> new XenVersion(r, line, true));
    }

    /** In the order of {@link ReleaseRange}. */
    public static List<XenVersion> all() {
        return ALL;
    }

    public static Optional<XenVersion> of(String release) {
        return ALL.stream().filter(v -> v.release.equals(release)).findFirst();
    }

    /** The releases that can be named in a scenario, for messages. */
    public static String known() {
        return ALL.stream().map(XenVersion::release).collect(Collectors.joining(", "));
    }

    /** {@code 4.4.1}, or {@code 4.5-unstable@e8b87b57b4} for a commit of the development. */
    public String release() {
        return release;
    }

    /** Its place among all releases, as {@link ReleaseRange} has it. */
    int position() {
        return position;
    }

    /** As {@code xen_version} returns it: major in the upper, minor in the lower 16 bits. */
    public int number() {
        int number = ReleaseRange.line(release);
        return number / 1000 << 16 | number % 1000;
    }

    /** Whether a call that sets the access of pages can be cut off as released. */
    public boolean hasXsa89Fix() {
        return hasXsa89Fix;
    }

    /** How long after its deadline a Xen timer's interrupt comes, in ns. */
    public long timerSlopNs() {
        return hasXsa89Fix ? 0 : SLOP_NS;
    }

    /** Whether {@code watchdog_timeout=} is an option; without it the watchdog always waits 5 s. */
    public boolean hasWatchdogTimeout() {
        return line.watchdogTimeout;
    }

    /** Whether {@code watchdog=force} is known to be an option. */
    public boolean hasForcedWatchdog() {
        return line.forcedWatchdog;
    }

    /** What runs where nobody names a scheduler: credit up to 4.11, credit2 from 4.12 on. */
    public SchedulerKind defaultScheduler() {
        return line.creditByDefault ? SchedulerKind.CREDIT : SchedulerKind.CREDIT2;
    }

    public CreditRules creditRules() {
        return line.creditRules;
    }

    /** Whether the credit rules are those of an older line, for want of a source about this one. */
    public boolean hasOlderCreditRules() {
        return line.creditRules.equals(CreditRules.V4_4) && position >= ReleaseRange.first("4.5.0");
    }

    /** As released without any fix of a flaw that it has. */
    public P2mLockKind p2mLockKind() {
        return line.lock;
    }

    /** With the fixes of advisories that the hypervisor has. */
    public P2mLockKind p2mLockKind(Predicate<String> hasFix) {
        return line.lock == P2mLockKind.UNFAIR && hasFix.test(READER_BIAS) ? P2mLockKind.WRITE_BIASED : line.lock;
    }

    /** Whether flushes wait until the p2m's lock is dropped, one for all entries of a slice (09fc40ed30, 4.7). */
    public boolean defersFlush() {
        return line.lock == P2mLockKind.FAIR;
    }

    /** Whether x86 can be built for 32 bits, up to 4.2. */
    public boolean has32Bits() {
        return line.has32Bits;
    }

    @Override
    public String toString() {
        return release;
    }
}
