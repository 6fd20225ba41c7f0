package org.xenfleet.host;

import org.jspecify.annotations.Nullable;
import org.xenfleet.host.CpuState.Phase;
import org.xenfleet.host.CpuTimes.Mode;
import org.xenfleet.host.protocol.GuestExecution.EptViolation;
import org.xenfleet.host.protocol.GuestExecution.FaultHandled;
import org.xenfleet.host.protocol.GuestExecution.LockForFault;
import org.xenfleet.host.protocol.HostControl.Panic;
import org.xenfleet.host.protocol.HostControl.Stuck;
import org.xenfleet.host.protocol.HypercallPath.Continuation;
import org.xenfleet.host.protocol.HypercallPath.Hypercall;
import org.xenfleet.host.protocol.HypercallPath.HypercallEntered;
import org.xenfleet.host.protocol.HypercallPath.HypercallReturned;
import org.xenfleet.host.protocol.HypercallPath.SliceBegins;
import org.xenfleet.host.protocol.HypercallPath.SliceEnded;
import org.xenfleet.host.protocol.HypercallPath.SliceOpen;
import org.xenfleet.host.protocol.Scheduling.Spun;
import org.xenfleet.host.protocol.Scheduling.TimersReal;
import org.xenfleet.host.protocol.Work;
import org.xenfleet.observe.HostObserver.SliceEnd;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.Preemption;
import org.xenfleet.xen.XenTimers.Kind;
import org.xenfleet.xen.operation.CallRequest;
import org.xenfleet.xen.operation.Operation;
import org.xenfleet.xen.operation.Operation.Cadence;

/**
 * What a pCPU does inside Xen on behalf of its vCPU: hypercalls, slice by slice, and nested page faults. Softirqs that
 * become pending here wait; an operation that tests for them stops at its next test. Used by one thread.
 *
 * <p>Source: xen-semantics sections 1.5 and 2.2.
 */
final class CallPath {
    private final CpuState cpu;
    private final HostContext host;
    private final ReturnPath returnPath;

    private @Nullable Slice slice;
    private long spinSince;
    private long faultGfn;
    private long longestSlice;

    CallPath(CpuState cpu, ReturnPath returnPath) {
        this.cpu = cpu;
        this.host = cpu.host;
        this.returnPath = returnPath;
    }

    void trap(Hypercall call) {
        slice = new Slice(call, host.costs());
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
        host.tellHypervisor(new HypercallEntered(cpu.cpu, caller, call.operation(), call.request()));
    }

    /** The call is answered without a slice. */
    void answered(int result) {
        returnFromCall(result, 0, 0);
    }

    /** A call or a fault spins for the lock of a p2m; it sees every timer of its pCPU become due. */
    void spin() {
        if (cpu.phase == Phase.ADMITTING) {
            cpu.phase = Phase.LOCKING;
        } else {
            cpu.watchdog.tied();
        }
        spinSince = host.now();
        cpu.enter(Mode.SPIN, host.now());
        cpu.timerWaits();
        makeTimersReal();
    }

    void beginSlice(SliceBegins granted) {
        if (cpu.phase == Phase.LOCKING) {
            endSpin(Mode.HYPERCALL);
        }
        cpu.phase = Phase.SLICE;
        Slice begun = inCall();
        begun.begin(granted, host.now());
        if (Preemption.check(cpu.pending, false)) {
            begun.pending(host.now(), cadence());
        }
        cpu.endPhaseAt(begun.endTime());
    }

    /** A softirq has become pending during the slice. */
    void pendingInSlice() {
        inCall().pending(host.now(), cadence());
        cpu.endPhaseAt(inCall().endTime());
    }

    void flushMaskChanged(int dirtyCpus) {
        if (cpu.phase == Phase.SLICE) {
            inCall().flushMaskChanged(dirtyCpus, host.now());
            cpu.endPhaseAt(inCall().endTime());
        }
    }

    void endSlice() {
        Slice ended = inCall();
        long length = host.now() - ended.start();
        longestSlice = Math.max(longestSlice, length);
        int called = ended.call().operation();
        host.tellDomain(ended.targetDomid(), new SliceEnded(cpu.cpu, called, ended.stopPage(), ended.claim()));
        boolean last = ended.endsTheCall();
        SliceEnd end = !last ? SliceEnd.PREEMPTED : ended.result() < 0 ? SliceEnd.FAILED : SliceEnd.FINISHED;
        String caller = host.plan().domainOf(cpu.current).name();
        host.observer().slice(cpu.cpu, caller, operation().name(), ended.start(), host.now(), ended.stopPage(), end);
        if (last) {
            returnFromCall(ended.result(), ended.stopPage(), length);
        } else {
            CallRequest rest = ended.remaining(cadence());
            host.tellDomainOf(cpu.current, new Continuation(cpu.current, rest, ended.stopPage(), length));
            exit();
        }
    }

    private void returnFromCall(int result, long pages, long length) {
        host.tellDomainOf(cpu.current, new HypercallReturned(cpu.current, result, pages, length));
        exit();
    }

    private void exit() {
        long trip = roundTrip(inCall().call());
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
            cpu.enter(Mode.SPIN, host.now());
            host.tellDomainOf(cpu.current, new LockForFault(cpu.cpu));
        }
    }

    void handleFault() {
        endSpin(Mode.XEN);
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
        }
        if (cpu.phase == Phase.LOCKING || cpu.phase == Phase.FAULT_LOCKING) {
            host.tellPool(cpu.pool, new Spun(cpu.current, spinSince, end));
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

    private void endSpin(Mode next) {
        if (host.now() > spinSince) {
            host.tellPool(cpu.pool, new Spun(cpu.current, spinSince, host.now()));
        }
        cpu.enter(next, host.now());
    }

    private long roundTrip(Hypercall call) {
        boolean hvm = host.plan().domainOf(call.vcpu()).isHvm();
        return hvm ? host.costs().hypercallHvm() : host.costs().hypercallPv();
    }

    private Operation operation() {
        return host.catalogue().at(inCall().call().operation());
    }

    private Cadence cadence() {
        return host.plan().cadence(operation());
    }

    private Slice inCall() {
        if (slice == null) {
            throw new IllegalStateException("pCPU " + cpu.cpu + " is in no hypercall while " + cpu.phase);
        }
        return slice;
    }

    void fields(Fields f) {
        slice = Slice.visit(
                f,
                slice,
                host.costs(),
                operation -> host.plan().flushesAtEnd(host.catalogue().at(operation)));
        spinSince = f.at("spin-since", spinSince);
        faultGfn = f.at("fault-gfn", faultGfn);
        longestSlice = f.at("longest-slice", longestSlice);
    }
}
