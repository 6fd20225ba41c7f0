package org.xenfleet.host;

import org.jspecify.annotations.Nullable;
import org.xenfleet.host.CpuState.Phase;
import org.xenfleet.host.protocol.GuestExecution.Block;
import org.xenfleet.host.protocol.GuestExecution.EptViolation;
import org.xenfleet.host.protocol.GuestExecution.FaultLocked;
import org.xenfleet.host.protocol.GuestExecution.NextActivity;
import org.xenfleet.host.protocol.GuestExecution.Yield;
import org.xenfleet.host.protocol.HostControl.Finish;
import org.xenfleet.host.protocol.HypercallPath.CallAnswered;
import org.xenfleet.host.protocol.HypercallPath.CallParked;
import org.xenfleet.host.protocol.HypercallPath.CallWaits;
import org.xenfleet.host.protocol.HypercallPath.DomctlBusy;
import org.xenfleet.host.protocol.HypercallPath.DomctlFree;
import org.xenfleet.host.protocol.HypercallPath.FlushMaskChanged;
import org.xenfleet.host.protocol.HypercallPath.FlushStuck;
import org.xenfleet.host.protocol.HypercallPath.Hypercall;
import org.xenfleet.host.protocol.HypercallPath.P2mBusy;
import org.xenfleet.host.protocol.HypercallPath.SliceBegins;
import org.xenfleet.host.protocol.InputOutput.Kick;
import org.xenfleet.host.protocol.Rendezvous.AdoptTimer;
import org.xenfleet.host.protocol.Rendezvous.CpuOff;
import org.xenfleet.host.protocol.Rendezvous.Freeze;
import org.xenfleet.host.protocol.Rendezvous.ScheduleTasklet;
import org.xenfleet.host.protocol.Rendezvous.SetDomainWatchdog;
import org.xenfleet.host.protocol.Rendezvous.TaskletBusy;
import org.xenfleet.host.protocol.Rendezvous.Thaw;
import org.xenfleet.host.protocol.Rendezvous.WantQuiescence;
import org.xenfleet.host.protocol.Scheduling.ArmTimers;
import org.xenfleet.host.protocol.Scheduling.Evacuate;
import org.xenfleet.host.protocol.Scheduling.Overdue;
import org.xenfleet.host.protocol.Scheduling.QuietAccounting;
import org.xenfleet.host.protocol.Scheduling.RaceOver;
import org.xenfleet.host.protocol.Scheduling.RaiseSoftirq;
import org.xenfleet.host.protocol.Scheduling.Run;
import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.ReceiveTable;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.Softirq;
import org.xenfleet.xen.XenTimers.Kind;
import org.xenfleet.xen.XenTimers.Timer;

/**
 * One physical CPU: what it executes, its pending softirqs, the Xen timers homed on it. What happens to a softirq depends
 * on the phase that the pCPU is in; {@link ReturnPath} and {@link CallPath} say how it gets from one to the next.
 */
final class PhysicalCpu extends HostActor {

    /** The LAPIC timer fires. */
    record TimerInterrupt(int cpu) implements HostCommand {
        @Override
        public int kind() {
            return HostCommand.TIMER_INTERRUPT;
        }

        @Override
        public int subject() {
            return cpu;
        }
    }

    /** What the pCPU is busy with comes to its end. */
    record PhaseEnds(int cpu) implements HostCommand {
        @Override
        public int kind() {
            return HostCommand.PHASE_ENDS;
        }

        @Override
        public int subject() {
            return cpu;
        }
    }

    /** The watchdog's NMI finds that the heart has not beaten for too long. */
    record WatchdogExpires(int cpu) implements HostCommand {
        @Override
        public int kind() {
            return HostCommand.WATCHDOG_EXPIRES;
        }

        @Override
        public int subject() {
            return cpu;
        }
    }

    private static final long NO_TIME = -1;

    private final HostContext host;
    private final CpuState cpu;
    private final ReturnPath returnPath;
    /** Made when the pCPU enters Xen for a vCPU first: most never do. */
    private @Nullable CallPath callPath;
    /** Made when the pCPU has its first tasklet. */
    private @Nullable TaskletPath tasklets;

    static HostActor create(HostContext host, int cpu) {
        return new PhysicalCpu(host, cpu);
    }

    private PhysicalCpu(HostContext host, int number) {
        this.host = host;
        this.cpu = new CpuState(host, number, new PhaseEnds(number), new TimerInterrupt(number), WatchdogExpires::new);
        this.returnPath = new ReturnPath(cpu);
        returnPath.setClockTimers();
    }

