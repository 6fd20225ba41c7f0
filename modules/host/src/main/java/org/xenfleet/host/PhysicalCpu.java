package org.xenfleet.host;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;
import org.xenfleet.host.CpuTimes.Mode;
import org.xenfleet.host.protocol.GuestExecution.ActivityEnded;
import org.xenfleet.host.protocol.GuestExecution.Block;
import org.xenfleet.host.protocol.GuestExecution.EnteredGuest;
import org.xenfleet.host.protocol.GuestExecution.EptViolation;
import org.xenfleet.host.protocol.GuestExecution.FaultHandled;
import org.xenfleet.host.protocol.GuestExecution.FaultLocked;
import org.xenfleet.host.protocol.GuestExecution.LeftGuest;
import org.xenfleet.host.protocol.GuestExecution.LockForFault;
import org.xenfleet.host.protocol.GuestExecution.NextActivity;
import org.xenfleet.host.protocol.GuestExecution.VcpuRuns;
import org.xenfleet.host.protocol.GuestExecution.VcpuTimerExpired;
import org.xenfleet.host.protocol.HostControl.CalibrationDue;
import org.xenfleet.host.protocol.HostControl.Finish;
import org.xenfleet.host.protocol.HypercallPath.CallAnswered;
import org.xenfleet.host.protocol.HypercallPath.Continuation;
import org.xenfleet.host.protocol.HypercallPath.FlushMaskChanged;
import org.xenfleet.host.protocol.HypercallPath.Hypercall;
import org.xenfleet.host.protocol.HypercallPath.HypercallEntered;
import org.xenfleet.host.protocol.HypercallPath.HypercallReturned;
import org.xenfleet.host.protocol.HypercallPath.P2mBusy;
import org.xenfleet.host.protocol.HypercallPath.P2mLocked;
import org.xenfleet.host.protocol.HypercallPath.SliceEnded;
import org.xenfleet.host.protocol.HypercallPath.SliceOpen;
import org.xenfleet.host.protocol.Scheduling.Account;
import org.xenfleet.host.protocol.Scheduling.ArmTimers;
import org.xenfleet.host.protocol.Scheduling.Overdue;
import org.xenfleet.host.protocol.Scheduling.QuietTimer;
import org.xenfleet.host.protocol.Scheduling.RaiseSoftirq;
import org.xenfleet.host.protocol.Scheduling.Run;
import org.xenfleet.host.protocol.Scheduling.Schedule;
import org.xenfleet.host.protocol.Scheduling.Spun;
import org.xenfleet.host.protocol.Scheduling.Tick;
import org.xenfleet.host.protocol.Scheduling.TimersReal;
import org.xenfleet.host.protocol.Work;
import org.xenfleet.observe.HostObserver.SliceEnd;
import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.Timeline;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.Preemption;
import org.xenfleet.xen.Softirq;
import org.xenfleet.xen.XenTimers;
import org.xenfleet.xen.XenTimers.Kind;
import org.xenfleet.xen.operation.Operation;
import org.xenfleet.xen.operation.Operation.Cadence;

/**
 * One physical CPU: what it executes, its pending softirqs, the Xen timers homed on it.
 *
 * <p>Softirqs are served where Xen serves them and nowhere else: when an interrupt hits a guest or the idle loop, and on
 * the way back from a hypercall or a fault. One that becomes pending inside Xen waits; the LAPIC timer, programmed once,
 * does not fire again before its softirq has run. Source: xen-semantics section 2.3.
 */
final class PhysicalCpu extends AbstractBehavior<Message> {

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

    /** What a pCPU is doing, and so what happens to a softirq that becomes pending. */
    private enum Phase {
        IDLE,
        WAKING,
        PASS,
        GUEST,
        SCHEDULING,
        ASKING,
        ENTRY,
        ADMITTING,
        LOCKING,
        SLICE,
        EXIT,
        FAULT_LOCKING,
        FAULT
    }

    private static final int NOBODY = -1;
    private static final long NO_TIME = -1;
    private static final long SECOND = 1_000_000_000L;

