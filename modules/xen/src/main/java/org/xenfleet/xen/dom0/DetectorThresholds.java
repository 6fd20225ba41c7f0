package org.xenfleet.xen.dom0;

/**
 * After how long a Linux kernel complains, each in ns; 0 is off. Immutable.
 *
 * <p>Source: xen-semantics section 5, M19.
 *
 * @param softLockup twice {@code kernel.watchdog_thresh}
 * @param rcuStall {@code rcu_cpu_stall_timeout}
 * @param hungTask {@code kernel.hung_task_timeout_secs}
 * @param ioTimeout of a request of a SCSI disk or of blkfront
 */
public record DetectorThresholds(long softLockup, long rcuStall, long hungTask, long ioTimeout) {
    private static final long SECOND = 1_000_000_000L;

    /** Of an upstream kernel: 20 s, 21 s, 120 s and 30 s. */
    public static final DetectorThresholds DEFAULTS =
            new DetectorThresholds(20 * SECOND, 21 * SECOND, 120 * SECOND, 30 * SECOND);

    /** Of kernels like those of RHEL, which wait 60 s for RCU. */
    public static final DetectorThresholds RHEL =
            new DetectorThresholds(20 * SECOND, 60 * SECOND, 120 * SECOND, 30 * SECOND);

    public DetectorThresholds {
        refuseNegative("soft lockup", softLockup);
        refuseNegative("RCU stall", rcuStall);
        refuseNegative("hung task", hungTask);
        refuseNegative("I/O time-out", ioTimeout);
    }

    private static void refuseNegative(String detector, long ns) {
        if (ns < 0) {
            throw new IllegalArgumentException("the threshold of the detector of " + detector + " is " + ns
                    + " ns; it has to be above 0, or 0 for a detector that is off");
        }
    }
}
