package org.xenfleet.host;

import org.xenfleet.host.plan.VcpuPlan;
import org.xenfleet.observe.HostObserver;
import org.xenfleet.xen.sched.VcpuTimes;

/**
 * Passes the finished intervals of a pool's vCPUs on to whoever observes the host.
 *
 * @param onHost by the vCPU's number in the pool, its number on the host; must not be changed
 */
record IntervalReporting(HostContext host, int[] onHost) implements VcpuTimes.Listener {
    /** None at all where nobody observes the host. */
    static VcpuTimes.Listener of(HostContext host, int[] onHost) {
        return host.observer() == HostObserver.NONE ? VcpuTimes.Listener.NONE : new IntervalReporting(host, onHost);
    }

    @Override
    public void ran(int vcpu, int cpu, long start, long end) {
        host.observer().ran(domainOf(vcpu), plan(vcpu).index(), cpu, start, end);
    }

    @Override
    public void waited(int vcpu, int cpu, long start, long end) {
        host.observer().wait(domainOf(vcpu), plan(vcpu).index(), cpu, start, end);
    }

    @Override
    public void late(int vcpu, int cpu, long due, long firstInstruction) {
        host.observer().late(domainOf(vcpu), plan(vcpu).index(), cpu, due, firstInstruction);
    }

    private VcpuPlan plan(int vcpu) {
        return host.plan().vcpus().get(onHost[vcpu]);
    }

    private String domainOf(int vcpu) {
        return host.plan().domains().get(plan(vcpu).domid()).name();
    }
}
