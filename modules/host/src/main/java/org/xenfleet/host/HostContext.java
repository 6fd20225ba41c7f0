package org.xenfleet.host;

import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.observe.HostObserver;
import org.xenfleet.timeline.Island;
import org.xenfleet.timeline.Message;
import org.xenfleet.xen.Costs;
import org.xenfleet.xen.operation.OperationCatalogue;

/**
 * What every actor of a host is given: its island, its plan, and where it reports.
 *
 * @param notableNs what lasts at least so long may be the cause of something, and is remembered
 * @param everyTimerReal also timers that would change nothing are set and fire; for tests of the ones that are not
 */
record HostContext(
        Island island,
        HostPlan plan,
        OperationCatalogue catalogue,
        HostObserver observer,
        ReportBuilder report,
        long notableNs,
        boolean everyTimerReal) {

    long now() {
        return island.now();
    }

    Costs costs() {
        return plan.costs();
    }

    void tellHypervisor(Message message) {
        island.tell(HostPlan.HYPERVISOR, message);
    }

    void tellPool(int pool, Message message) {
        island.tell(plan.poolAddress(pool), message);
    }

    void tellCpu(int cpu, Message message) {
        island.tell(plan.cpuAddress(cpu), message);
    }

    void tellDomain(int domid, Message message) {
        island.tell(plan.domainAddress(domid), message);
    }

    void tellDomainOf(int vcpu, Message message) {
        tellDomain(plan.vcpus().get(vcpu).domid(), message);
    }
}
