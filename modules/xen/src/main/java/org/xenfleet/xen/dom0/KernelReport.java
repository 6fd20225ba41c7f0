package org.xenfleet.xen.dom0;

import java.util.Comparator;

/**
 * What a kernel writes to its log. Times are ns. Ordered by time, kind and subject.
 *
 * @param subject the vCPU, or the number of the request
 * @param lasted how long it had lasted by then
 * @param reporter the vCPU that wrote it, {@link #GUEST} if a guest's kernel did
 */
public record KernelReport(long time, Kind kind, int subject, long lasted, int reporter)
        implements Comparable<KernelReport> {
    public static final int GUEST = -1;

    private static final Comparator<KernelReport> ORDER = Comparator.comparingLong(KernelReport::time)
            .thenComparing(KernelReport::kind)
            .thenComparingInt(KernelReport::subject);

    public enum Kind {
        SOFT_LOCKUP,
        RCU_STALL,
        HUNG_TASK,
        IO_TIMEOUT
    }

    @Override
    public int compareTo(KernelReport other) {
        return ORDER.compare(this, other);
    }
}
