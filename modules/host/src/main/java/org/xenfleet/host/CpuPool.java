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
import org.xenfleet.host.protocol.Scheduling.CpuGoesOffline;
import org.xenfleet.host.protocol.Scheduling.EndRace;
import org.xenfleet.host.protocol.Scheduling.Evacuate;
import org.xenfleet.host.protocol.Scheduling.Overdue;
import org.xenfleet.host.protocol.Scheduling.PauseVcpu;
import org.xenfleet.host.protocol.Scheduling.PauseVcpus;
import org.xenfleet.host.protocol.Scheduling.PinVcpus;
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
import org.xenfleet.host.protocol.Scheduling.WatchRace;
import org.xenfleet.host.protocol.Work;
import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.ReceiveTable;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.Softirq;
import org.xenfleet.xen.sched.PoolScheduler;
import org.xenfleet.xen.sched.VcpuTimes;

/**
 * One CPU pool: an instance of its scheduler, which it feeds and whose answers it sends. Its timers that would change nothing
 * pass without a message.
 */
final class CpuPool extends HostActor {
    private static final int NOBODY = -1;
    private static final int NOT_HERE = -1;

    private final HostContext host;
    private final PoolPlan pool;
    private final PoolScheduler scheduler;
    private final VcpuTimes times;
    private final PoolTimers timers;
    private final PoolRequests requests;

    /** By the vCPU's number on the host, its number here; and back. */
    private final int[] here;

    private final int[] onHost;
    /** By domid, the domain's number here. */
    private final int[] domainHere;

    private final long[] work;
    private final boolean[] callsRun;
    /** Domains whose number of pCPUs somebody wants to hear of, by domid. */
    private final BitSet watched = new BitSet();

    private final int[] toldDirty;

    static HostActor create(HostContext host, PoolPlan pool) {
        return new CpuPool(host, pool);
    }

    private CpuPool(HostContext host, PoolPlan pool) {
        this.host = host;
        this.pool = pool;
        this.onHost = host.plan().vcpus().stream()
                .mapToInt(VcpuPlan::number)
                .filter(v -> host.plan().domainOf(v).pool() == pool.index())
                .toArray();
        this.times =
                new VcpuTimes(IntervalReporting.of(host, onHost), host.plan().standstillsForgottenNs());
        this.here = new int[host.plan().vcpus().size()];
        this.domainHere = new int[host.plan().domains().size()];
        this.work = new long[onHost.length];
        int cpus = host.plan().topology().cpus();
        this.callsRun = new boolean[cpus];
        this.toldDirty = new int[domainHere.length];
        PoolPolicy policy = PoolPolicy.of(host, pool, times, callsRun);
        this.scheduler = policy.scheduler();
        this.timers = policy.timers();
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
            .on(WatchRace.class, (pool, m) -> pool.requests.watchRace(m))
            .on(EndRace.class, (pool, m) -> pool.requests.endRace(m.cpu()))
            .on(PinVcpus.class, CpuPool::onPinVcpus)
            .on(PauseVcpu.class, CpuPool::onPauseVcpu)
            .on(CpuGoesOffline.class, CpuPool::onCpuGoesOffline)
            .on(Evacuate.class, CpuPool::onEvacuate)
            .on(Finish.class, CpuPool::onFinish)
            .build();

    @Override
    protected boolean handle(Message message) {
        timers.passed();
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
        timers.passed(cpu);
        int previous = scheduler.current(cpu);
        if (previous != PoolScheduler.IDLE) {
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
        if (next == PoolScheduler.IDLE) {
            callsRun[cpu] = false;
            timers.idles(cpu);
            host.tellCpu(
                    cpu, new Run(NOBODY, Work.ASK, scheduler.firstInstruction(), PoolTimers.NONE, PoolTimers.NONE));
        } else {
            callsRun[cpu] &= next == previous;
            timers.runs(cpu, previous);
            long sliceAt = timers.sliceAt(cpu);
            long tickAt = timers.tickAt(cpu);
            host.tellCpu(cpu, new Run(onHost[next], work[next], scheduler.firstInstruction(), sliceAt, tickAt));
            if (requests.takeNotice(next)) {
                host.tellCpu(cpu, new Kick(onHost[next]));
            }
        }
        requests.leftCpu(cpu);
        if (previous != PoolScheduler.IDLE && scheduler.processor(previous) != cpu) {
            requests.queuedOn(scheduler.waitsFor(previous));
            timers.review(scheduler.processor(previous));
        }
        timers.reviewChanges();
        poke();
        tellFlushMasks();
    }

    private void onWake(Wake message) {
        int vcpu = here[message.vcpu()];
        work[vcpu] = message.work();
        int processor = scheduler.processor(vcpu);
        int waker = message.wakerCpu() < 0 ? processor : message.wakerCpu();
        scheduler.wake(vcpu, host.now(), waker, message.dueSince());
        requests.queuedOn(scheduler.waitsFor(vcpu));
        timers.review(processor);
        timers.reviewChanges();
        poke();
    }

    private void onTick(Tick message) {
        timers.tick(message.cpu());
        poke();
    }

    private void onAccount(Account message) {
        timers.account(message.cpu());
        poke();
    }

    private void onTimersReal(TimersReal message) {
        callsRun[message.cpu()] = true;
        timers.callRuns(message.cpu());
    }

    private void onUnpause(Unpause message) {
        int vcpu = here[message.vcpu()];
        scheduler.unpause(vcpu, host.now(), scheduler.processor(vcpu));
        requests.queuedOn(scheduler.waitsFor(vcpu));
        timers.review(scheduler.processor(vcpu));
        timers.reviewChanges();
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
        scheduler.offline(message.cpu(), host.now());
        afterRequest();
    }

    private void onEvacuate(Evacuate message) {
        requests.evacuate(message.cpu());
        afterRequest();
    }

    /** Somebody has moved, stopped or started vCPUs. */
    private void afterRequest() {
        timers.reviewAll();
        timers.reviewChanges();
        poke();
        tellFlushMasks();
    }

    private void onWatchFlushMask(WatchFlushMask message) {
        int domid = message.domid();
        watched.set(domid);
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
        for (int domid = watched.nextSetBit(0); domid >= 0; domid = watched.nextSetBit(domid + 1)) {
            int dirty = scheduler.dirtyCpus(domainHere[domid]);
            if (dirty != toldDirty[domid]) {
                toldDirty[domid] = dirty;
                host.tellDomain(domid, new FlushMask(dirty));
            }
        }
    }

    @Override
    void changeTo(PlanChange change) {
        for (int vcpu = 0; vcpu < onHost.length; vcpu++) {
            if (work[vcpu] == Work.FOREVER && change.changesWork(onHost[vcpu])) {
                work[vcpu] = 0;
            }
        }
        if (change.changesTimers(pool.index())) {
            timers.catchUp();
        }
    }

    @Override
    void fields(Fields f) {
        scheduler.fields(f);
        timers.fields(f);
        requests.fields(f);
        f.at("work", work);
        f.at("calls-run", callsRun);
        for (int domid = 0; domid < domainHere.length; domid++) {
            watched.set(domid, f.at("watched", watched.get(domid)));
        }
        f.at("told-dirty", toldDirty);
        timers.poolFields(f);
    }
}
