package org.xenfleet.host;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.host.plan.PoolPlan;
import org.xenfleet.host.plan.VcpuPlan;
import org.xenfleet.host.protocol.HostControl.Finish;
import org.xenfleet.host.protocol.HypercallPath.FlushMask;
import org.xenfleet.host.protocol.HypercallPath.WatchFlushMask;
import org.xenfleet.host.protocol.InputOutput.Kick;
import org.xenfleet.host.protocol.InputOutput.Notify;
import org.xenfleet.host.protocol.Scheduling.Account;
import org.xenfleet.host.protocol.Scheduling.ArmTimers;
import org.xenfleet.host.protocol.Scheduling.CpuGoesOffline;
import org.xenfleet.host.protocol.Scheduling.Evacuate;
import org.xenfleet.host.protocol.Scheduling.Overdue;
import org.xenfleet.host.protocol.Scheduling.PauseVcpu;
import org.xenfleet.host.protocol.Scheduling.PauseVcpus;
import org.xenfleet.host.protocol.Scheduling.PinVcpus;
import org.xenfleet.host.protocol.Scheduling.QuietTimer;
import org.xenfleet.host.protocol.Scheduling.RaiseSoftirq;
import org.xenfleet.host.protocol.Scheduling.Run;
import org.xenfleet.host.protocol.Scheduling.Schedule;
import org.xenfleet.host.protocol.Scheduling.Spun;
import org.xenfleet.host.protocol.Scheduling.Tick;
import org.xenfleet.host.protocol.Scheduling.TimersReal;
import org.xenfleet.host.protocol.Scheduling.Unpause;
import org.xenfleet.host.protocol.Scheduling.UnpauseVcpus;
import org.xenfleet.host.protocol.Scheduling.WaitedForIo;
import org.xenfleet.host.protocol.Scheduling.Wake;
import org.xenfleet.host.protocol.Work;
import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.ReceiveTable;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.Softirq;
import org.xenfleet.xen.sched.CreditParameters;
import org.xenfleet.xen.sched.CreditScheduler;
import org.xenfleet.xen.sched.VcpuTimes;

/**
 * One CPU pool: an instance of the credit scheduler, which it feeds and whose answers it sends. It also knows which ticks
 * and slice ends would change nothing, and lets those pass without a message.
 */
final class CpuPool extends HostActor {
    private static final int NOBODY = -1;
    private static final int NOT_HERE = -1;
    private static final long NO_TIME = -1;

    private final HostContext host;
    private final PoolPlan pool;
    private final CreditParameters parameters;
    private final CreditScheduler scheduler;
    private final VcpuTimes times;
    private final QuietTimers quiet;
    private final PoolRequests requests;

    /** By the vCPU's number on the host, its number here; and back. */
    private final int[] here;

    private final int[] onHost;
    /** By domid, the domain's number here. */
    private final int[] domainHere;

    private final long[] work;
    private final boolean[] callsRun;
    private final boolean[] watched;
    private final int[] toldDirty;
    private final long timerDelay;
    private final long tickAgain;
    private final long accountingAgain;
    private long accountingDue;
    private boolean accountingQuiet = true;

    static HostActor create(HostContext host, PoolPlan pool) {
        return new CpuPool(host, pool);
    }

    private CpuPool(HostContext host, PoolPlan pool) {
        this.host = host;
        this.pool = pool;
        this.parameters = pool.credit();
        this.onHost = host.plan().vcpus().stream()
                .mapToInt(VcpuPlan::number)
                .filter(v -> host.plan().domainOf(v).pool() == pool.index())
                .toArray();
        this.times =
                new VcpuTimes(new IntervalReporting(host, onHost), host.plan().standstillsForgottenNs());
        this.scheduler = new CreditScheduler(
                host.plan().topology(),
                pool.cpus(),
                host.plan().spec().xen().version().creditRules(),
                parameters,
                times);
        this.here = new int[host.plan().vcpus().size()];
        this.domainHere = new int[host.plan().domains().size()];
        this.work = new long[onHost.length];
        int cpus = host.plan().topology().cpus();
        this.callsRun = new boolean[cpus];
        this.watched = new boolean[domainHere.length];
        this.toldDirty = new int[domainHere.length];
        this.timerDelay = host.plan().timerDelay();
        this.tickAgain = parameters.tickNs() + host.costs().creditTick();
        this.accountingAgain = parameters.tsliceNs() + host.costs().creditAccounting();
        this.quiet = new QuietTimers(cpus, tickAgain, parameters.tsliceNs(), timerDelay);
        this.accountingDue = host.plan().accountingPhase();
        Arrays.fill(here, NOT_HERE);
        Arrays.fill(domainHere, NOT_HERE);
        Arrays.fill(work, Work.ASK);
        addDomains();
        this.requests = new PoolRequests(host, pool, scheduler, here, domainHere);
    }

