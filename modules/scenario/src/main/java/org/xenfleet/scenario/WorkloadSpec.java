package org.xenfleet.scenario;

import java.util.Optional;
import java.util.OptionalLong;
import org.xenfleet.xen.Access;

/** What the vCPUs of a domain do, in one of the kinds that the simulator knows. Immutable; times in ns. */
public sealed interface WorkloadSpec {

    /** The key under {@code workloads}; {@code idle} for the one that needs no definition. */
    String name();

    /** Never runnable. */
    record Idle(String name) implements WorkloadSpec {}

    /** Always runnable. */
    record Cpu(String name, Optional<WorkingSet> workingSet) implements WorkloadSpec {}

    /**
     * Always runnable; is busy for {@code burstNs}, gives its pCPU away (SCHEDOP_yield), and so on.
     *
     * @param burstNs at least 1
     */
    record Yield(String name, long burstNs) implements WorkloadSpec {}

    /**
     * Wakes on the grid {@code phaseNs + n * periodNs}, is busy for {@code burstNs}, sleeps to the next point of the
     * grid; points that pass while it is still busy are skipped.
     *
     * @param burstNs at least 1
     * @param periodNs at least 1
     * @param phaseNs empty when it is drawn at random, otherwise 0 to {@code periodNs - 1}
     */
    record Periodic(String name, long burstNs, long periodNs, OptionalLong phaseNs, Optional<WorkingSet> workingSet)
            implements WorkloadSpec {}

    /** Arrivals with exponential gaps of mean {@code periodNs}; each is {@code burstNs} of work, and they queue. */
    record Poisson(String name, long burstNs, long periodNs, Optional<WorkingSet> workingSet) implements WorkloadSpec {}

    /**
     * vCPU 0 issues one hypercall again and again, each time with the same arguments in a fresh struct.
     *
     * @param operation name in the catalogue of operations
     * @param firstPfn at least 0
     * @param pages 1 to 4,294,967,295; empty for max-gfn + 1 - {@code firstPfn} at the time of the call
     * @param startNs instant of the first call, at least 0
     * @param repeat number of calls, at least 1; empty for ever
     * @param pauseNs from a call's return to the next call, at least 0
     */
    record Hypercalls(
            String name,
            String operation,
            Access access,
            long firstPfn,
            OptionalLong pages,
            long startNs,
            OptionalLong repeat,
            long pauseNs)
            implements WorkloadSpec {}
}
