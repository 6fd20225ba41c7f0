package org.xenfleet.scenario;

import java.util.List;
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
     * vCPU 0 issues hypercalls, one round of operations again and again, each time with the same arguments in fresh
     * structs.
     *
     * @param operations names in the catalogue of operations, at least one; a round performs them in turn
     * @param access of operations over a range of pages; present when there is one
     * @param firstPfn of operations over a range of pages; at least 0
     * @param pages of operations over a range of pages, 1 to 4,294,967,295; empty for max-gfn + 1 - {@code firstPfn} at
     *     the time of the call
     * @param count entries of operations over a list, at least 1; present when there is one
     * @param calls of a multicall: the name of the operation that its entries are; present when there is one
     * @param startNs instant of the first call, at least 0
     * @param repeat number of rounds, at least 1; empty for ever
     * @param pauseNs from the return of a round's last call to the next round, at least 0
     */
    record Hypercalls(
            String name,
            List<String> operations,
            Optional<Access> access,
            long firstPfn,
            OptionalLong pages,
            OptionalLong count,
            Optional<String> calls,
            long startNs,
            OptionalLong repeat,
            long pauseNs)
            implements WorkloadSpec {
        public Hypercalls {
            operations = List.copyOf(operations);
        }
    }
}