    private static final ReceiveTable<CpuPool> RECEIVE = ReceiveTable.<CpuPool>builder()
            .on(Schedule.class, CpuPool::onSchedule)
            .on(Wake.class, CpuPool::onWake)
            .on(Tick.class, CpuPool::onTick)
            .on(Account.class, CpuPool::onAccount)
            .on(TimersReal.class, CpuPool::onTimersReal)
            .on(Unpause.class, CpuPool::onUnpause)
            .on(Spun.class, CpuPool::onSpun)
            .on(WatchFlushMask.class, CpuPool::onWatchFlushMask)
            .on(Overdue.class, CpuPool::onOverdue)
            .on(Notify.class, CpuPool::onNotify)
            .on(WaitedForIo.class, CpuPool::onWaitedForIo)
            .on(PauseVcpus.class, CpuPool::onPauseVcpus)
            .on(UnpauseVcpus.class, CpuPool::onUnpauseVcpus)
            .on(PinVcpus.class, CpuPool::onPinVcpus)
            .on(PauseVcpu.class, CpuPool::onPauseVcpu)
            .on(CpuGoesOffline.class, CpuPool::onCpuGoesOffline)
            .on(Evacuate.class, CpuPool::onEvacuate)
            .on(Finish.class, CpuPool::onFinish)
            .build();

    @Override
    protected boolean handle(Message message) {
        return RECEIVE.dispatch(this, message);
    }

    private void addDomains() {
        int vcpus = 0;
        for (DomainPlan domain : host.plan().domains()) {
            if (domain.pool() == pool.index()) {
                int number = scheduler.addDomain(domain.weight(), domain.cap());
                domainHere[domain.domid()] = number;
                for (VcpuPlan vcpu : domain.vcpus()) {
                    here[vcpu.number()] = vcpus++;
                    scheduler.addVcpu(number, vcpu.processor(), vcpu.affinity());
                }
            }
        }
    }

    private void onSchedule(Schedule message) {
        int cpu = message.cpu();
        catchUp(cpu);
        int previous = scheduler.current(cpu);
        if (previous != CreditScheduler.IDLE) {
            work[previous] = message.work();
            switch (message.why()) {
                case BLOCKED -> scheduler.block(previous);
                case YIELDED -> scheduler.yield(previous);
                case NONE -> {}
            }
        }
        long now = host.now();
        int next = scheduler.schedule(
                cpu, now, host.costs().softirqPass(), host.costs().contextSwitch(), message.tasklet());
        if (next == CreditScheduler.IDLE) {
            callsRun[cpu] = false;
            quiet.tick(cpu, 0, false);
            quiet.slice(cpu, 0, false);
            host.tellCpu(cpu, new Run(NOBODY, Work.ASK, scheduler.firstInstruction(), NO_TIME, NO_TIME));
        } else {
            callsRun[cpu] &= next == previous;
            if (previous == CreditScheduler.IDLE) {
                quiet.tick(cpu, nextOnGrid(cpu, now), false);
            }
            quiet.tick(cpu, quiet.tickDue(cpu), !mayTickBeReal(cpu));
            quiet.slice(cpu, sliceEnd(cpu, now), !isSliceReal(cpu));
            long sliceAt = quiet.isSliceQuiet(cpu) ? NO_TIME : quiet.sliceDue(cpu);
            long tickAt = quiet.isTickQuiet(cpu) ? NO_TIME : quiet.tickDue(cpu);
            host.tellCpu(cpu, new Run(onHost[next], work[next], scheduler.firstInstruction(), sliceAt, tickAt));
            if (requests.takeNotice(next)) {
                host.tellCpu(cpu, new Kick(onHost[next]));
            }
        }
        requests.leftCpu(cpu);
        if (previous != CreditScheduler.IDLE && scheduler.processor(previous) != cpu) {
            requests.queuedOn(scheduler.processor(previous));
            review(scheduler.processor(previous));
        }
        reviewIdlers();
        poke();
        tellFlushMasks();
    }

