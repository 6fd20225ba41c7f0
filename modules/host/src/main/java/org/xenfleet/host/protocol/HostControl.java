package org.xenfleet.host.protocol;

import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.StateWriter;
import org.xenfleet.xen.Fields;

/**
 * What concerns the whole host.
 *
 * <pre>
 *   Host        --Boot-->            Toolstack     time 0: all domains are built
 *   Toolstack   --UnpauseDomain-->   Hypervisor    domctl, in the order of creation
 *   Hypervisor  --DomainUnpaused-->  Domain        for the first time; whoever asked for it
 *   PhysicalCpu 0 --CalibrationDue--> Hypervisor   once a second
 *   Hypervisor  --DomainStops-->     Domain, Domain 0   it is shut down or destroyed: nothing comes from outside any more
 *   PhysicalCpu --Panic-->           Hypervisor    its NMI watchdog found it stuck: nothing happens on this host any more
 *   Host        --Finish-->          Hypervisor    the run is over: say what became of the host
 *   Host        --Finish-->          PhysicalCpu, CpuPool, Domain   ... and what you have counted
 * </pre>
 */
public sealed interface HostControl extends Message {

    record Boot() implements HostControl {
        @Override
        public int kind() {
            return 70;
        }

        @Override
        public void write(StateWriter out) {}
    }

    record UnpauseDomain(int domid) implements HostControl {
        @Override
        public int kind() {
            return 71;
        }

        @Override
        public void write(StateWriter out) {
            out.put("domid", domid);
        }
    }

    record DomainUnpaused() implements HostControl {
        @Override
        public int kind() {
            return 72;
        }

        @Override
        public void write(StateWriter out) {}
    }

    record CalibrationDue() implements HostControl {
        @Override
        public int kind() {
            return 73;
        }

        @Override
        public void write(StateWriter out) {}
    }

    /** @param at the instant up to which the host was up, in simulated ns */
    record Finish(long at) implements HostControl {
        @Override
        public int kind() {
            return 74;
        }

        @Override
        public void write(StateWriter out) {
            out.put("at", at);
        }
    }

    record DomainStops(int domid) implements HostControl {
        @Override
        public int kind() {
            return 76;
        }

        @Override
        public void write(StateWriter out) {
            out.put("domid", domid);
        }
    }

    /** What a pCPU was in when its watchdog found that it serves no softirq. */
    enum Stuck {
        /** The operation of a hypercall, or the way in or out. */
        CALL,
        /** A hypercall, waiting for the lock of a p2m. */
        CALL_WAITS,
        /** A hypercall, waiting until vCPUs have left their pCPUs. */
        CALL_PAUSES,
        /** A hypercall or a tasklet, waiting until all other pCPUs have stopped. */
        STOPS_OTHERS,
        /** Stopped, until all others have. */
        STOPPED,
        /** A nested page fault, being handled. */
        FAULT,
        /** A nested page fault, waiting for the lock of a p2m. */
        FAULT_WAITS,
        /** The softirqs themselves. */
        SOFTIRQS
    }

    /**
     * A pCPU panics Xen.
     *
     * @param vcpu whose call or fault it is; with SOFTIRQS perhaps -1, nobody
     * @param operation of the call; means nothing otherwise
     * @param lockDomid whose p2m lock it waits for; means nothing otherwise
     * @param since when it left its guest for the call or the fault, in simulated ns; means nothing with SOFTIRQS
     */
    record Panic(int cpu, Stuck stuck, int vcpu, int operation, int lockDomid, long since) implements HostControl {
        @Override
        public int kind() {
            return 75;
        }

        @Override
        public void write(StateWriter out) {
            out.put("cpu", cpu);
            out.put("stuck", stuck.ordinal());
            out.put("vcpu", vcpu);
            out.put("operation", operation);
            out.put("lock-domid", lockDomid);
            out.put("since", since);
        }

        /** Visits it as state; gives back what to go on with. */
        public Panic fields(Fields f) {
            return new Panic(
                    f.at("panic-cpu", cpu),
                    Stuck.values()[f.at("panic-stuck", stuck.ordinal())],
                    f.at("panic-vcpu", vcpu),
                    f.at("panic-operation", operation),
                    f.at("panic-lock", lockDomid),
                    f.at("panic-since", since));
        }
    }
}
