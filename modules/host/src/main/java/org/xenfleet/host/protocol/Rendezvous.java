package org.xenfleet.host.protocol;

import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.StateWriter;

/**
 * What pCPUs do for all of Xen: tasklets, stopping together, passing a quiescent state, timers of others.
 *
 * <pre>
 *   Hypervisor  --ScheduleTasklet--> PhysicalCpu     work for its idle vCPU
 *   PhysicalCpu --TaskletRuns-->     Hypervisor      the idle vCPU runs it now
 *   Hypervisor  --TaskletBusy-->     PhysicalCpu     it takes until then
 *   PhysicalCpu --TaskletEnded-->    Hypervisor
 *   Hypervisor  --Freeze, Thaw-->    PhysicalCpu     spin in the tasklet until told to go on
 *   Hypervisor  --CpuOff-->          PhysicalCpu     go out of use, in the tasklet
 *   PhysicalCpu --AdoptTimer-->      PhysicalCpu 0   a timer of one that went out of use
 *   PhysicalCpu, Domain 0 --AdoptTimer--> PhysicalCpu   the timer of a vCPU lives there from now on; -1 takes it back
 *
 *   Hypervisor  --WantQuiescence-->  PhysicalCpu     serve softirqs, and say so
 *   PhysicalCpu --Quiescent-->       Hypervisor
 *
 *   Hypervisor  --SetDomainWatchdog--> PhysicalCpu 0
 *   PhysicalCpu --DomainWatchdogExpired--> Hypervisor
 * </pre>
 *
 * A tasklet goes by its number: that of the vCPU whose call it goes on with, or one of the constants here.
 */
public sealed interface Rendezvous extends Message {
    /** Stops for stop_machine. */
    int STOP = -1;

    /** Waits for the others in the calibration of time; only where they answer in their softirqs. */
    int CALIBRATE = -2;

    record ScheduleTasklet(int task) implements Rendezvous {
        @Override
        public int kind() {
            return 100;
        }

        @Override
        public void write(StateWriter out) {
            out.put("task", task);
        }
    }

    record TaskletRuns(int cpu, int task) implements Rendezvous {
        @Override
        public int kind() {
            return 101;
        }

        @Override
        public void write(StateWriter out) {
            out.put("cpu", cpu);
            out.put("task", task);
        }
    }

    record TaskletBusy(long until) implements Rendezvous {
        @Override
        public int kind() {
            return 102;
        }

        @Override
        public void write(StateWriter out) {
            out.put("until", until);
        }
    }

    record TaskletEnded(int cpu, int task) implements Rendezvous {
        @Override
        public int kind() {
            return 103;
        }

        @Override
        public void write(StateWriter out) {
            out.put("cpu", cpu);
            out.put("task", task);
        }
    }

    /** @param forCpu a pCPU that keeps it waiting */
    record Freeze(int forCpu) implements Rendezvous {
        @Override
        public int kind() {
            return 104;
        }

        @Override
        public void write(StateWriter out) {
            out.put("for-cpu", forCpu);
        }
    }

    /** @param lastCpu the one that all waited for */
    record Thaw(long at, int lastCpu) implements Rendezvous {
        @Override
        public int kind() {
            return 105;
        }

        @Override
        public void write(StateWriter out) {
            out.put("at", at);
            out.put("last-cpu", lastCpu);
        }
    }

    record CpuOff() implements Rendezvous {
        @Override
        public int kind() {
            return 106;
        }

        @Override
        public void write(StateWriter out) {}
    }

    record AdoptTimer(int timerKind, int id, long deadline) implements Rendezvous {
        @Override
        public int kind() {
            return 107;
        }

        @Override
        public void write(StateWriter out) {
            out.put("timer-kind", timerKind);
            out.put("id", id);
            out.put("deadline", deadline);
        }
    }

    record WantQuiescence() implements Rendezvous {
        @Override
        public int kind() {
            return 108;
        }

        @Override
        public void write(StateWriter out) {}
    }

    record Quiescent(int cpu) implements Rendezvous {
        @Override
        public int kind() {
            return 109;
        }

        @Override
        public void write(StateWriter out) {
            out.put("cpu", cpu);
        }
    }

    /** @param id twice the domid, plus the number of the timer */
    record SetDomainWatchdog(int id, long deadline) implements Rendezvous {
        @Override
        public int kind() {
            return 110;
        }

        @Override
        public void write(StateWriter out) {
            out.put("id", id);
            out.put("deadline", deadline);
        }
    }

    record DomainWatchdogExpired(int id) implements Rendezvous {
        @Override
        public int kind() {
            return 111;
        }

        @Override
        public void write(StateWriter out) {
            out.put("id", id);
        }
    }
}