    private void onWake(Wake message) {
        int vcpu = here[message.vcpu()];
        work[vcpu] = message.work();
        int processor = scheduler.processor(vcpu);
        int waker = message.wakerCpu() < 0 ? processor : message.wakerCpu();
        scheduler.wake(vcpu, host.now(), waker, message.dueSince());
        requests.queuedOn(processor);
        review(processor);
        reviewIdlers();
        poke();
    }

    private void onTick(Tick message) {
        int cpu = message.cpu();
        catchUp(cpu);
        scheduler.tick(cpu, host.now());
        quiet.tick(cpu, host.now() + tickAgain, !mayTickBeReal(cpu));
        if (quiet.isTickQuiet(cpu)) {
            host.tellCpu(cpu, new QuietTimer(false));
        }
        if (accountingQuiet && scheduler.accountingMatters()) {
            armAccounting();
        }
        poke();
    }

    private void onAccount(Account message) {
        BitSet cpus = pool.cpus();
        for (int cpu = cpus.nextSetBit(0); cpu >= 0; cpu = cpus.nextSetBit(cpu + 1)) {
            catchUp(cpu);
        }
        accountingDue = host.now() + accountingAgain;
        if (!scheduler.account(host.now(), message.cpu()) && !callsRun[message.cpu()]) {
            accountingQuiet = true;
            host.tellCpu(message.cpu(), new QuietTimer(true));
        }
        reviewAll();
        poke();
    }

    private void onTimersReal(TimersReal message) {
        callsRun[message.cpu()] = true;
        review(message.cpu());
        if (accountingQuiet && message.cpu() == pool.masterCpu()) {
            armAccounting();
        }
    }

    private void onUnpause(Unpause message) {
        int vcpu = here[message.vcpu()];
        scheduler.unpause(vcpu, host.now(), scheduler.processor(vcpu));
        requests.queuedOn(scheduler.processor(vcpu));
        review(scheduler.processor(vcpu));
        reviewIdlers();
        poke();
    }

    private void onSpun(Spun message) {
        times.spun(here[message.vcpu()], message.cpu(), message.start(), message.end());
    }

    private void onWaitedForIo(WaitedForIo message) {
        times.waitedForIo(here[message.vcpu()], message.cpu(), message.start(), message.end());
    }

    private void onNotify(Notify message) {
        requests.notice(here[message.vcpu()], message.vcpu());
    }

    private void onPauseVcpus(PauseVcpus message) {
        requests.pause(message);
        afterRequest();
    }

    private void onUnpauseVcpus(UnpauseVcpus message) {
        requests.unpause(message.domid());
        afterRequest();
    }

    private void onPinVcpus(PinVcpus message) {
        requests.pin(message.domid(), host.plan().cpuMasks().get(message.mask()));
        afterRequest();
    }

    private void onPauseVcpu(PauseVcpu message) {
        scheduler.pause(here[message.vcpu()], host.now());
        afterRequest();
    }

    private void onCpuGoesOffline(CpuGoesOffline message) {
        scheduler.offline(message.cpu());
        afterRequest();
    }

    private void onEvacuate(Evacuate message) {
        requests.evacuate(message.cpu());
        afterRequest();
    }

    /** Somebody has moved, stopped or started vCPUs. */
    private void afterRequest() {
        reviewAll();
        reviewIdlers();
        poke();
        tellFlushMasks();
    }

