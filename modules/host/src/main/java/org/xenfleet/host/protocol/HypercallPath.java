package org.xenfleet.host.protocol;

import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.StateWriter;
import org.xenfleet.xen.operation.CallRequest;
import org.xenfleet.xen.p2m.RangeWork;

/**
 * The way of a hypercall, cut off and whole.
 *
 * <pre>
 *   Domain(caller) --Hypercall-->        PhysicalCpu      the vCPU's next instruction is the call
 *   PhysicalCpu    --HypercallEntered--> Hypervisor       trapped, arguments copied: checks, privilege
 *   Hypervisor     --Admit-->            Domain(target)   checks on its p2m, then its p2m lock, if the call wants it
 *   Hypervisor, Domain(target) --CallAnswered--> PhysicalCpu   an errno, or done at once
 *   Domain(target) --P2mBusy-->          PhysicalCpu      somebody holds the lock: spin
 *   Domain(target) --SliceBegins-->      PhysicalCpu      go
 *   Domain(target) --FlushMaskChanged--> PhysicalCpu      a flush costs something else from now on
 *   PhysicalCpu    --SliceEnded-->       Domain(target)   so many iterations are done; the lock is free
 *   Domain(target) --PagesMoved-->       Hypervisor       as many pages of memory were given back, or taken
 *   PhysicalCpu    --Continuation-->     Domain(caller)   the test was true: the next instruction is the same call again
 *   PhysicalCpu    --HypercallReturned--> Domain(caller)  after the last entry, or the error
 *   PhysicalCpu: return path: pending softirqs are served, the CpuPool may choose another vCPU
 *   CpuPool        --WatchFlushMask / FlushMask-- Domain(target)  how many pCPUs hold the target's state
 *
 *   of calls with stages, see {@link org.xenfleet.xen.operation.Stage}:
 *   Hypervisor     --DomctlBusy-->       PhysicalCpu      somebody else is in a domctl: try again and again
 *   Hypervisor     --DomctlFree-->       PhysicalCpu      the next try gets on
 *   PhysicalCpu    --RetryEnds-->        Hypervisor       the vCPU does something else now
 *   PhysicalCpu    --Retried-->          Domain(caller)   it tried so often; each was a continuation
 *   Hypervisor, CpuPool --CallWaits-->   PhysicalCpu      spin: vCPUs have to leave their pCPUs, pCPUs have to arrive
 *   PhysicalCpu    --StageEnded-->       Hypervisor       the work of a stage is done, or cut off
 *   Hypervisor     --CallParked-->       PhysicalCpu      the rest happens elsewhere; the vCPU is paused meanwhile
 *   Hypervisor     --HypercallReturned--> Domain(caller)  of a call that was parked
 * </pre>
 *
 * The target of a call that works on its caller is the caller's own Domain.
 */
public sealed interface HypercallPath extends Message {

    record Hypercall(int vcpu, int operation, CallRequest request) implements HypercallPath {
        @Override
        public int kind() {
            return 30;
        }

        @Override
        public void write(StateWriter out) {
            out.put("vcpu", vcpu);
            out.put("operation", operation);
            Requests.write(request, out);
        }
    }

    record HypercallEntered(int cpu, int vcpu, int callerDomid, int operation, CallRequest request)
            implements HypercallPath {
        @Override
        public int kind() {
            return 31;
        }

        @Override
        public void write(StateWriter out) {
            out.put("cpu", cpu);
            out.put("vcpu", vcpu);
            out.put("caller", callerDomid);
            out.put("operation", operation);
            Requests.write(request, out);
        }
    }

    /**
     * @param limit iterations that the slice can do at most: all that are left, unless memory is short
     * @param within how often each does what the operation's cost is for
     */
    record Admit(int cpu, int operation, CallRequest request, long limit, long within) implements HypercallPath {
        /** Each iteration does once what the operation's cost is for. */
        public Admit(int cpu, int operation, CallRequest request, long limit) {
            this(cpu, operation, request, limit, 1);
        }

        @Override
        public int kind() {
            return 32;
        }

        @Override
        public void write(StateWriter out) {
            out.put("cpu", cpu);
            out.put("operation", operation);
            Requests.write(request, out);
            out.put("limit", limit);
            if (within != 1) {
                out.put("within", within);
            }
        }
    }

    record CallAnswered(int result) implements HypercallPath {
        @Override
        public int kind() {
            return 33;
        }

        @Override
        public void write(StateWriter out) {
            out.put("result", result);
        }
    }

    record P2mBusy(int holderCpu) implements HypercallPath {
        @Override
        public int kind() {
            return 34;
        }

        @Override
        public void write(StateWriter out) {
            out.put("holder", holderCpu);
        }
    }

    /**
     * @param operation whose iterations these are: the call's own, or a stage of it
     * @param work of the slice, unless it is cut off
     * @param result what the call returns if it is not
     * @param claim iterations it was admitted for; where they move memory, as many pages are set aside
     */
    record SliceBegins(int targetDomid, int operation, RangeWork work, int result, int dirtyCpus, long claim)
            implements HypercallPath {
        @Override
        public int kind() {
            return 35;
        }

        @Override
        public void write(StateWriter out) {
            out.put("target", targetDomid);
            out.put("operation", operation);
            out.put("first", work.first());
            out.put("pages", work.pages());
            out.put("segments", work.segments().size());
            out.put("unit", work.unit());
            out.put("result", result);
            out.put("dirty-cpus", dirtyCpus);
            out.put("claim", claim);
        }
    }

