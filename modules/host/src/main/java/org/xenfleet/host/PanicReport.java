package org.xenfleet.host;

import java.util.ArrayList;
import java.util.List;
import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.host.plan.VcpuPlan;
import org.xenfleet.host.protocol.HostControl.Panic;
import org.xenfleet.observe.HostReport.Cause;
import org.xenfleet.observe.HostReport.Incident;
import org.xenfleet.xen.WatchdogParameters;

/**
 * What the log of an outage says of a panic.
 *
 * @param at when it happened, in simulated ns
 * @param operation name of the panic's operation
 */
record PanicReport(HostPlan plan, long at, Panic panic, String operation) {

    /** The panic, and the reboot if the run lasts until then. */
    List<Incident> incidents(long endOfRun, Causes causes) {
        List<Incident> incidents = new ArrayList<>();
        boolean reboots = plan.spec().xen().rebootsAfterPanic();
        incidents.add(new Incident(
                at,
                "watchdog-panic",
                "pcpu " + panic.cpu(),
                held() + (reboots ? "" : "; noreboot: Xen halts for ever"),
                cause(causes)));
        long reboot = at + WatchdogParameters.REBOOT_AFTER_NS;
        if (reboots && reboot <= endOfRun) {
            incidents.add(new Incident(
                    reboot,
                    "host-reboot",
                    "xen",
                    "the machine restarted; what it boots is not simulated, so the host stays down",
                    new Cause("the panic of pcpu " + panic.cpu(), List.of())));
        }
        return incidents;
    }

    /** The call behind it: that of the pCPU itself, or of whoever kept that waiting. */
    private Cause cause(Causes causes) {
        return causes.of(panic.cpu(), panic.since(), at, held());
    }

    /** Which call or lock held the pCPU, and since when. */
    private String held() {
        String since = " since " + ReportBuilder.seconds(panic.since()) + " without serving a softirq";
        return switch (panic.stuck()) {
            case CALL -> "had been in " + call() + since;
            case CALL_PAUSES -> "had waited in " + call() + " until " + lock() + " had left its pCPUs" + since;
            case STOPS_OTHERS -> "had waited for all other pCPUs to stop" + since;
            case STOPPED -> "had been stopped, waiting for another pCPU to stop," + since;
            case CALL_WAITS -> "had waited in " + call() + " for the p2m lock of " + lock() + since;
            case FAULT -> "had handled a page fault of " + vcpu() + since;
            case FAULT_WAITS -> "had waited in a page fault of " + vcpu() + " for the p2m lock of " + lock() + since;
            case SOFTIRQS -> "had been in its softirqs for too long";
        };
    }

    private String call() {
        return operation + " of " + vcpu();
    }

    private String lock() {
        return plan.domains().get(panic.lockDomid()).name();
    }

    private String vcpu() {
        VcpuPlan vcpu = plan.vcpus().get(panic.vcpu());
        DomainPlan domain = plan.domainOf(panic.vcpu());
        return domain.vcpus().size() == 1 ? domain.name() : domain.name() + " vcpu " + vcpu.index();
    }
}
