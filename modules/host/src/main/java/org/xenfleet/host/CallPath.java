package org.xenfleet.host;

import org.jspecify.annotations.Nullable;
import org.xenfleet.host.CpuState.Phase;
import org.xenfleet.host.CpuTimes.Mode;
import org.xenfleet.host.HoldLog.What;
import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.host.protocol.GuestExecution.EptViolation;
import org.xenfleet.host.protocol.GuestExecution.FaultHandled;
import org.xenfleet.host.protocol.GuestExecution.LockForFault;
import org.xenfleet.host.protocol.HostControl.Panic;
import org.xenfleet.host.protocol.HostControl.Stuck;
import org.xenfleet.host.protocol.HypercallPath.CallWaits;
import org.xenfleet.host.protocol.HypercallPath.Continuation;
import org.xenfleet.host.protocol.HypercallPath.Hypercall;
import org.xenfleet.host.protocol.HypercallPath.HypercallEntered;
import org.xenfleet.host.protocol.HypercallPath.HypercallReturned;
import org.xenfleet.host.protocol.HypercallPath.P2mBusy;
import org.xenfleet.host.protocol.HypercallPath.Retried;
import org.xenfleet.host.protocol.HypercallPath.RetryEnds;
import org.xenfleet.host.protocol.HypercallPath.SliceBegins;
import org.xenfleet.host.protocol.HypercallPath.SliceEnded;
import org.xenfleet.host.protocol.HypercallPath.SliceOpen;
import org.xenfleet.host.protocol.HypercallPath.StageEnded;
import org.xenfleet.host.protocol.HypercallPath.Wait;
import org.xenfleet.host.protocol.Scheduling.EndRace;
import org.xenfleet.host.protocol.Scheduling.Spun;
import org.xenfleet.host.protocol.Scheduling.TimersReal;
import org.xenfleet.host.protocol.Scheduling.WatchRace;
import org.xenfleet.host.protocol.Work;
import org.xenfleet.observe.HostObserver.SliceEnd;
import org.xenfleet.xen.Costs;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.Mechanism;
import org.xenfleet.xen.Preemption;
import org.xenfleet.xen.XenTimers.Kind;
import org.xenfleet.xen.operation.CallRequest;
import org.xenfleet.xen.operation.Extent.Race;
import org.xenfleet.xen.operation.Operation;
import org.xenfleet.xen.operation.Operation.Cadence;

/**
 * What a pCPU does inside Xen on behalf of its vCPU: hypercalls, slice by slice, and nested page faults. Softirqs that
 * become pending here wait; an operation that tests for them stops at its next test. A test before the first iteration comes
 * before the lock is taken: who has spun for the lock does not test again before he uses it. Used by one thread.
 *
 * <p>Source: xen-semantics sections 1.5 and 2.2.
 */
final class CallPath {
    private static final int NOBODY = -1;

    private final CpuState cpu;
    private final HostContext host;
    private final ReturnPath returnPath;

    private @Nullable Slice slice;
    private long spinSince;
    private int spinsFor = NOBODY;
    private Wait waitsFor = Wait.PAUSE;
    private long faultGfn;
    private long longestSlice;
    /** Whether the slice waits for a flush that nobody will answer; only where M15 is left out. */
    private boolean stuck;

    CallPath(CpuState cpu, ReturnPath returnPath) {
        this.cpu = cpu;
        this.host = cpu.host;
        this.returnPath = returnPath;
    }

    void trap(Hypercall call) {
        boolean staged = host.catalogue().at(call.operation()).isStaged();
        slice = new Slice(call, staged, host.now(), host.costs());
        cpu.phase = Phase.ENTRY;
        cpu.enter(Mode.HYPERCALL, host.now());
        cpu.watchdog.tied();
        cpu.endPhaseAt(host.now() + roundTrip(call) / 2);
        makeTimersReal();
    }

    void enter() {
        cpu.phase = Phase.ADMITTING;
        Hypercall call = inCall().call();
        int caller = host.plan().vcpus().get(call.vcpu()).domid();
        host.tellHypervisor(new HypercallEntered(cpu.cpu, call.vcpu(), caller, call.operation(), call.request()));
    }

    /** The call is answered without a slice. */
    void answered(int result) {
        endWait();
        Slice answered = inCall();
        long length = answered.isStaged() ? host.now() - answered.enteredAt() : 0;
        longestSlice = Math.max(longestSlice, length);
        returnFromCall(result, answered.done(), length);
    }

