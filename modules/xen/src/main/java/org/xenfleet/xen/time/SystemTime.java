package org.xenfleet.xen.time;

import java.util.List;
import org.xenfleet.xen.Fields;

/**
 * Xen's system time of a host, {@code NOW()}: what was read at the last calibration, and from there on the TSC at the scale
 * that the calibration found. Two Xen timers of pCPU 0 keep it: the calibration's, a second of system time after the last
 * calibration was applied, and the overflow timer of the platform counter, half a wrap after it ran.
 *
 * <p>pCPU 0 runs both handlers in its TIMER softirq, in the order of their deadlines, and applies a calibration in the
 * TIME_CALIBRATE softirq that follows. While it is tied, system time goes on from the TSC and stays true; when it is free
 * again, a calibration due before the overflow handler is taken from a counter whose missed wraps nobody has repaired:
 *
 * <ul>
 *   <li>with an invariant TSC the system time is set to what the counter says and keeps its scale: it steps back by the
 *       missed wraps and forward again with the next calibration;
 *   <li>otherwise the scale becomes what the counter went on, divided by what the TSC did, slowed further because the system
 *       time is ahead, but at most by half; a system time that is behind is set forward. As the timers too go by the slowed
 *       time, another wrap can be missed before the next calibration, and then nobody repairs it.
 * </ul>
 *
 * <p>Where the overflow handler is due first, or no wrap was missed, nothing happens. Where it finds more wraps missed than it
 * repairs at once, these rules let the system time go round in a wrap, or let corrections drive each other on, without end.
 * Nobody has measured that: it is said ({@link Damage.Kind#UNTOLD}), and the system time taken to go on as if all was repaired.
 *
 * <p>The TSCs of all pCPUs count alike, and
 * all pCPUs are calibrated at the same instant from the same reading, so there is one system time for the host. A TSC of true
 * ns and a counter without grain are assumed: a host that never misses a wrap has the true time to the ns.
 *
 * <p>Times are ns since the start of the run: true time is the simulator's, system time is Xen's; times of calls do not
 * decrease. Used by one thread.
 *
 * <p>Source: xen-semantics section 5, M6; the damage measured on Xen 4.4.0, boots warp*.
 */
public final class SystemTime {
    /** From a calibration to the next, in ns of system time: Xen's EPOCH, xen-semantics section 5, M6. */
    public static final long EPOCH_NS = 1_000_000_000L;

    private static final long NEVER = Long.MAX_VALUE;

    private final boolean invariantTsc;
    private final long overflowPeriod;
    private final PlatformCounter counter;
    private final DamageLog log = new DamageLog();

    /** True time, system time and the counter's time at the last calibration that was applied, and the scale since. */
    private long tscStamp;

    private long localStamp;
    private long masterStamp;
    private TscScale scale = TscScale.TRUE;

    /** The same of a calibration that was taken and waits for its softirq. */
    private long takenTsc;

    private long takenLocal;
    private long takenMaster;

    /** Deadlines of the two timers in system time, {@link #NEVER} while a timer is not set. */
    private long calibrationDeadline;

    private long overflowDeadline;

    /** Since when system time goes at its present scale, and what it was then. */
    private long rateSince;

    private long rateFrom;

    /**
     * The true time, until something damages it.
     *
     * @param start when both timers were set last, before or at {@code firstCalibration} and {@code firstOverflow}
     * @param firstCalibration the deadline of the calibration timer, at most a second after {@code start}
     * @param firstOverflow the deadline of the overflow timer, at most half a wrap after {@code start}
     */
    public SystemTime(ClockSource source, boolean invariantTsc, long start, long firstCalibration, long firstOverflow) {
        within("calibration timer", start, firstCalibration, EPOCH_NS);
        within("overflow timer", start, firstOverflow, source.overflowPeriodNs());
        this.invariantTsc = invariantTsc;
        this.overflowPeriod = source.overflowPeriodNs();
        this.counter = new PlatformCounter(source.wrapNs(), start);
        this.tscStamp = start;
        this.localStamp = start;
        this.masterStamp = start;
        this.rateSince = start;
        this.rateFrom = start;
        this.calibrationDeadline = firstCalibration;
        this.overflowDeadline = firstOverflow;
    }

    private static void within(String timer, long start, long due, long period) {
        if (start < 0 || due < start || due - start > period) {
            throw new IllegalArgumentException("the " + timer + " is due at " + due + " ns, but set at " + start
                    + " ns it is due from then on to " + period + " ns later");
        }
    }

    /** System time at the true time {@code now}. */
    public long systemTime(long now) {
        if (now < tscStamp) {
            throw new IllegalArgumentException(
                    "asked for the system time at " + now + " ns, known from " + tscStamp + " ns on");
        }
        return localStamp + scale.systemTime(now - tscStamp);
    }

    public long systemTimeMinusTrue(long now) {
        return systemTime(now) - now;
    }

    /** The first true time at which the system time is at least {@code systemTime}, if its scale stays as it is. */
    public long trueTimeOf(long systemTime) {
        return systemTime <= localStamp ? tscStamp : tscStamp + scale.tscFor(systemTime - localStamp);
    }

    /** When the calibration timer is due in true time; {@link Long#MAX_VALUE} from its run to {@link #calibrated}. */
    public long calibrationDue() {
        return calibrationDeadline == NEVER ? NEVER : trueTimeOf(calibrationDeadline);
    }