    private static final ReceiveTable<PhysicalCpu> RECEIVE = ReceiveTable.<PhysicalCpu>builder()
            .on(PhaseEnds.class, PhysicalCpu::onPhaseEnds)
            .on(Run.class, PhysicalCpu::onRun)
            .on(TimerInterrupt.class, PhysicalCpu::onTimerInterrupt)
            .on(RaiseSoftirq.class, PhysicalCpu::onRaiseSoftirq)
            .on(NextActivity.class, PhysicalCpu::onNextActivity)
            .on(Block.class, PhysicalCpu::onBlock)
            .on(Yield.class, PhysicalCpu::onYield)
            .on(ArmTimers.class, PhysicalCpu::onArmTimers)
            .on(QuietAccounting.class, PhysicalCpu::onQuietAccounting)
            .on(Hypercall.class, PhysicalCpu::onHypercall)
            .on(CallAnswered.class, PhysicalCpu::onCallAnswered)
            .on(P2mBusy.class, PhysicalCpu::onP2mBusy)
            .on(SliceBegins.class, PhysicalCpu::onSliceBegins)
            .on(RaceOver.class, (cpu, m) -> cpu.callPath().raceOver())
            .on(FlushMaskChanged.class, PhysicalCpu::onFlushMaskChanged)
            .on(EptViolation.class, PhysicalCpu::onEptViolation)
            .on(FaultLocked.class, PhysicalCpu::onFaultLocked)
            .on(Kick.class, PhysicalCpu::onKick)
            .on(CallWaits.class, PhysicalCpu::onCallWaits)
            .on(DomctlBusy.class, PhysicalCpu::onDomctlBusy)
            .on(DomctlFree.class, PhysicalCpu::onDomctlFree)
            .on(CallParked.class, PhysicalCpu::onCallParked)
            .on(FlushStuck.class, PhysicalCpu::onFlushStuck)
            .on(ScheduleTasklet.class, PhysicalCpu::onScheduleTasklet)
            .on(TaskletBusy.class, PhysicalCpu::onTaskletBusy)
            .on(Freeze.class, PhysicalCpu::onFreeze)
            .on(Thaw.class, PhysicalCpu::onThaw)
            .on(CpuOff.class, PhysicalCpu::onCpuOff)
            .on(AdoptTimer.class, PhysicalCpu::onAdoptTimer)
            .on(WantQuiescence.class, PhysicalCpu::onWantQuiescence)
            .on(SetDomainWatchdog.class, PhysicalCpu::onSetDomainWatchdog)
            .on(WatchdogExpires.class, PhysicalCpu::onWatchdogExpires)
            .on(Finish.class, PhysicalCpu::onFinish)
            .build();

    @Override
    protected boolean handle(Message message) {
        return RECEIVE.dispatch(this, message);
    }

    private CallPath callPath() {
        if (callPath == null) {
            callPath = new CallPath(cpu, returnPath);
        }
        return callPath;
    }

    private TaskletPath tasklets() {
        if (tasklets == null) {
            tasklets = new TaskletPath(cpu, returnPath);
        }
        return tasklets;
    }

    private void onPhaseEnds(PhaseEnds message) {
        cpu.phaseHasEnded();
        switch (cpu.phase) {
            case WAKING, PASS -> returnPath.serve();
            case GUEST -> returnPath.askDomain();
            case ENTRY -> callPath().enter();
            case SLICE -> callPath().endSlice();
            case EXIT -> returnPath.returnToGuest();
            case FAULT -> callPath().endFault();
            case TASKLET -> tasklets().phaseEnded();
            default -> throw new IllegalStateException("nothing ends while " + cpu.phase);
        }
    }

    private void onRun(Run message) {
        if (message.vcpu() == CpuState.NOBODY && !cpu.tasklets.isEmpty()) {
            returnPath.runTasklet(message);
            tasklets().begin(message.startsAt());
        } else {
            returnPath.run(message);
        }
    }

    private void onTimerInterrupt(TimerInterrupt message) {
        cpu.timers.fired();
        raise(Softirq.TIMER.bit(), false);
        if (cpu.pending != 0 && !host.plan().interruptTimers().isEmpty()) {
            returnPath.runInInterrupt(host.plan().interruptTimers());
        }
    }

    private void onRaiseSoftirq(RaiseSoftirq message) {
        raise(message.bit(), true);
    }

    private void onNextActivity(NextActivity message) {
        cpu.work = message.work();
        returnPath.returnToGuest();
    }

    private void onBlock(Block message) {
        returnPath.block(message.timerAt(), message.home());
    }

    private void onYield(Yield message) {
        returnPath.yield();
    }

    private void onArmTimers(ArmTimers message) {
        arm(Kind.TICK, message.tickAt());
        arm(Kind.SLICE, message.sliceAt());
        arm(Kind.ACCOUNTING, message.accountingAt());
    }

    private void onQuietAccounting(QuietAccounting message) {
        cpu.timers.set(Kind.ACCOUNTING, 0, NO_TIME);
    }

    private void onHypercall(Hypercall message) {
        callPath().trap(message);
    }

    private void onCallAnswered(CallAnswered message) {
        callPath().answered(message.result());
    }

    private void onP2mBusy(P2mBusy message) {
        callPath().spin(message);
    }