    /** A call or a fault spins for the lock of a p2m; it sees every timer of its pCPU become due. */
    void spin(P2mBusy busy) {
        endWait();
        if (cpu.phase == Phase.ADMITTING) {
            cpu.phase = Phase.LOCKING;
        } else {
            cpu.watchdog.tied();
        }
        beginSpin(busy.holderCpu());
    }

    /** A call spins until vCPUs have left their pCPUs, or until all other pCPUs have stopped. */
    void waits(CallWaits message) {
        endWait();
        cpu.phase = Phase.WAITING;
        waitsFor = message.what();
        beginSpin(message.forCpu());
    }

    private void beginSpin(int forCpu) {
        spinSince = host.now();
        spinsFor = forCpu;
        cpu.enter(Mode.SPIN, host.now());
        cpu.timerWaits();
        makeTimersReal();
    }

    /** What the call waited for has come. */
    private void endWait() {
        if (cpu.phase == Phase.LOCKING || cpu.phase == Phase.WAITING) {
            endSpin(Mode.HYPERCALL, host.now());
            cpu.phase = Phase.ADMITTING;
        }
    }

    /** Somebody else is in a domctl: the call goes out and in again until that is over, or something is pending. */
    void retry(int holderCpu) {
        cpu.phase = Phase.RETRYING;
        spinSince = host.now();
        spinsFor = holderCpu;
        cpu.cancelPhaseEnd();
        if (cpu.pending != 0) {
            leaveRetry();
        }
    }

    /** Something has become pending between two tries. */
    void leaveRetry() {
        host.tellHypervisor(new RetryEnds(cpu.cpu));
        host.tellDomainOf(cpu.current, new Retried(cpu.current, endRetry() + 1, true));
        slice = null;
        cpu.work = Work.ASK;
        returnPath.serve();
    }

    /** The next try gets on. */
    void triesAgain() {
        if (cpu.phase != Phase.RETRYING) {
            host.tellHypervisor(new RetryEnds(cpu.cpu));
            return;
        }
        host.tellDomainOf(cpu.current, new Retried(cpu.current, endRetry(), false));
        cpu.phase = Phase.ENTRY;
        cpu.endPhaseAt(host.now() + roundTrip(inCall().call()) / 2);
    }

    /** Tries made since the first. */
    private long endRetry() {
        hold(spinSince, host.now(), What.DOMCTL, NOBODY, spinsFor);
        return (host.now() - spinSince) / roundTrip(inCall().call());
    }

    /** The rest of the call happens elsewhere; the vCPU, paused, leaves its pCPU. */
    void parked() {
        endWait();
        exit();
    }

    void beginSlice(SliceBegins granted) {
        boolean waited = cpu.phase == Phase.LOCKING;
        endWait();
        cpu.phase = Phase.SLICE;
        Slice begun = inCall();
        begun.begin(granted, host.now());
        if (Preemption.check(cpu.pending, false)) {
            begun.pending(host.now(), waited ? cadence().pastFirstTest() : cadence());
        }
        cpu.endPhaseAt(begun.endTime());
        if (races(begun)) {
            host.tellPool(
                    racersPool(),
                    new WatchRace(cpu.cpu, cpu.current, operation().extent().race() == Race.DEVICE_MODEL));
        }
    }

    private boolean races(Slice begun) {
        return host.catalogue().at(begun.working()).extent().race() != Race.NONE;
    }

    /** Where those run who keep the call going: siblings in the caller's pool, its device model in that of its own. */
    private int racersPool() {
        DomainPlan domain = host.plan().domainOf(cpu.current);
        boolean deviceModel = operation().extent().race() == Race.DEVICE_MODEL && domain.deviceModelVcpu() >= 0;
        return deviceModel ? host.plan().domainOf(domain.deviceModelVcpu()).pool() : cpu.pool;
    }

    /** Nobody runs any more who kept the call going: it ends with the iteration that is under way. */
    void raceOver() {
        if (cpu.phase == Phase.SLICE && races(inCall())) {
            inCall().endsNext(host.now());
            endSliceInTime();
        }
    }

    /** A softirq has become pending during the slice. */
    void pendingInSlice() {
        inCall().pending(host.now(), cadence());
        endSliceInTime();
    }

    void flushMaskChanged(int dirtyCpus) {
        if (cpu.phase == Phase.SLICE) {
            inCall().flushMaskChanged(dirtyCpus, host.now());
            endSliceInTime();
        }
    }