    record FlushMaskChanged(int dirtyCpus) implements HypercallPath {
        @Override
        public int kind() {
            return 36;
        }

        @Override
        public void write(StateWriter out) {
            out.put("dirty-cpus", dirtyCpus);
        }
    }

    /** @param claim as {@link SliceBegins} had it */
    record SliceEnded(int cpu, int operation, long pages, long claim) implements HypercallPath {
        @Override
        public int kind() {
            return 37;
        }

        @Override
        public void write(StateWriter out) {
            out.put("cpu", cpu);
            out.put("operation", operation);
            out.put("pages", pages);
            out.put("claim", claim);
        }
    }

    /** @param pages done in the slice; {@code sliceNs}: how long it was */
    record Continuation(int vcpu, CallRequest request, long pages, long sliceNs) implements HypercallPath {
        @Override
        public int kind() {
            return 38;
        }

        @Override
        public void write(StateWriter out) {
            out.put("vcpu", vcpu);
            Requests.write(request, out);
            out.put("pages", pages);
            out.put("slice", sliceNs);
        }
    }

    record HypercallReturned(int vcpu, int result, long pages, long sliceNs) implements HypercallPath {
        @Override
        public int kind() {
            return 39;
        }

        @Override
        public void write(StateWriter out) {
            out.put("vcpu", vcpu);
            out.put("result", result);
            out.put("pages", pages);
            out.put("slice", sliceNs);
        }
    }

    /** At the end of the run a slice was under way. */
    record SliceOpen(int vcpu, long pages, long sliceNs) implements HypercallPath {
        @Override
        public int kind() {
            return 40;
        }

        @Override
        public void write(StateWriter out) {
            out.put("vcpu", vcpu);
            out.put("pages", pages);
            out.put("slice", sliceNs);
        }
    }

    /** From now on {@link FlushMask} tells of every change of the domain's dirty mask; the first comes at once. */
    record WatchFlushMask(int domid) implements HypercallPath {
        @Override
        public int kind() {
            return 41;
        }

        @Override
        public void write(StateWriter out) {
            out.put("domid", domid);
        }
    }

    record FlushMask(int dirtyCpus) implements HypercallPath {
        @Override
        public int kind() {
            return 42;
        }

        @Override
        public void write(StateWriter out) {
            out.put("dirty-cpus", dirtyCpus);
        }
    }

    /** Of {@code claim} iterations that a slice had for its domain, {@code pages} were done, which moved as many pages or changed what it has. */
    record PagesMoved(int domid, int operation, long claim, long pages) implements HypercallPath {
        @Override
        public int kind() {
            return 43;
        }

        @Override
        public void write(StateWriter out) {
            out.put("domid", domid);
            out.put("operation", operation);
            out.put("claim", claim);
            out.put("pages", pages);
        }
    }

    record DomctlBusy(int holderCpu) implements HypercallPath {
        @Override
        public int kind() {
            return 44;
        }

        @Override
        public void write(StateWriter out) {
            out.put("holder", holderCpu);
        }
    }

    record DomctlFree() implements HypercallPath {
        @Override
        public int kind() {
            return 45;
        }

        @Override
        public void write(StateWriter out) {}
    }

    record RetryEnds(int cpu) implements HypercallPath {
        @Override
        public int kind() {
            return 46;
        }

        @Override
        public void write(StateWriter out) {
            out.put("cpu", cpu);
        }
    }

    /** @param rewound whether the next instruction is the call again; else it is in Xen still */
    record Retried(int vcpu, long times, boolean rewound) implements HypercallPath {
        @Override
        public int kind() {
            return 47;
        }

        @Override
        public void write(StateWriter out) {
            out.put("vcpu", vcpu);
            out.put("times", times);
            out.put("rewound", rewound);
        }
    }

    /** What a call spins for. */
    enum Wait {
        /** Until vCPUs have left their pCPUs. */
        PAUSE,
        /** Until all other pCPUs have stopped. */
        STOP_MACHINE,
        /** Until every pCPU has passed a quiescent state. */
        QUIESCENCE
    }

    /** @param forCpu a pCPU that keeps it waiting */
    record CallWaits(Wait what, int forCpu) implements HypercallPath {
        @Override
        public int kind() {
            return 48;
        }

        @Override
        public void write(StateWriter out) {
            out.put("wait", what.ordinal());
            out.put("for", forCpu);
        }
    }

    /** @param last whether the work came to its end */
    record StageEnded(int cpu, int operation, long pages, boolean last) implements HypercallPath {
        @Override
        public int kind() {
            return 49;
        }

        @Override
        public void write(StateWriter out) {
            out.put("cpu", cpu);
            out.put("operation", operation);
            out.put("pages", pages);
            out.put("last", last);
        }
    }

    record CallParked() implements HypercallPath {
        @Override
        public int kind() {
            return 62;
        }

        @Override
        public void write(StateWriter out) {}
    }

    /** A flush waits for a pCPU that does not answer; only where pCPUs answer in their softirqs. */
    record FlushStuck() implements HypercallPath {
        @Override
        public int kind() {
            return 63;
        }

        @Override
        public void write(StateWriter out) {}
    }
}
