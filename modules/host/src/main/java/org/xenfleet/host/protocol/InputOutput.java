package org.xenfleet.host.protocol;

import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.StateWriter;

/**
 * Devices: a guest asks, the domain behind its device answers from its event handler.
 *
 * <pre>
 *   Domain(guest)  --IoRequest--> Domain(server)   an access to an emulated device
 *   Domain(server) --Notify-->    CpuPool          an event for a vCPU that is not asleep
 *   CpuPool        --Kick-->      PhysicalCpu      where it runs, or when it does: look at your events first
 *   PhysicalCpu    --Upcall-->    Domain(server)   in its guest, before anything else; NextActivity answers
 *   Domain(server) --IoDone-->    Domain(guest)
 * </pre>
 */
public sealed interface InputOutput extends Message {

    record IoRequest(int vcpu, int serverVcpu, long serviceNs) implements InputOutput {
        @Override
        public int kind() {
            return 90;
        }

        @Override
        public void write(StateWriter out) {
            out.put("vcpu", vcpu);
            out.put("server-vcpu", serverVcpu);
            out.put("service-ns", serviceNs);
        }
    }

    /** @param cpu where it was answered */
    record IoDone(int vcpu, int cpu) implements InputOutput {
        @Override
        public int kind() {
            return 91;
        }

        @Override
        public void write(StateWriter out) {
            out.put("vcpu", vcpu);
            out.put("cpu", cpu);
        }
    }

    record Notify(int vcpu) implements InputOutput {
        @Override
        public int kind() {
            return 92;
        }

        @Override
        public void write(StateWriter out) {
            out.put("vcpu", vcpu);
        }
    }

    record Kick(int vcpu) implements InputOutput {
        @Override
        public int kind() {
            return 93;
        }

        @Override
        public void write(StateWriter out) {
            out.put("vcpu", vcpu);
        }
    }

    /** @param work what is left of what it was doing */
    record Upcall(int vcpu, int cpu, long work) implements InputOutput {
        @Override
        public int kind() {
            return 94;
        }

        @Override
        public void write(StateWriter out) {
            out.put("vcpu", vcpu);
            out.put("cpu", cpu);
            out.put("work", work);
        }
    }
}
