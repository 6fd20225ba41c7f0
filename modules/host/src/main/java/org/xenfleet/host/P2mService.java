package org.xenfleet.host;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.host.plan.VcpuPlan;
import org.xenfleet.host.protocol.GuestExecution.EnteredGuest;
import org.xenfleet.host.protocol.GuestExecution.EptViolation;
import org.xenfleet.host.protocol.GuestExecution.FaultHandled;
import org.xenfleet.host.protocol.GuestExecution.FaultLocked;
import org.xenfleet.host.protocol.GuestExecution.LeftGuest;
import org.xenfleet.host.protocol.HypercallPath.Admit;
import org.xenfleet.host.protocol.HypercallPath.CallAnswered;
import org.xenfleet.host.protocol.HypercallPath.FlushMaskChanged;
import org.xenfleet.host.protocol.HypercallPath.FlushStuck;
import org.xenfleet.host.protocol.HypercallPath.P2mBusy;
import org.xenfleet.host.protocol.HypercallPath.PagesMoved;
import org.xenfleet.host.protocol.HypercallPath.SliceBegins;
import org.xenfleet.host.protocol.HypercallPath.SliceEnded;
import org.xenfleet.host.protocol.HypercallPath.WatchFlushMask;
import org.xenfleet.scenario.WorkingSet;
import org.xenfleet.timeline.Timeline;
import org.xenfleet.xen.Errno;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.Mechanism;
import org.xenfleet.xen.operation.Admission;
import org.xenfleet.xen.operation.Operation;
import org.xenfleet.xen.operation.Operation.Cadence;
import org.xenfleet.xen.operation.Operation.Effect;
import org.xenfleet.xen.operation.Operation.Lock;
import org.xenfleet.xen.p2m.P2mLock;
import org.xenfleet.xen.p2m.P2mLock.Side;
import org.xenfleet.xen.p2m.P2mLockKind;
import org.xenfleet.xen.p2m.RangeWork;

/**
 * The side of a domain that calls work on: most walk over its p2m; with them its faults, and the lock between all of them.
 * Used by one thread.
 */
final class P2mService {
    private static final int UNKNOWN = -1;

    private final HostContext host;
    private final DomainPlan plan;
    private final int firstVcpu;
    /** Made when somebody asks for it first: most domains are never worked on. */
    private @Nullable GuestMemory memory;

    private List<TouchPlan> touches;
    private int dirtyCpus = UNKNOWN;
    /** When those who spin for the lock notice that it is free. */
    private Timeline.@Nullable Entry gap;

    P2mService(HostContext host, DomainPlan plan) {
        this.host = host;
        this.plan = plan;
        this.firstVcpu = plan.vcpus().get(0).number();
        this.touches = plan.workingSet()
                .map(set -> plan.vcpus().stream().map(v -> new TouchPlan(set)).toList())
                .orElse(List.of());
    }

    /** A call wants to work on this domain: the checks that look into its p2m, then the p2m's lock, if the call needs it. */
    void admit(Admit call) {
        Operation operation = host.catalogue().at(call.operation());
        switch (Admission.atTarget(operation, call.request(), memory().p2m())) {
            case INVALID -> host.tellCpu(call.cpu(), new CallAnswered(Errno.EINVAL));
            case DONE -> host.tellCpu(call.cpu(), new CallAnswered(0));
            case WALK -> {
                if (needsLock(operation)) {
                    lockFor(call);
                } else {
                    beginEven(call);
                }
            }
        }
    }

    private GuestMemory memory() {
        if (memory == null) {
            memory = new GuestMemory(plan, host.plan(), host.catalogue());
        }
        return memory;
    }

    private boolean needsLock(Operation operation) {
        return operation.lock() != Lock.NONE && plan.isTranslated();
    }

    /** Whether the lock is free between two pages of a walk, so that nobody waits for it for long. */
    private boolean isPerPage() {
        return host.plan().p2mLockKind() == P2mLockKind.PER_PAGE;
    }