    private void onWatchFlushMask(WatchFlushMask message) {
        int domid = message.domid();
        watched[domid] = true;
        toldDirty[domid] = scheduler.dirtyCpus(domainHere[domid]);
        host.tellDomain(domid, new FlushMask(toldDirty[domid]));
    }

    private void onOverdue(Overdue message) {
        times.overdue(here[message.vcpu()], message.cpu(), message.due(), message.end());
    }

    private void onFinish(Finish message) {
        for (int vcpu = 0; vcpu < onHost.length; vcpu++) {
            times.finish(vcpu, scheduler.processor(vcpu), message.at());
            List<VcpuTimes.Standstill> standstills = times.standstills(vcpu);
            host.report()
                    .vcpu(
                            onHost[vcpu],
                            times.ranNs(vcpu),
                            times.longestWait(vcpu),
                            times.longestLate(vcpu),
                            standstills);
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

    /** Sets the accounting timer for the first of its instants that is still to come. */
    private void armAccounting() {
        accountingQuiet = false;
        long period = accountingAgain + timerDelay;
        long since = host.now() - accountingDue - timerDelay;
        accountingDue += since < 0 ? 0 : (since / period + 1) * period;
        host.tellCpu(pool.masterCpu(), new ArmTimers(NO_TIME, NO_TIME, accountingDue));
    }

    private void catchUp(int cpu) {
        quiet.catchUp(cpu, host.now(), at -> scheduler.quietTick(cpu, at), at -> scheduler.quietSliceEnd(cpu, at));
    }

    /** Sets the timers of a pCPU that have come to matter. */
    private void review(int cpu) {
        if (scheduler.current(cpu) == CreditScheduler.IDLE) {
            return;
        }
        boolean tick = quiet.isTickQuiet(cpu) && isTickReal(cpu);
        boolean slice = quiet.isSliceQuiet(cpu) && isSliceReal(cpu);
        if (tick || slice) {
            catchUp(cpu);
            if (tick) {
                quiet.tick(cpu, quiet.tickDue(cpu), false);
            }
            if (slice) {
                quiet.slice(cpu, quiet.sliceDue(cpu), false);
            }
            host.tellCpu(
                    cpu,
                    new ArmTimers(tick ? quiet.tickDue(cpu) : NO_TIME, slice ? quiet.sliceDue(cpu) : NO_TIME, NO_TIME));
        }
    }

    private void reviewAll() {
        BitSet cpus = pool.cpus();
        for (int cpu = cpus.nextSetBit(0); cpu >= 0; cpu = cpus.nextSetBit(cpu + 1)) {
            review(cpu);
        }
    }

    /** A tick looks for a better place among the idle pCPUs. */
    private void reviewIdlers() {
        if (scheduler.takeIdlersNews()) {
            reviewAll();
        }
    }

    private void poke() {
        if (!scheduler.hasPokes()) {
            return;
        }
        BitSet pokes = scheduler.takePokes();
        for (int cpu = pokes.nextSetBit(0); cpu >= 0; cpu = pokes.nextSetBit(cpu + 1)) {
            host.tellCpu(cpu, new RaiseSoftirq(Softirq.SCHEDULE.bit()));
        }
    }

    private void tellFlushMasks() {
        for (int domid = 0; domid < watched.length; domid++) {
            if (watched[domid]) {
                int dirty = scheduler.dirtyCpus(domainHere[domid]);
                if (dirty != toldDirty[domid]) {
                    toldDirty[domid] = dirty;
                    host.tellDomain(domid, new FlushMask(dirty));
                }
            }
        }
    }

    /** A slice that an accounting began ends cpu + 1 ns after the accounting it would otherwise meet. */
    private long sliceEnd(int cpu, long now) {
        return now + scheduler.slice() + cpu + 1;
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
    void fields(Fields f) {
        scheduler.fields(f);
        quiet.fields(f);
        requests.fields(f);
        f.at("work", work);
        f.at("calls-run", callsRun);
        f.at("watched", watched);
        f.at("told-dirty", toldDirty);
        accountingDue = f.at("accounting-due", accountingDue);
        accountingQuiet = f.at("accounting-quiet", accountingQuiet);
    }
}
