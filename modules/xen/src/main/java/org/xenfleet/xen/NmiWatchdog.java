package org.xenfleet.xen;

/**
 * The NMI watchdog of one pCPU. Its heart beats in a Xen timer of that pCPU, so in its TIMER softirq, which sets the timer
 * anew for a second later; beats that are missed are not made up. A performance counter raises an NMI after so many
 * unhalted cycles, whatever the pCPU does in Xen. The handler of the NMI raises an alert when it has seen no beat since the
 * last NMI and takes all alerts back when it has; as many alerts as the time-out has NMIs panic the host. So a panic comes
 * with the NMI of number 1 + time-out × nmi_hz after the last beat.
 *
 * <p>While it is <em>quiet</em> the heart beats by itself whenever it is due: nobody has to set a timer for a pCPU that
 * serves its softirqs. Otherwise its owner sets the timer and calls {@link #beat}.
 *
 * <p>Times are ns since the start of the run; calls come in the order of their times, which may lie ahead of the present for
 * as long as nothing can change what the pCPU does until then. Used by one thread.
 *
 * <p>Source: xen-semantics section 5, mechanism M7; the real detection on Xen 4.4.0 is described with the measurements.
 */
public final class NmiWatchdog {
    private final long nmiPeriod;
    private long alertsToPanic;
    private final long slop;

    private long now;
    /** Unhalted ns up to {@link #now}; NMIs come at the multiples of their period. */
    private long unhalted;

    private boolean halted = true;
    private boolean quiet = true;
    private long due;
    /** Unhalted ns at the NMI that panics. */
    private long last;

    /**
     * The watchdog of a pCPU that has idled since its last beat.
     *
     * @param slop how long after its deadline a Xen timer fires
     * @param firstDue the first deadline of its timer
     * @param counted unhalted time since the last NMI, less than the period of the NMIs
     */
    public NmiWatchdog(WatchdogParameters parameters, long slop, long firstDue, long counted) {
        this.nmiPeriod = parameters.nmiPeriodNs();
        this.alertsToPanic = parameters.alertsToPanic();
        this.slop = slop;
        this.due = firstDue;
        this.unhalted = counted;
        sees();
    }

    /** Up to {@code at} the pCPU goes on as it does. */
    public void pass(long at) {
        if (quiet && due + slop <= at) {
            long fires = due + slop;
            long period = WatchdogParameters.HEARTBEAT_NS + slop;
            long beat = fires + (at - fires) / period * period;
            advance(beat);
            due = beat + WatchdogParameters.HEARTBEAT_NS;
            sees();
        }
        advance(at);
    }

    /** From {@code at} on the pCPU is halted, or is not. */
    public void enter(boolean isHalted, long at) {
        pass(at);
        halted = isHalted;
    }

    /** The timer's handler runs at {@code at} on a pCPU whose watchdog is not quiet. */
    public void beat(long at) {
        advance(at);
        due = at + WatchdogParameters.HEARTBEAT_NS;
        sees();
    }

    /**
     * From {@code at} on it takes another number of alerts to panic. When more than those have been raised already, the next
     * NMI panics.
     */
    public void setTimeout(WatchdogParameters parameters, long at) {
        pass(at);
        long more = parameters.alertsToPanic() - alertsToPanic;
        alertsToPanic = parameters.alertsToPanic();
        last = Math.max(last + more * nmiPeriod, (unhalted / nmiPeriod + 1) * nmiPeriod);
    }

    /** Whether the heart beats by itself from now on; when it is to be, no beat may be overdue. */
    public void setQuiet(boolean beatsByItself) {
        quiet = beatsByItself;
    }

    public boolean isQuiet() {
        return quiet;
    }

    /** The deadline of the timer. */
    public long due() {
        return due;
    }

    /** When the timer's interrupt comes. */
    public long fires() {
        return due + slop;
    }

    /** When the host panics if the heart does not beat and the pCPU is not halted until then. */
    public long panicAt() {
        return now + last - unhalted;
    }

    /** Whether the host panics before {@code until} if the heart does not beat until then. */
    public boolean panicsBefore(long until) {
        return panicAt() < until && (!halted || panicAt() <= now);
    }

    private void advance(long at) {
        if (at > now) {
            unhalted += halted ? 0 : at - now;
            now = at;
        }
    }

    /** The next NMI sees a beat; an NMI of this very instant came before it. */
    private void sees() {
        last = (unhalted / nmiPeriod + 1 + alertsToPanic) * nmiPeriod;
    }

    public void fields(Fields f) {
        now = f.at("watchdog-now", now);
        unhalted = f.at("unhalted", unhalted);
        halted = f.at("halted", halted);
        quiet = f.at("watchdog-quiet", quiet);
        due = f.at("heartbeat-due", due);
        last = f.at("last-nmi", last);
    }
}