    /** Whether an operation changes entries of the p2m one after the other, and so flushes. */
    private static boolean walks(Operation operation) {
        return switch (operation.effect()) {
            case SET_ACCESS, GIVE_BACK, TAKE, WRITE_PROTECT -> true;
            case RELINQUISH, NONE -> false;
        };
    }

    private void lockFor(Admit call) {
        Operation operation = host.catalogue().at(call.operation());
        Side side = operation.lock() == Lock.P2M_READ ? Side.READ : Side.WRITE;
        P2mLock lock = memory().lock();
        boolean passes = isPerPage() || !host.plan().has(Mechanism.M9);
        if (passes && operation.effect() != Effect.SET_ACCESS && lock.holder() >= 0) {
            beginEven(call);
        } else if (!lock.acquire(call.cpu(), side)) {
            memory().queue(call);
            host.tellCpu(call.cpu(), new P2mBusy(lock.holder()));
        } else {
            closeGap();
            beginLocked(call);
        }
    }

    private void beginLocked(Admit call) {
        Operation operation = host.catalogue().at(call.operation());
        if (!walks(operation)) {
            beginEven(call);
        } else if (dirtyCpus == UNKNOWN) {
            memory().queue(call);
            host.tellPool(plan.pool(), new WatchFlushMask(plan.domid()));
        } else {
            beginWalk(call);
        }
    }

    private void beginWalk(Admit call) {
        begin(call, memory().beginWalk(call, dirtyCpus, host.now()), dirtyCpus);
        planTouches();
    }

    /** All its iterations cost the same. */
    private void beginEven(Admit call) {
        Operation operation = host.catalogue().at(call.operation());
        long unit = host.catalogue().unit(operation, call.request(), call.within(), host.costs());
        begin(call, RangeWork.even(call.limit(), unit), 0);
    }

    private void begin(Admit call, RangeWork work, int dirty) {
        Operation operation = host.catalogue().at(call.operation());
        Cadence cadence = host.plan().cadence(operation);
        int result = operation.result(call.request(), work, cadence, host.plan().version(), memory().p2m());
        host.tellCpu(call.cpu(), new SliceBegins(plan.domid(), call.operation(), work, result, dirty, call.limit()));
    }

    void sliceEnded(SliceEnded slice) {
        Operation operation = host.catalogue().at(slice.operation());
        if (operation.movesMemory() || operation.extent().changesState()) {
            host.tellHypervisor(new PagesMoved(plan.domid(), slice.operation(), slice.claim(), slice.pages()));
        }
        if (!needsLock(operation)) {
            return;
        }
        if (memory().lock().isHeldBy(slice.cpu())) {
            if (walks(operation)) {
                memory().endWalk(slice.pages());
            }
            unlock(slice.cpu());
            planTouches();
        } else {
            memory().changeWithoutWalk(operation, slice.pages());
        }
    }

    private void unlock(int cpu) {
        P2mLock lock = memory().lock();
        lock.release(cpu);
        if (!lock.letsAnybodyIn()) {
            return;
        }
        if (lock.isFair()) {
            letIn();
        } else if (gap == null) {
            int address = host.plan().domainAddress(plan.domid());
            long noticed = host.now() + host.costs().p2mGapWin();
            gap = host.island().schedule(noticed, address, new Domain.LockGap(plan.domid()));
        }
    }

    /** Somebody has taken the lock before those who spin noticed that it was free. */
    private void closeGap() {
        if (gap != null && !memory().lock().letsAnybodyIn()) {
            host.island().cancel(gap);
            gap = null;
        }
    }

    /** The lock has been free for long enough that those who spin have noticed. */
    void gapNoticed() {
        gap = null;
        letIn();
    }

    private void letIn() {
        for (int cpu : memory().lock().admit()) {
            Admit queued = memory().takeQueued(cpu);
            if (queued == null) {
                host.tellCpu(cpu, new FaultLocked());
            } else {
                beginLocked(queued);
            }
        }
    }