    private final HostContext host;
    private final int cpu;
    private final int pool;
    private final CpuTimes times;
    private final LocalTimers timers;
    private final long tickNs;
    private final long accountingNs;

    private Phase phase = Phase.IDLE;
    private int current = NOBODY;
    private long work = Work.ASK;
    /** First instruction of the guest, or of the idle loop; may lie ahead while Xen still works. */
    private long resumesAt;

    private int pending;
    private Timeline.@Nullable Entry phaseEnd;
    private @Nullable Slice slice;
    private long spinSince;
    private long faultGfn;
    private long longestSlice;

    static Behavior<Message> create(HostContext host, int cpu, StateHolder holder) {
        return Behaviors.setup(context -> new PhysicalCpu(context, host, cpu, holder));
    }

    private PhysicalCpu(ActorContext<Message> context, HostContext host, int cpu, StateHolder holder) {
        super(context);
        this.host = host;
        this.cpu = cpu;
        var poolPlan = host.plan().poolOf(cpu);
        this.pool = poolPlan.index();
        this.times = new CpuTimes(cpu, host.observer());
        this.timers = new LocalTimers(host, cpu, new TimerInterrupt(cpu));
        this.tickNs = host.plan().credit().tickNs();
        this.accountingNs = host.plan().credit().tsliceNs();
        holder.set(this::fields);
        if (cpu == 0) {
            timers.set(Kind.CALIBRATION, 0, SECOND - host.plan().timeAtStart() % SECOND);
        }
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(PhaseEnds.class, this::onPhaseEnds)
                .onMessage(Run.class, this::onRun)
                .onMessage(TimerInterrupt.class, this::onTimerInterrupt)
                .onMessage(RaiseSoftirq.class, this::onRaiseSoftirq)
                .onMessage(NextActivity.class, this::onNextActivity)
                .onMessage(Block.class, this::onBlock)
                .onMessage(ArmTimers.class, this::onArmTimers)
                .onMessage(QuietTimer.class, this::onQuietTimer)
                .onMessage(Hypercall.class, this::onHypercall)
                .onMessage(CallAnswered.class, this::onCallAnswered)
                .onMessage(P2mBusy.class, this::onP2mBusy)
                .onMessage(P2mLocked.class, this::onP2mLocked)
                .onMessage(FlushMaskChanged.class, this::onFlushMaskChanged)
                .onMessage(EptViolation.class, this::onEptViolation)
                .onMessage(FaultLocked.class, this::onFaultLocked)
                .onMessage(Finish.class, this::onFinish)
                .build();
    }

    private Behavior<Message> onPhaseEnds(PhaseEnds message) {
        phaseEnd = null;
        switch (phase) {
            case WAKING, PASS -> serve();
            case GUEST -> askDomain();
            case ENTRY -> {
                phase = Phase.ADMITTING;
                Hypercall call = inCall().call();
                int caller = host.plan().vcpus().get(call.vcpu()).domid();
                host.tellHypervisor(new HypercallEntered(cpu, caller, call.operation(), call.request()));
            }
            case SLICE -> endSlice();
            case EXIT -> returnToGuest();
            case FAULT -> {
                host.tellDomainOf(current, new FaultHandled(cpu, faultGfn));
                returnToGuest();
            }
            default -> throw new IllegalStateException("nothing ends while " + phase);
        }
        return this;
    }

    private Behavior<Message> onRun(Run message) {
        current = message.vcpu();
        work = message.work();
        timers.setSliceAndTick(message.sliceAt(), message.tickAt());
        resume(message.startsAt());
        return this;
    }

    private Behavior<Message> onTimerInterrupt(TimerInterrupt message) {
        timers.fired();
        raise(Softirq.TIMER.bit(), false);
        return this;
    }

    private Behavior<Message> onRaiseSoftirq(RaiseSoftirq message) {
        raise(message.bit(), true);
        return this;
    }

    private Behavior<Message> onNextActivity(NextActivity message) {
        work = message.work();
        returnToGuest();
        return this;
    }

