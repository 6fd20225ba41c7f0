package org.xenfleet.scenario;

import java.util.Optional;
import org.xenfleet.xen.sched.CreditParameters;
import org.xenfleet.xen.sched.SchedulerKind;

/**
 * What Xen's command line comes to. Immutable.
 *
 * @param scheduler of Pool-0, if it is said
 * @param watchdogTimeoutS 0 when there is no watchdog
 * @param clockSource hpet or acpi
 * @param reboots whether Xen restarts the machine after a panic
 */
record XenOptions(
        CreditParameters credit,
        Optional<SchedulerKind> scheduler,
        int watchdogTimeoutS,
        boolean reboots,
        String clockSource) {}