    /** When the overflow timer is due in true time. */
    public long overflowDue() {
        return trueTimeOf(overflowDeadline);
    }

    /** Whether the overflow timer's deadline comes before the calibration timer's; with equal ones the calibration is first. */
    public boolean overflowIsFirst() {
        return overflowDeadline < calibrationDeadline;
    }

    /**
     * pCPU 0 serves TIMER, and then TIME_CALIBRATE, at {@code now}: whatever is due runs in the order of the deadlines. For
     * an owner who does not run the handlers one by one.
     */
    public void serve(long now) {
        boolean calibration = calibrationDue() <= now;
        boolean overflow = overflowDue() <= now;
        if (overflow && overflowIsFirst()) {
            overflow(now);
            overflow = false;
        }
        if (calibration) {
            rendezvous(now);
        }
        if (overflow) {
            overflow(now);
        }
        if (calibration) {
            calibrated(now);
        }
    }

    /** The calibration timer's handler runs: every pCPU notes TSC and system time, and what the counter says. */
    public void rendezvous(long now) {
        due("calibration", calibrationDue(), now);
        takenTsc = now;
        takenLocal = systemTime(now);
        takenMaster = counter.read(now);
        calibrationDeadline = NEVER;
    }

    /** The overflow timer's handler runs. Returns how many wraps it takes for missed and repairs. */
    public int overflow(long now) {
        due("overflow", overflowDue(), now);
        long systemTime = systemTime(now);
        overflowDeadline = systemTime + overflowPeriod;
        int wraps = counter.repair(now, systemTime);
        if (counter.misses(systemTime)) {
            giveUp(now, systemTime);
        }
        return wraps;
    }

    /** All clocks of Xen are taken to agree on {@code systemTime} and to be right from here on. */
    private void giveUp(long now, long systemTime) {
        log.rate(rateSince, now, systemTime - rateFrom - (now - rateSince));
        log.untold(now, systemTime - counter.read(now));
        rateSince = now;
        rateFrom = systemTime;
        counter.set(now, systemTime);
        scale = TscScale.TRUE;
        takenTsc = now;
        takenLocal = systemTime;
        takenMaster = systemTime;
        stamp(systemTime);
    }

    private static void due(String timer, long due, long now) {
        if (now < due) {
            throw new IllegalArgumentException("the " + timer + " timer's handler runs at " + now + " ns, but is due "
                    + (due == NEVER ? "only after the calibration it took is applied" : "at " + due + " ns"));
        }
    }

    /**
     * The TIME_CALIBRATE softirq of pCPU 0 applies what the calibration timer's handler noted, and sets that timer. As the
     * scale may be another now, both timers are due at other true times than before.
     */
    public void calibrated(long now) {
        if (calibrationDeadline != NEVER || now < takenTsc) {
            throw new IllegalArgumentException(
                    "a calibration is applied at " + now + " ns, but none was taken by then");
        }
        long before = systemTime(now);
        boolean good = apply();
        long after = systemTime(now);
        if (good) {
            log.rate(rateSince, now, before - rateFrom - (now - rateSince));
            log.step(now, after - before);
            rateSince = now;
            rateFrom = after;
        }
        calibrationDeadline = after + EPOCH_NS;
        long master = counter.read(now);
        boolean runsTrue = Math.abs(scale.systemTime(EPOCH_NS) - EPOCH_NS) < DamageLog.NOTICED_NS;
        if (runsTrue && Math.abs(after - master) < DamageLog.NOTICED_NS) {
            log.settles(now, now - master);
        }
    }

    /** Returns whether the calibration was good for anything. */
    private boolean apply() {
        if (invariantTsc) {
            stamp(takenMaster);
            return true;
        }
        long master = takenMaster - masterStamp;
        if (master < EPOCH_NS / 2) {
            return false;
        }
        TscScale found = TscScale.of(master, takenTsc - tscStamp);
        long ahead = takenLocal - takenMaster;
        if (ahead > 0) {
            found = found.slowed(EPOCH_NS, EPOCH_NS + Math.min(ahead, EPOCH_NS));
        }
        scale = found;
        stamp(Math.max(takenLocal, takenMaster));
        return true;
    }

    private void stamp(long local) {
        tscStamp = takenTsc;
        localStamp = local;
        masterStamp = takenMaster;
    }

    /** What damaged the system time up to {@code now}, in the order in which it was over. */
    public List<Damage> damage(long now) {
        return log.until(now, rateSince, systemTime(now) - rateFrom - (now - rateSince));
    }

    public void fields(Fields f) {
        tscStamp = f.at("tsc-stamp", tscStamp);
        localStamp = f.at("local-stamp", localStamp);
        masterStamp = f.at("master-stamp", masterStamp);
        scale = new TscScale(f.at("tsc-mul-frac", scale.mulFrac()), f.at("tsc-shift", scale.shift()));
        takenTsc = f.at("taken-tsc", takenTsc);
        takenLocal = f.at("taken-local", takenLocal);
        takenMaster = f.at("taken-master", takenMaster);
        calibrationDeadline = f.at("calibration-deadline", calibrationDeadline);
        overflowDeadline = f.at("overflow-deadline", overflowDeadline);
        rateSince = f.at("rate-since", rateSince);
        rateFrom = f.at("rate-from", rateFrom);
        counter.fields(f);
        log.fields(f);
    }
}