    /** The guest's vCPU sleeps: its timer is homed here, and the pCPU reschedules at once. */
    private Behavior<Message> onBlock(Block message) {
        if (message.timerAt() >= 0) {
            timers.set(Kind.VCPU, current, message.timerAt());
        }
        work = Work.ASK;
        times.serve(host.now());
        times.enter(Mode.XEN, host.now());
        reschedule(true);
        return this;
    }

    private Behavior<Message> onArmTimers(ArmTimers message) {
        if (message.tickAt() >= 0) {
            timers.set(Kind.TICK, 0, message.tickAt());
        }
        if (message.sliceAt() >= 0) {
            timers.set(Kind.SLICE, 0, message.sliceAt());
        }
        if (message.accountingAt() >= 0) {
            timers.set(Kind.ACCOUNTING, 0, message.accountingAt());
        }
        return this;
    }

    private Behavior<Message> onQuietTimer(QuietTimer message) {
        timers.set(message.accounting() ? Kind.ACCOUNTING : Kind.TICK, 0, NO_TIME);
        return this;
    }

    private Behavior<Message> onHypercall(Hypercall message) {
        slice = new Slice(message, host.costs());
        phase = Phase.ENTRY;
        times.enter(Mode.HYPERCALL, host.now());
        endPhaseAt(host.now() + roundTrip(message) / 2);
        makeTimersReal();
        return this;
    }

    private Behavior<Message> onCallAnswered(CallAnswered message) {
        returnFromCall(message.result(), 0, 0);
        return this;
    }

    /** A call or a fault spins for the lock of a p2m; it sees every timer of its pCPU become due. */
    private Behavior<Message> onP2mBusy(P2mBusy message) {
        phase = phase == Phase.ADMITTING ? Phase.LOCKING : phase;
        spinSince = host.now();
        times.enter(Mode.SPIN, host.now());
        makeTimersReal();
        return this;
    }

    private Behavior<Message> onP2mLocked(P2mLocked message) {
        if (phase == Phase.LOCKING) {
            endSpin(Mode.HYPERCALL);
        }
        phase = Phase.SLICE;
        Slice begun = inCall();
        begun.begin(message.targetDomid(), message.work(), message.dirtyCpus(), host.now());
        if (Preemption.check(pending, false)) {
            begun.pending(host.now(), cadence());
        }
        endPhaseAt(begun.endTime());
        return this;
    }

    private Behavior<Message> onFlushMaskChanged(FlushMaskChanged message) {
        if (phase == Phase.SLICE) {
            inCall().flushMaskChanged(message.dirtyCpus(), host.now());
            endPhaseAt(inCall().endTime());
        }
        return this;
    }

    private Behavior<Message> onEptViolation(EptViolation message) {
        if (phase == Phase.GUEST && current == message.vcpu() && host.now() >= resumesAt) {
            leaveGuest();
            faultGfn = message.gfn();
            phase = Phase.FAULT_LOCKING;
            spinSince = host.now();
            times.enter(Mode.SPIN, host.now());
            host.tellDomainOf(current, new LockForFault(cpu));
        }
        return this;
    }

    private Behavior<Message> onFaultLocked(FaultLocked message) {
        endSpin(Mode.XEN);
        phase = Phase.FAULT;
        endPhaseAt(host.now() + host.costs().eptViolation());
        return this;
    }

    private Behavior<Message> onFinish(Finish message) {
        long end = host.now();
        if (slice != null && phase == Phase.SLICE) {
            longestSlice = Math.max(longestSlice, end - slice.start());
            host.tellDomainOf(
                    slice.call().vcpu(), new SliceOpen(slice.call().vcpu(), slice.pagesAt(end), end - slice.start()));
        }
        if (phase == Phase.LOCKING || phase == Phase.FAULT_LOCKING) {
            host.tellPool(pool, new Spun(current, spinSince));
        }
        for (XenTimers.Timer timer : timers.all()) {
            if (timer.kind() == Kind.VCPU && timer.deadline() < end) {
                host.tellPool(pool, new Overdue(timer.id(), cpu, timer.deadline()));
            }
        }
        times.finish(end);
        host.report().pcpu(cpu, times, longestSlice);
        return this;
    }

