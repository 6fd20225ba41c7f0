package org.xenfleet.host;

import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.host.plan.VcpuPlan;
import org.xenfleet.xen.operation.Operation;

/**
 * What changes for a host that goes on under another plan. What cannot change while a host runs is the same in both, see
 * {@link org.xenfleet.host.plan.BranchCheck}. Immutable.
 */
record PlanChange(HostPlan from, HostPlan to) {

    /** Whether the vCPU, by its number on the host, does something else. */
    boolean changesWork(int vcpu) {
        VcpuPlan was = from.vcpus().get(vcpu);
        VcpuPlan is = to.vcpus().get(vcpu);
        return !was.workload().equals(is.workload()) || was.targetDomid() != is.targetDomid();
    }

    boolean changesCosts() {
        return !from.costs().equals(to.costs());
    }

    /** Whether the timers of a pool's scheduler come at other distances. */
    boolean changesTimers(int pool) {
        return changesCosts()
                || !from.pools().get(pool).credit().equals(to.pools().get(pool).credit());
    }

    /** Whether an operation tests for preemption that did not. */
    boolean beginsToTest(Operation operation) {
        return !from.cadence(operation).isPreemptible() && to.cadence(operation).isPreemptible();
    }
}
