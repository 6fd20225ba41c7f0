package org.xenfleet.host;

import java.util.ArrayList;
import java.util.List;
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
import org.xenfleet.host.protocol.HypercallPath.P2mBusy;
import org.xenfleet.host.protocol.HypercallPath.P2mLocked;
import org.xenfleet.host.protocol.HypercallPath.SliceEnded;
import org.xenfleet.host.protocol.HypercallPath.WatchFlushMask;
import org.xenfleet.timeline.Timeline;
import org.xenfleet.xen.Access;
import org.xenfleet.xen.Errno;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.operation.Admission;
import org.xenfleet.xen.operation.RangeRequest;

/**
 * The p2m side of a domain: calls of others that walk over its p2m, faults of its own vCPUs, and the lock between them.
 * Used by one thread.
 */
final class P2mService {
    private static final int UNKNOWN = -1;

    private final HostContext host;
    private final DomainPlan plan;
    private final int firstVcpu;
    private final GuestMemory memory;
    private final List<TouchPlan> touches = new ArrayList<>();
    private int dirtyCpus = UNKNOWN;

    P2mService(HostContext host, DomainPlan plan) {
        this.host = host;
        this.plan = plan;
        this.firstVcpu = plan.vcpus().get(0).number();
        this.memory = new GuestMemory(plan, host.plan().topology().cpus(), host.costs());
        plan.workingSet().ifPresent(set -> plan.vcpus().forEach(v -> touches.add(new TouchPlan(set))));
    }

    /** A call wants to work on this p2m: the checks that look into it, then its lock. */
    void admit(Admit call) {
        var operation = host.catalogue().at(call.operation());
        switch (Admission.atTarget(operation, call.request(), memory.p2m())) {
            case INVALID -> host.tellCpu(call.cpu(), new CallAnswered(Errno.EINVAL));
            case DONE -> host.tellCpu(call.cpu(), new CallAnswered(0));
            case WALK -> lockFor(call.cpu(), call.request());
        }
    }

    private void lockFor(int cpu, RangeRequest request) {
        if (!memory.lock().acquire(cpu)) {
            memory.queue(cpu, request);
            host.tellCpu(cpu, new P2mBusy(memory.lock().holder()));
        } else if (dirtyCpus == UNKNOWN) {
            memory.queue(cpu, request);
            host.tellPool(plan.pool(), new WatchFlushMask(plan.domid()));
        } else {
            beginWalk(cpu, request);
        }
    }

    private void beginWalk(int cpu, RangeRequest request) {
        var work = memory.beginWalk(cpu, request, dirtyCpus, host.now());
        host.tellCpu(cpu, new P2mLocked(plan.domid(), work, dirtyCpus));
        planTouches();
    }

    void sliceEnded(SliceEnded slice) {
        memory.endWalk(slice.pages());
        unlock(slice.cpu());
        planTouches();
    }

    private void unlock(int cpu) {
        int next = memory.lock().release(cpu);
        if (next >= 0) {
            RangeRequest queued = memory.takeQueued(next);
            if (queued == null) {
                host.tellCpu(next, new FaultLocked());
            } else {
                beginWalk(next, queued);
            }
        }
    }

    /** So many pCPUs hold the domain's state now; the first answer lets the call begin that asked. */
    void flushMask(int dirty) {
        boolean first = dirtyCpus == UNKNOWN;
        dirtyCpus = dirty;
        if (first) {
            int holder = memory.lock().holder();
            RangeRequest queued = memory.takeQueued(holder);
            if (queued != null) {
                beginWalk(holder, queued);
            }
        } else if (memory.isWalked()) {
            memory.flushMaskChanged(dirty, host.now());
            host.tellCpu(memory.walker(), new FlushMaskChanged(dirty));
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
        if (touch.isInGuest() && memory.faultsAt(gfn, host.now())) {
            host.tellCpu(touch.cpu(), new EptViolation(vcpu, gfn));
        } else {
            planTouch(vcpu);
        }
    }

    void lockForFault(int cpu) {
        if (memory.lock().acquire(cpu)) {
            host.tellCpu(cpu, new FaultLocked());
        } else {
            host.tellCpu(cpu, new P2mBusy(memory.lock().holder()));
        }
    }

    /** Nobody listens to the guest's faults: Xen makes the page rwx and goes on (xen-semantics section 1.9). */
    void faultHandled(FaultHandled fault) {
        memory.p2m().rewrite(fault.gfn(), 1, Access.RWX);
        unlock(fault.cpu());
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
            long at = touch.nextFault(memory, host.now());
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

    private TouchPlan touchesOf(int vcpu) {
        return touches.get(vcpu - firstVcpu);
    }

    void fields(Fields f) {
        for (TouchPlan touch : touches) {
            touch.fields(f, host.island());
        }
        memory.fields(f);
        dirtyCpus = f.at("dirty-cpus", dirtyCpus);
    }
}
