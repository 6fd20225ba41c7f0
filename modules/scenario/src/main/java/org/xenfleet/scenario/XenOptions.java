package org.xenfleet.scenario;

import org.xenfleet.xen.sched.CreditParameters;

/**
 * What Xen's command line comes to. Immutable.
 *
 * @param watchdogTimeoutS 0 when there is no watchdog
 * @param clockSource hpet or acpi
 * @param reboots whether Xen restarts the machine after a panic
 */
record XenOptions(CreditParameters credit, int watchdogTimeoutS, boolean reboots, String clockSource) {}