    /** So many pCPUs hold the domain's state now; the first answer lets the call begin that asked. */
    void flushMask(int dirty) {
        boolean first = dirtyCpus == UNKNOWN;
        dirtyCpus = dirty;
        if (first) {
            int holder = memory().lock().holder();
            Admit queued = memory().takeQueued(holder);
            if (queued != null) {
                beginWalk(queued);
            }
        } else if (memory().isWalked()) {
            memory().flushMaskChanged(dirty, host.now());
            host.tellCpu(memory().walker(), new FlushMaskChanged(dirty));
            planTouches();
        }
    }

    void enteredGuest(EnteredGuest entered) {
        touchesOf(entered.vcpu()).enter(entered.cpu(), entered.at());
        planTouch(entered.vcpu());
    }

    void leftGuest(LeftGuest left) {
        TouchPlan touch = touchesOf(left.vcpu());
        touch.leave(left.executed());
        cancel(touch);
    }

    /** The touch for which a fault was foreseen has come. */
    void touchDue(int vcpu) {
        TouchPlan touch = touchesOf(vcpu);
        touch.setDue(null);
        long gfn = touch.pageAt(host.now());
        if (touch.isInGuest() && memory().faultsAt(gfn, host.now())) {
            host.tellCpu(touch.cpu(), new EptViolation(vcpu, gfn));
        } else {
            planTouch(vcpu);
        }
    }

    void lockForFault(int cpu) {
        P2mLock lock = memory().lock();
        if (host.plan().faultsPass()) {
            host.tellCpu(cpu, new FaultLocked());
        } else if (lock.acquire(cpu, Side.WRITE)) {
            closeGap();
            host.tellCpu(cpu, new FaultLocked());
        } else {
            host.tellCpu(cpu, new P2mBusy(lock.holder()));
            if (!host.plan().has(Mechanism.M15) && memory().isWalked()) {
                host.tellCpu(memory().walker(), new FlushStuck());
            }
        }
    }

    /** Nobody listens to the guest's faults: Xen makes the page rwx and goes on (xen-semantics section 1.9). */
    void faultHandled(FaultHandled fault) {
        memory().heal(fault.gfn(), host.now());
        if (!host.plan().faultsPass()) {
            unlock(fault.cpu());
        }
    }

    private void planTouches() {
        if (!touches.isEmpty()) {
            for (VcpuPlan vcpu : plan.vcpus()) {
                planTouch(vcpu.number());
            }
        }
    }

    private void planTouch(int vcpu) {
        TouchPlan touch = touchesOf(vcpu);
        cancel(touch);
        if (touch.isInGuest()) {
            long at = touch.nextFault(memory(), host.now());
            if (at >= 0) {
                int address = host.plan().domainAddress(plan.domid());
                touch.setDue(host.island().schedule(at, address, new Domain.TouchDue(vcpu)));
            }
        }
    }

    private void cancel(TouchPlan touch) {
        Timeline.Entry due = touch.due();
        if (due != null) {
            host.island().cancel(due);
            touch.setDue(null);
        }
    }

    /** Other costs, or another working set of the domain: where a vCPU is in it, it goes on. */
    void changeTo(PlanChange change) {
        Optional<WorkingSet> set = change.to().domains().get(plan.domid()).workingSet();
        boolean anotherSet = !plan.workingSet().equals(set);
        if (anotherSet) {
            touches.forEach(this::cancel);
            List<TouchPlan> old = touches;
            touches = set.map(s -> plan.vcpus().stream()
                            .map(v -> old.isEmpty() ? new TouchPlan(s) : new TouchPlan(s, old.get(v.index())))
                            .toList())
                    .orElse(List.of());
        }
        if (change.changesCosts() && memory != null) {
            memory.changeCosts(change.to().costs(), host.now());
        }
        if (anotherSet || change.changesCosts()) {
            planTouches();
        }
    }

    private TouchPlan touchesOf(int vcpu) {
        return touches.get(vcpu - firstVcpu);
    }

    void fields(Fields f) {
        for (TouchPlan touch : touches) {
            touch.fields(f, host.island());
        }
        if (f.at("worked-on", memory != null)) {
            memory().fields(f);
        }
        dirtyCpus = f.at("dirty-cpus", dirtyCpus);
        gap = HostActor.entry(f, "lock-gap", gap, host.island());
    }
}