    /** A pCPU that has to be flushed spins for the lock that this slice holds, and will not answer before it has it. */
    void flushStuck() {
        stuck = true;
        cpu.cancelPhaseEnd();
    }

    private void endSliceInTime() {
        if (!stuck) {
            cpu.endPhaseAt(inCall().endTime());
        }
    }

    void endSlice() {
        Slice ended = inCall();
        long length = host.now() - ended.start();
        longestSlice = Math.max(longestSlice, length);
        if (races(ended)) {
            host.tellPool(racersPool(), new EndRace(cpu.cpu));
        }
        host.tellDomain(ended.targetDomid(), new SliceEnded(cpu.cpu, ended.working(), ended.stopPage(), ended.claim()));
        boolean last = ended.endsTheCall();
        SliceEnd end = !last ? SliceEnd.PREEMPTED : ended.result() < 0 ? SliceEnd.FAILED : SliceEnd.FINISHED;
        String caller = host.plan().domainOf(cpu.current).name();
        host.observer().slice(cpu.cpu, caller, operation().name(), ended.start(), host.now(), ended.stopPage(), end);
        if (ended.isStaged()) {
            host.tellHypervisor(new StageEnded(cpu.cpu, ended.working(), ended.stopPage(), last));
        }
        if (!last) {
            CallRequest rest = ended.remaining(cadence());
            long pages = ended.done() + ended.stopPage();
            host.tellDomainOf(cpu.current, new Continuation(cpu.current, rest, pages, length));
            exit();
        } else if (ended.isStaged()) {
            ended.stageDone();
            cpu.phase = Phase.ADMITTING;
        } else {
            returnFromCall(ended.result(), ended.stopPage(), length);
        }
    }

    private void returnFromCall(int result, long pages, long length) {
        host.tellDomainOf(cpu.current, new HypercallReturned(cpu.current, result, pages, length));
        exit();
    }

    private void exit() {
        Slice left = inCall();
        hold(left.enteredAt(), host.now(), What.CALL, left.targetDomid(), NOBODY);
        long trip = roundTrip(left.call());
        slice = null;
        cpu.work = Work.ASK;
        cpu.phase = Phase.EXIT;
        cpu.endPhaseAt(host.now() + trip - trip / 2);
    }

    /** The guest touched a page that its access forbids; if it is still there, Xen's handler wants the p2m lock. */
    void fault(EptViolation violation) {
        if (cpu.phase == Phase.GUEST && cpu.current == violation.vcpu() && host.now() >= cpu.resumesAt) {
            returnPath.leaveGuest();
            faultGfn = violation.gfn();
            cpu.phase = Phase.FAULT_LOCKING;
            spinSince = host.now();
            spinsFor = NOBODY;
            cpu.enter(Mode.SPIN, host.now());
            host.tellDomainOf(cpu.current, new LockForFault(cpu.cpu));
        }
    }

    void handleFault() {
        endSpin(Mode.XEN, host.now());
        cpu.phase = Phase.FAULT;
        long end = host.now() + host.costs().eptViolation();
        cpu.watchdog.servesFrom(end);
        cpu.endPhaseAt(end);
    }

    void endFault() {
        host.tellDomainOf(cpu.current, new FaultHandled(cpu.cpu, faultGfn));
        returnPath.returnToGuest();
    }

    /** What the pCPU is stuck in. */
    Panic panic() {
        Stuck stuck = switch (cpu.phase) {
            case ENTRY, ADMITTING, SLICE, EXIT -> Stuck.CALL;
            case LOCKING -> Stuck.CALL_WAITS;
            case WAITING -> waitsFor == Wait.PAUSE ? Stuck.CALL_PAUSES : Stuck.STOPS_OTHERS;
            case FAULT -> Stuck.FAULT;
            case FAULT_LOCKING -> Stuck.FAULT_WAITS;
            default -> Stuck.SOFTIRQS;
        };
        int operation = slice == null ? 0 : slice.call().operation();
        int lock = slice == null ? 0 : slice.call().request().domid();
        if (stuck == Stuck.FAULT || stuck == Stuck.FAULT_WAITS) {
            lock = host.plan().domainOf(cpu.current).domid();
        }
        return new Panic(cpu.cpu, stuck, cpu.current, operation, lock, cpu.watchdog.tiedSince());
    }

