package org.xenfleet.host.protocol;

import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.StateWriter;

/**
 * What a vCPU does in its guest. A Domain hands an activity over once; it travels with the vCPU, and the Domain hears
 * only when it ends. The first one after a wake-up comes with {@link Scheduling.Wake} if the Domain knows it by then.
 *
 * <pre>
 *   PhysicalCpu --VcpuRuns-->      Domain        at a first instruction, when the vCPU has to ask
 *   PhysicalCpu --ActivityEnded--> Domain
 *   Domain --NextActivity, Block, Yield, (Hypercall)--> PhysicalCpu      the answer to either, at once
 *   PhysicalCpu --VcpuTimerExpired--> Domain     its one-shot timer, homed on that pCPU, fired there
 *
 *   of domains with a working set only:
 *   PhysicalCpu --EnteredGuest, LeftGuest--> Domain
 *   Domain --EptViolation-->       PhysicalCpu   the vCPU touched a page that its access forbids
 *   PhysicalCpu --LockForFault-->  Domain        Xen's handler wants the p2m lock, and spins for it
 *   Domain --(P2mBusy,) FaultLocked--> PhysicalCpu
 *   PhysicalCpu --FaultHandled-->  Domain        the page is rwx again, the lock free
 * </pre>
 */
public sealed interface GuestExecution extends Message {

    record VcpuRuns(int vcpu, int cpu) implements GuestExecution {
        @Override
        public int kind() {
            return 50;
        }

        @Override
        public void write(StateWriter out) {
            out.put("vcpu", vcpu);
            out.put("cpu", cpu);
        }
    }

    record ActivityEnded(int vcpu, int cpu) implements GuestExecution {
        @Override
        public int kind() {
            return 51;
        }

        @Override
        public void write(StateWriter out) {
            out.put("vcpu", vcpu);
            out.put("cpu", cpu);
        }
    }

    record NextActivity(long work) implements GuestExecution {
        @Override
        public int kind() {
            return 52;
        }

        @Override
        public void write(StateWriter out) {
            out.put("work", work);
        }
    }

    /**
     * @param timerAt when to wake by the vCPU's timer, or -1
     * @param home the pCPU on which that timer lives; -1 for the one that the vCPU runs on
     */
    record Block(long timerAt, int home) implements GuestExecution {
        @Override
        public int kind() {
            return 53;
        }

        @Override
        public void write(StateWriter out) {
            out.put("timer-at", timerAt);
            out.put("home", home);
        }
    }

    record Yield() implements GuestExecution {
        @Override
        public int kind() {
            return 61;
        }

        @Override
        public void write(StateWriter out) {}
    }

    record VcpuTimerExpired(int vcpu, int cpu, long deadline) implements GuestExecution {
        @Override
        public int kind() {
            return 54;
        }

        @Override
        public void write(StateWriter out) {
            out.put("vcpu", vcpu);
            out.put("cpu", cpu);
            out.put("deadline", deadline);
        }
    }

    record EnteredGuest(int vcpu, int cpu, long at) implements GuestExecution {
        @Override
        public int kind() {
            return 55;
        }

        @Override
        public void write(StateWriter out) {
            out.put("vcpu", vcpu);
            out.put("cpu", cpu);
            out.put("at", at);
        }
    }

    record LeftGuest(int vcpu, long executed) implements GuestExecution {
        @Override
        public int kind() {
            return 56;
        }

        @Override
        public void write(StateWriter out) {
            out.put("vcpu", vcpu);
            out.put("executed", executed);
        }
    }

    record EptViolation(int vcpu, long gfn) implements GuestExecution {
        @Override
        public int kind() {
            return 57;
        }

        @Override
        public void write(StateWriter out) {
            out.put("vcpu", vcpu);
            out.put("gfn", gfn);
        }
    }

    record LockForFault(int cpu) implements GuestExecution {
        @Override
        public int kind() {
            return 58;
        }

        @Override
        public void write(StateWriter out) {
            out.put("cpu", cpu);
        }
    }

    record FaultLocked() implements GuestExecution {
        @Override
        public int kind() {
            return 59;
        }

        @Override
        public void write(StateWriter out) {}
    }

    record FaultHandled(int cpu, long gfn) implements GuestExecution {
        @Override
        public int kind() {
            return 60;
        }

        @Override
        public void write(StateWriter out) {
            out.put("cpu", cpu);
            out.put("gfn", gfn);
        }
    }
}