    /** A softirq becomes pending; {@code remote} when another pCPU did it. */
    private void raise(int bit, boolean remote) {
        boolean answered = phase == Phase.SCHEDULING && bit == Softirq.SCHEDULE.bit();
        if (answered) {
            return;
        }
        pending |= bit;
        switch (phase) {
            case IDLE, GUEST -> interrupt(remote);
            case ENTRY, ADMITTING, LOCKING, EXIT, FAULT_LOCKING, FAULT -> times.stall(host.now());
            case SLICE -> {
                times.stall(host.now());
                inCall().pending(host.now(), cadence());
                endPhaseAt(inCall().endTime());
            }
            default -> {}
        }
    }

    private void interrupt(boolean remote) {
        if (host.now() < resumesAt) {
            phase = Phase.PASS;
            endPhaseAt(resumesAt);
        } else if (phase == Phase.IDLE && remote) {
            phase = Phase.WAKING;
            times.stall(host.now());
            endPhaseAt(host.now() + host.costs().wakeIdleCpu());
        } else {
            if (phase == Phase.GUEST) {
                leaveGuest();
            }
            serve();
        }
    }

    /** One pass over the pending softirqs, lowest first. */
    private void serve() {
        times.serve(host.now());
        times.enter(Mode.XEN, host.now());
        int served = pending;
        pending = 0;
        boolean schedule = (served & Softirq.SCHEDULE.bit()) != 0;
        if ((served & Softirq.TIMER.bit()) != 0) {
            schedule |= runTimers();
        }
        if (schedule) {
            reschedule(false);
        } else {
            resume(host.now() + host.costs().softirqPass());
        }
    }

    /** The TIMER softirq. Returns whether it raised SCHEDULE. */
    private boolean runTimers() {
        boolean schedule = false;
        for (XenTimers.Timer timer : timers.takeDue()) {
            switch (timer.kind()) {
                case TICK -> {
                    host.tellPool(pool, new Tick(cpu));
                    timers.set(Kind.TICK, 0, host.now() + tickNs);
                }
                case SLICE -> schedule = true;
                case ACCOUNTING -> {
                    host.tellPool(pool, new Account(cpu));
                    timers.set(Kind.ACCOUNTING, 0, host.now() + accountingNs);
                }
                case CALIBRATION -> {
                    host.tellHypervisor(new CalibrationDue());
                    timers.set(Kind.CALIBRATION, 0, host.now() + SECOND);
                }
                case VCPU -> host.tellDomainOf(timer.id(), new VcpuTimerExpired(timer.id(), cpu, timer.deadline()));
            }
        }
        timers.serviced();
        return schedule;
    }

    /** Hands the vCPU back to the pool, which answers with {@link Run}. */
    private void reschedule(boolean blocked) {
        phase = Phase.SCHEDULING;
        pending &= ~Softirq.SCHEDULE.bit();
        host.tellPool(pool, new Schedule(cpu, work, blocked));
    }

    /** Xen is busy until {@code at}; then the guest or the idle loop goes on, unless something is pending by then. */
    private void resume(long at) {
        resumesAt = at;
        times.enter(current == NOBODY ? Mode.IDLE : Mode.GUEST, at);
        if (current != NOBODY && hasWorkingSet()) {
            host.tellDomainOf(current, new EnteredGuest(current, cpu, at));
        }
        if (pending != 0) {
            phase = Phase.PASS;
            endPhaseAt(at);
        } else if (current == NOBODY) {
            phase = Phase.IDLE;
            cancelPhaseEnd();
        } else {
            phase = Phase.GUEST;
            if (work == Work.ASK) {
                endPhaseAt(at);
            } else if (Work.hasEnd(work)) {
                endPhaseAt(at + work);
            } else {
                cancelPhaseEnd();
            }
        }
    }

    /** The return path of a hypercall or a fault, and of an answer of the Domain. */
    private void returnToGuest() {
        if (pending != 0) {
            serve();
        } else {
            resume(host.now());
        }
    }