    /** The run, or the host, is over at {@code end}: says what is still under way. */
    void finish(long end) {
        if (slice != null && cpu.phase == Phase.SLICE) {
            int caller = slice.call().vcpu();
            longestSlice = Math.max(longestSlice, end - slice.start());
            host.tellDomainOf(caller, new SliceOpen(caller, slice.pagesAt(end), end - slice.start()));
        } else if (slice != null && slice.isStaged() && cpu.phase != Phase.RETRYING) {
            longestSlice = Math.max(longestSlice, end - slice.enteredAt());
        }
        switch (cpu.phase) {
            case LOCKING, WAITING, FAULT_LOCKING -> endSpin(Mode.SPIN, end);
            case RETRYING -> hold(spinSince, end, What.DOMCTL, NOBODY, spinsFor);
            default -> {}
        }
        if (slice != null && cpu.phase != Phase.RETRYING) {
            hold(slice.enteredAt(), end, What.CALL, slice.targetDomid(), NOBODY);
        }
    }

    long longestSlice() {
        return longestSlice;
    }

    private void makeTimersReal() {
        if (!cpu.timers.isSet(Kind.TICK) || !cpu.timers.isSet(Kind.SLICE)) {
            host.tellPool(cpu.pool, new TimersReal(cpu.cpu));
        }
    }

    private void endSpin(Mode next, long at) {
        if (at > spinSince) {
            host.tellPool(cpu.pool, new Spun(cpu.current, cpu.cpu, spinSince, at));
        }
        if (cpu.phase == Phase.FAULT_LOCKING) {
            int own = host.plan().domainOf(cpu.current).domid();
            cpu.hold(spinSince, at, What.FAULT_P2M_LOCK, cpu.current, NOBODY, own, spinsFor);
        } else {
            What what = cpu.phase == Phase.LOCKING ? What.P2M_LOCK : waitingIn(waitsFor);
            hold(spinSince, at, what, inCall().call().request().domid(), spinsFor);
        }
        if (next != Mode.SPIN) {
            cpu.enter(next, at);
        }
    }

    private static What waitingIn(Wait wait) {
        return switch (wait) {
            case PAUSE -> What.PAUSE;
            case STOP_MACHINE -> What.STOP_MACHINE;
            case QUIESCENCE -> What.QUIESCENCE;
        };
    }

    private void hold(long start, long end, What what, int domid, int forCpu) {
        Hypercall call = inCall().call();
        cpu.hold(start, end, what, call.vcpu(), call.operation(), domid, forCpu);
    }

    private long roundTrip(Hypercall call) {
        boolean hvm = host.plan().domainOf(call.vcpu()).isHvm();
        return hvm ? host.costs().hypercallHvm() : host.costs().hypercallPv();
    }

    private Operation operation() {
        return host.catalogue().at(inCall().call().operation());
    }

    private Cadence cadence() {
        return host.plan().cadence(host.catalogue().at(inCall().working()));
    }

    private Slice inCall() {
        if (slice == null) {
            throw new IllegalStateException("pCPU " + cpu.cpu + " is in no hypercall while " + cpu.phase);
        }
        return slice;
    }

    /** A slice goes on by the rules under which it began, but at the new costs. */
    void changeTo(PlanChange change) {
        Slice under = slice;
        if (under == null || !under.hasBegun()) {
            return;
        }
        Operation working = host.catalogue().at(under.working());
        if (change.beginsToTest(working)) {
            under.goesOnUncut();
        }
        if (change.changesCosts()) {
            Costs costs = change.to().costs();
            CallRequest request = under.call().request();
            long within = under.within(host.catalogue().unit(working, request, host.costs()));
            long unit = host.catalogue().unit(working, request, within, costs);
            if (under.changeCosts(unit, costs, host.now()) && cpu.phase == Phase.SLICE) {
                endSliceInTime();
            }
        }
    }

    void fields(Fields f) {
        slice = Slice.visit(
                f,
                slice,
                host.costs(),
                operation -> host.plan().flushesAtEnd(host.catalogue().at(operation)));
        spinSince = f.at("spin-since", spinSince);
        spinsFor = f.at("spins-for", spinsFor);
        waitsFor = Wait.values()[f.at("waits-for", waitsFor.ordinal())];
        faultGfn = f.at("fault-gfn", faultGfn);
        longestSlice = f.at("longest-slice", longestSlice);
        if (!host.plan().has(Mechanism.M15)) {
            stuck = f.at("flush-stuck", stuck);
        }
    }
}
