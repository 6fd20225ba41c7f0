package org.xenfleet.host;

import java.util.BitSet;
import org.xenfleet.host.plan.PoolPlan;
import org.xenfleet.host.protocol.Scheduling.ArmTimers;
import org.xenfleet.host.protocol.Scheduling.QuietAccounting;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.sched.CreditParameters;
import org.xenfleet.xen.sched.CreditScheduler;

/** The ticks, slice ends and accountings of a pool under the credit scheduler. Used by one thread. */
final class CreditTimers implements PoolTimers {
    private final HostContext host;
    private final PoolPlan pool;
    private final CreditScheduler scheduler;
    private final boolean[] callsRun;
    private final CreditParameters parameters;
    private final QuietTimers quiet;
    private final long timerDelay;
    private final long tickAgain;
    private final long accountingAgain;
    private long accountingDue;
    private boolean accountingQuiet = true;

    /** Shares with the pool on which pCPUs calls run. */
    CreditTimers(HostContext host, PoolPlan pool, CreditScheduler scheduler, boolean[] callsRun) {
        this.host = host;
        this.pool = pool;
        this.scheduler = scheduler;
        this.callsRun = callsRun;
        this.parameters = pool.credit();
        this.timerDelay = host.plan().timerDelay();
        this.tickAgain = parameters.tickNs() + host.costs().creditTick();
        this.accountingAgain = parameters.tsliceNs() + host.costs().creditAccounting();
        this.quiet = new QuietTimers(callsRun.length, tickAgain, parameters.tsliceNs(), timerDelay);
        this.accountingDue = host.plan().accountingPhase();
    }

    @Override
    public void passed(int cpu) {
        quiet.catchUp(cpu, host.now(), at -> scheduler.quietTick(cpu, at), at -> scheduler.quietSliceEnd(cpu, at));
    }

    @Override
    public void idles(int cpu) {
        quiet.tick(cpu, 0, false);
        quiet.slice(cpu, 0, false);
    }

    @Override
    public void runs(int cpu, int previous) {
        if (previous == CreditScheduler.IDLE) {
            quiet.tick(cpu, nextOnGrid(cpu, host.now()), false);
        }
        quiet.tick(cpu, quiet.tickDue(cpu), !mayTickBeReal(cpu));
        quiet.slice(cpu, sliceEnd(cpu), !isSliceReal(cpu));
    }

    @Override
    public long sliceAt(int cpu) {
        return quiet.isSliceQuiet(cpu) ? NONE : quiet.sliceDue(cpu);
    }

    @Override
    public long tickAt(int cpu) {
        return quiet.isTickQuiet(cpu) ? NONE : quiet.tickDue(cpu);
    }

    @Override
    public void tick(int cpu) {
        passed(cpu);
        scheduler.tick(cpu, host.now());
        quiet.tick(cpu, host.now() + tickAgain, !mayTickBeReal(cpu));
        if (!quiet.isTickQuiet(cpu)) {
            host.tellCpu(cpu, new ArmTimers(quiet.tickDue(cpu), NONE, NONE));
        }
        if (accountingQuiet && scheduler.accountingMatters()) {
            armAccounting();
        }
    }

    @Override
    public void account(int cpu) {
        BitSet cpus = pool.cpus();
        for (int c = cpus.nextSetBit(0); c >= 0; c = cpus.nextSetBit(c + 1)) {
            passed(c);
        }
        accountingDue = host.now() + accountingAgain;
        if (!scheduler.account(host.now(), cpu) && !callsRun[cpu]) {
            accountingQuiet = true;
            host.tellCpu(cpu, new QuietAccounting());
        }
        reviewAll();
    }

    @Override
    public void callRuns(int cpu) {
        review(cpu);
        if (accountingQuiet && cpu == pool.masterCpu()) {
            armAccounting();
        }
    }

    @Override
    public void review(int cpu) {
        if (scheduler.current(cpu) == CreditScheduler.IDLE) {
            return;
        }
        boolean tick = quiet.isTickQuiet(cpu) && isTickReal(cpu);
        boolean slice = quiet.isSliceQuiet(cpu) && isSliceReal(cpu);
        if (tick || slice) {
            passed(cpu);
            if (tick) {
                quiet.tick(cpu, quiet.tickDue(cpu), false);
            }
            if (slice) {
                quiet.slice(cpu, quiet.sliceDue(cpu), false);
            }
            host.tellCpu(
                    cpu, new ArmTimers(tick ? quiet.tickDue(cpu) : NONE, slice ? quiet.sliceDue(cpu) : NONE, NONE));
        }
    }

    /** A tick looks for a better place among the idle pCPUs, the end of an OVER vCPU's slice for somebody to steal. */
    @Override
    public void reviewChanges() {
        boolean idlers = scheduler.takeIdlersNews();
        if (scheduler.takeQueueNews() || idlers) {
            reviewAll();
        }
    }

    @Override
    public void reviewAll() {
        BitSet cpus = pool.cpus();
        for (int cpu = cpus.nextSetBit(0); cpu >= 0; cpu = cpus.nextSetBit(cpu + 1)) {
            review(cpu);
        }
    }

    /** While a call runs on a pCPU every timer homed there can be noticed. */
    private boolean isEveryTimerReal(int cpu) {
        return host.everyTimerReal() || callsRun[cpu];
    }

    private boolean isTickReal(int cpu) {
        return isEveryTimerReal(cpu) || scheduler.tickMatters(cpu);
    }

    /** Setting a timer now is cheaper than setting it later. */
    private boolean mayTickBeReal(int cpu) {
        return isEveryTimerReal(cpu) || scheduler.tickMayMatterSoon(cpu);
    }

    private boolean isSliceReal(int cpu) {
        return isEveryTimerReal(cpu) || scheduler.sliceMatters(cpu);
    }

    @Override
    public void catchUp() {
        BitSet cpus = pool.cpus();
        for (int cpu = cpus.nextSetBit(0); cpu >= 0; cpu = cpus.nextSetBit(cpu + 1)) {
            passed(cpu);
        }
        if (accountingQuiet) {
            passAccountings();
        }
    }

    /** The accounting is due at the first of its instants that is still to come. */
    private void passAccountings() {
        long period = accountingAgain + timerDelay;
        long since = host.now() - accountingDue - timerDelay;
        accountingDue += since < 0 ? 0 : (since / period + 1) * period;
    }

    private void armAccounting() {
        accountingQuiet = false;
        passAccountings();
        host.tellCpu(pool.masterCpu(), new ArmTimers(NONE, NONE, accountingDue));
    }

    /** A slice that an accounting began ends cpu + 1 ns after the accounting it would otherwise meet. */
    private long sliceEnd(int cpu) {
        return host.now() + scheduler.slice() + cpu + 1;
    }

    /**
     * A pCPU that leaves idle has its tick at the next multiple of the tick period of Xen's system time, and pCPU n's n ns
     * after that: no two tick at the same instant, so that it never matters whose timer was set first.
     */
    private long nextOnGrid(int cpu, long now) {
        long period = parameters.tickNs();
        return now + period - (now + host.plan().timeAtStart()) % period + cpu;
    }

    @Override
    public void fields(Fields f) {
        quiet.fields(f);
    }

    @Override
    public void poolFields(Fields f) {
        accountingDue = f.at("accounting-due", accountingDue);
        accountingQuiet = f.at("accounting-quiet", accountingQuiet);
    }
}