    /** The guest is interrupted, or traps, after its first instruction. */
    private void leaveGuest() {
        cancelPhaseEnd();
        long executed = host.now() - resumesAt;
        if (Work.hasEnd(work)) {
            work -= executed;
        }
        if (hasWorkingSet()) {
            host.tellDomainOf(current, new LeftGuest(current, executed));
        }
    }

    private void askDomain() {
        boolean starts = work == Work.ASK;
        leaveGuest();
        phase = Phase.ASKING;
        host.tellDomainOf(current, starts ? new VcpuRuns(current, cpu) : new ActivityEnded(current, cpu));
    }

    private void endSlice() {
        Slice ended = inCall();
        long length = host.now() - ended.start();
        longestSlice = Math.max(longestSlice, length);
        host.tellDomain(ended.targetDomid(), new SliceEnded(cpu, ended.stopPage()));
        boolean last = ended.endsTheCall();
        host.observer()
                .slice(
                        cpu,
                        host.plan().domainOf(current).name(),
                        operation().name(),
                        ended.start(),
                        host.now(),
                        ended.stopPage(),
                        !last ? SliceEnd.PREEMPTED : ended.result() == 0 ? SliceEnd.FINISHED : SliceEnd.FAILED);
        if (last) {
            returnFromCall(ended.result(), ended.stopPage(), length);
        } else {
            host.tellDomainOf(current, new Continuation(current, ended.remaining(), ended.stopPage(), length));
            exitHypercall();
        }
    }

    private void returnFromCall(int result, long pages, long length) {
        host.tellDomainOf(current, new HypercallReturned(current, result, pages, length));
        exitHypercall();
    }

    private void exitHypercall() {
        long trip = roundTrip(inCall().call());
        slice = null;
        work = Work.ASK;
        phase = Phase.EXIT;
        endPhaseAt(host.now() + trip - trip / 2);
    }

    private void makeTimersReal() {
        if (!timers.isSet(Kind.TICK) || !timers.isSet(Kind.SLICE)) {
            host.tellPool(pool, new TimersReal(cpu));
        }
    }

    private void endSpin(Mode next) {
        if (host.now() > spinSince) {
            host.tellPool(pool, new Spun(current, spinSince));
        }
        times.enter(next, host.now());
    }

    private long roundTrip(Hypercall call) {
        boolean hvm = host.plan().domainOf(call.vcpu()).isHvm();
        return hvm ? host.costs().hypercallHvm() : host.costs().hypercallPv();
    }

    private Operation operation() {
        return host.catalogue().at(inCall().call().operation());
    }

    private Cadence cadence() {
        return operation().cadence(host.plan().isFixed(operation().advisory()));
    }

    private Slice inCall() {
        if (slice == null) {
            throw new IllegalStateException("pCPU " + cpu + " is in no hypercall while " + phase);
        }
        return slice;
    }

    private boolean hasWorkingSet() {
        return host.plan().domainOf(current).workingSet().isPresent();
    }

    private void endPhaseAt(long at) {
        cancelPhaseEnd();
        phaseEnd = host.island().schedule(at, host.plan().cpuAddress(cpu), new PhaseEnds(cpu));
    }

    private void cancelPhaseEnd() {
        if (phaseEnd != null) {
            host.island().cancel(phaseEnd);
            phaseEnd = null;
        }
    }

    private void fields(Fields f) {
        phase = Phase.values()[f.at("phase", phase.ordinal())];
        current = f.at("current", current);
        work = f.at("work", work);
        resumesAt = f.at("resumes-at", resumesAt);
        pending = f.at("pending", pending);
        phaseEnd = StateHolder.entry(f, "phase-end", phaseEnd, host.island());
        slice = Slice.visit(f, slice, host.costs());
        spinSince = f.at("spin-since", spinSince);
        faultGfn = f.at("fault-gfn", faultGfn);
        longestSlice = f.at("longest-slice", longestSlice);
        timers.fields(f);
        times.fields(f);
    }
}
