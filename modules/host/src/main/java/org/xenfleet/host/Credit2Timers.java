package org.xenfleet.host;

import java.util.BitSet;
import org.xenfleet.host.protocol.Scheduling.ArmTimers;
import org.xenfleet.host.protocol.Scheduling.QuietAccounting;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.sched.Credit2Scheduler;
import org.xenfleet.xen.sched.PoolScheduler;

/**
 * The slice ends of a pool under credit2, and on its master the replenishment of capped domains. A quiet slice end gives its
 * vCPU another slice; as that may reset the credits of all who share a run queue, those of the whole pool pass in the order of
 * their instants. A replenishment of budgets that are full is no event. Used by one thread.
 */
final class Credit2Timers implements PoolTimers {
    private final HostContext host;
    private final int master;
    private final Credit2Scheduler scheduler;
    private final boolean[] callsRun;
    private final long[] due;
    private final BitSet quiet;
    private final long delay;
    /** The instant before which no quiet slice ends. */
    private long nextDue = Long.MAX_VALUE;
    /** For when the replenishment's timer is set. */
    private long replenishmentAt = Long.MAX_VALUE;

    /** Shares with the pool on which pCPUs calls run. */
    Credit2Timers(HostContext host, int master, Credit2Scheduler scheduler, boolean[] callsRun) {
        this.host = host;
        this.master = master;
        this.scheduler = scheduler;
        this.callsRun = callsRun;
        this.due = new long[callsRun.length];
        this.quiet = new BitSet(callsRun.length);
        this.delay = host.plan().timerDelay();
    }

    @Override
    public void passed() {
        while (nextDue <= host.now()) {
            int first = -1;
            for (int cpu = quiet.nextSetBit(0); cpu >= 0; cpu = quiet.nextSetBit(cpu + 1)) {
                if (first < 0 || due[cpu] < due[first]) {
                    first = cpu;
                }
            }
            if (first < 0) {
                nextDue = Long.MAX_VALUE;
            } else if (due[first] + delay <= host.now()) {
                long at = due[first] + delay;
                scheduler.quietSliceEnd(first, at);
                due[first] = sliceEnd(first, at);
            } else {
                nextDue = due[first] + delay;
            }
        }
    }

    @Override
    public void catchUp() {
        passed();
    }

    /** No two pCPUs' slices that begin together end together, so that it never matters whose timer was set first. */
    private long sliceEnd(int cpu, long now) {
        return now + scheduler.slice() + cpu + 1;
    }

    @Override
    public void idles(int cpu) {
        quiet.clear(cpu);
        due[cpu] = 0;
    }

    @Override
    public void runs(int cpu, int previous) {
        due[cpu] = sliceEnd(cpu, host.now());
        quiet.set(cpu, !isReal(cpu) && !mayBeRealSoon(cpu, previous));
        if (quiet.get(cpu)) {
            nextDue = Math.min(nextDue, due[cpu] + delay);
        }
    }

    @Override
    public long sliceAt(int cpu) {
        return quiet.get(cpu) ? NONE : due[cpu];
    }

    @Override
    public void reviewAll() {
        reviewChanges();
    }

    /** Who waits, waits for every pCPU of a run queue. */
    @Override
    public void reviewChanges() {
        for (int cpu = quiet.nextSetBit(0); cpu >= 0; cpu = quiet.nextSetBit(cpu + 1)) {
            review(cpu);
        }
        if (replenishmentDue() < replenishmentAt) {
            armReplenishment();
        }
    }

    private long replenishmentDue() {
        return host.everyTimerReal() || callsRun[master] ? scheduler.nextReplenishment() : scheduler.replenishmentDue();
    }

    private void armReplenishment() {
        replenishmentAt = replenishmentDue();
        host.tellCpu(master, new ArmTimers(NONE, NONE, replenishmentAt));
    }

    @Override
    public void callRuns(int cpu) {
        reviewChanges();
    }

    @Override
    public void account(int cpu) {
        scheduler.replenish(host.now());
        if (replenishmentDue() == Long.MAX_VALUE) {
            replenishmentAt = Long.MAX_VALUE;
            host.tellCpu(cpu, new QuietAccounting());
        } else {
            armReplenishment();
        }
        reviewChanges();
    }

    @Override
    public void review(int cpu) {
        if (quiet.get(cpu) && scheduler.current(cpu) != PoolScheduler.IDLE && isReal(cpu)) {
            quiet.clear(cpu);
            host.tellCpu(cpu, new ArmTimers(NONE, due[cpu], NONE));
        }
    }

    /** Somebody new, and no idle pCPU for the next who wakes: setting the timer now is cheaper than setting it later. */
    private boolean mayBeRealSoon(int cpu, int previous) {
        return scheduler.current(cpu) != previous && !scheduler.hasIdlerBeside(cpu);
    }

    private boolean isReal(int cpu) {
        return host.everyTimerReal() || callsRun[cpu] || scheduler.sliceMatters(cpu);
    }

    @Override
    public void fields(Fields f) {
        f.at("slice-due", due);
        for (int cpu = 0; cpu < due.length; cpu++) {
            quiet.set(cpu, f.at("slice-quiet", quiet.get(cpu)));
        }
        nextDue = f.at("next-quiet-slice", nextDue);
    }

    @Override
    public void poolFields(Fields f) {
        replenishmentAt = f.at("replenishment-at", replenishmentAt);
    }
}