    private void onCallWaits(CallWaits message) {
        callPath().waits(message);
    }

    private void onDomctlBusy(DomctlBusy message) {
        callPath().retry(message.holderCpu());
    }

    private void onDomctlFree(DomctlFree message) {
        callPath().triesAgain();
    }

    private void onCallParked(CallParked message) {
        callPath().parked();
    }

    private void onFlushStuck(FlushStuck message) {
        callPath().flushStuck();
    }

    /** An event for the vCPU, which interrupts it where it is. */
    private void onKick(Kick message) {
        if (cpu.current == message.vcpu()) {
            cpu.upcall = true;
            raise(Softirq.VCPU_KICK.bit(), true);
        }
    }

    private void onScheduleTasklet(ScheduleTasklet message) {
        tasklets().add(message.task());
        if (cpu.phase == Phase.SCHEDULING) {
            cpu.pending |= Softirq.SCHEDULE.bit();
        } else {
            raise(Softirq.SCHEDULE.bit(), true);
        }
    }

    private void onTaskletBusy(TaskletBusy message) {
        tasklets().busyUntil(message.until());
    }

    private void onFreeze(Freeze message) {
        tasklets().freeze(message.forCpu());
    }

    private void onThaw(Thaw message) {
        tasklets().thaw(message.at(), message.lastCpu());
    }

    private void onCpuOff(CpuOff message) {
        tasklets().off();
    }

    private void onAdoptTimer(AdoptTimer message) {
        cpu.timers.set(Kind.values()[message.timerKind()], message.id(), message.deadline());
    }

    private void onWantQuiescence(WantQuiescence message) {
        raise(Softirq.RCU.bit(), true);
    }

    private void onSetDomainWatchdog(SetDomainWatchdog message) {
        cpu.timers.set(Kind.DOMAIN_WATCHDOG, message.id(), message.deadline());
    }

    private void onSliceBegins(SliceBegins message) {
        callPath().beginSlice(message);
    }

    private void onFlushMaskChanged(FlushMaskChanged message) {
        callPath().flushMaskChanged(message.dirtyCpus());
    }

    private void onEptViolation(EptViolation message) {
        callPath().fault(message);
    }

    private void onFaultLocked(FaultLocked message) {
        callPath().handleFault();
    }

    private void onWatchdogExpires(WatchdogExpires message) {
        boolean inTasklet = cpu.phase == Phase.TASKLET || cpu.phase == Phase.FROZEN;
        host.tellHypervisor(inTasklet ? tasklets().panic() : callPath().panic());
    }

    private void onFinish(Finish message) {
        if (callPath != null) {
            callPath.finish(message.at());
        }
        for (Timer timer : cpu.timers.all()) {
            if (timer.kind() == Kind.VCPU && timer.deadline() < message.at()) {
                host.tellPool(cpu.pool, new Overdue(timer.id(), cpu.cpu, timer.deadline(), message.at()));
            }
        }
        if (cpu.clock != null) {
            host.report().clock(cpu.clock.damage(message.at()));
        }
        if (tasklets != null) {
            tasklets.finish(message.at());
        }
        cpu.times.finish(message.at());
        host.report().holds(cpu.holds());
        host.report().pcpu(cpu.cpu, cpu.times, callPath == null ? 0 : callPath.longestSlice());
    }

    /** A softirq becomes pending; {@code remote} when another pCPU did it. */
    private void raise(int bit, boolean remote) {
        boolean answered = cpu.phase == Phase.SCHEDULING && bit == Softirq.SCHEDULE.bit();
        if (answered) {
            return;
        }
        cpu.pending |= bit;
        switch (cpu.phase) {
            case IDLE, GUEST -> returnPath.interrupt(remote);
            case ENTRY, ADMITTING, LOCKING, WAITING, EXIT, FAULT_LOCKING, FAULT -> stalls();
            case TASKLET, FROZEN -> cpu.times.stall(host.now());
            case RETRYING -> callPath().leaveRetry();
            case SLICE -> {
                stalls();
                callPath().pendingInSlice();
            }
            case OFFLINE -> cpu.pending = 0;
            default -> {}
        }
        cpu.timerWaits();
    }

    private void stalls() {
        cpu.times.stall(host.now());
        if (host.plan().evacuates()) {
            host.tellPool(cpu.pool, new Evacuate(cpu.cpu));
        }
    }

    private void arm(Kind kind, long at) {
        if (at >= 0) {
            cpu.timers.set(kind, 0, at);
        }
    }

    @Override
    void changeTo(PlanChange change) {
        if (callPath != null) {
            callPath.changeTo(change);
        }
        cpu.changeTo(change);
    }

    @Override
    void fields(Fields f) {
        cpu.fields(f);
        if (f.at("called", callPath != null)) {
            callPath().fields(f);
        }
        if (f.at("had-tasklets", tasklets != null)) {
            tasklets().fields(f);
        }
    }
}
