package org.xenfleet.host.protocol;

import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.StateWriter;

/**
 * What concerns the whole host.
 *
 * <pre>
 *   Host        --Boot-->            Toolstack     time 0: all domains are built
 *   Toolstack   --UnpauseDomain-->   Hypervisor    domctl, in the order of creation
 *   Hypervisor  --DomainUnpaused-->  Domain
 *   PhysicalCpu 0 --CalibrationDue--> Hypervisor   once a second
 *   Host        --Finish-->          every actor   the run is over: say what you have counted
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

    record Finish() implements HostControl {
        @Override
        public int kind() {
            return 74;
        }

        @Override
        public void write(StateWriter out) {}
    }
}
