package org.xenfleet.scenario;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
     * @param timer what wakes it
     */
    record Periodic(
            String name,
            long burstNs,
            long periodNs,
            OptionalLong phaseNs,
            VcpuTimer timer,
            Optional<WorkingSet> workingSet)
            implements WorkloadSpec {}

    /** What wakes a vCPU at a time of its own, and on which pCPU that timer lives. */
    enum VcpuTimer {
        /** Its one-shot timer: where it set it, which is where it went to sleep. */
        ONE_SHOT,
        /** The time-out of SCHEDOP_poll: where the vCPU was created. */
        POLL
    }

    /** Arrivals with exponential gaps of mean {@code periodNs}; each is {@code burstNs} of work, and they queue. */
    record Poisson(String name, long burstNs, long periodNs, Optional<WorkingSet> workingSet) implements WorkloadSpec {}

    /**
     * Computes for {@code burstNs}, then reads or writes a register that its device model emulates, waits for the answer,
     * and so on.
     *
     * @param burstNs at least 1
     * @param serviceNs what the device model computes for an answer, at least 1
     */
    record EmulatedIo(String name, long burstNs, long serviceNs) implements WorkloadSpec {}

    /**
     * Serves the devices of guests: for each of them a request comes every {@code periodNs}; it takes {@code burstNs} of
     * computing and copies {@code copies} pages of that guest. Guests are dealt to the vCPUs in turn.
     *
     * @param guests names of the guests it serves; empty for all
     * @param burstNs at least 1
     * @param periodNs at least 1
     * @param copies pages of a request, at least 1
     */
    record Backend(String name, List<String> guests, long burstNs, long periodNs, long copies) implements WorkloadSpec {
        public Backend {
            guests = List.copyOf(guests);
        }
    }

    /**
     * What calls are aimed at.
     *
     * @param names domains to work on, one round of operations for each; none for a device model, which works on its guest
     * @param cpu the pCPU that is taken out of use
     * @param cpus the pCPUs that a domain is pinned to
     * @param timeoutNs of a watchdog timer, at least 1
     */
    record Aim(List<String> names, OptionalInt cpu, Optional<BitSet> cpus, long timeoutNs) {
        public static final long DEFAULT_TIMEOUT = 30_000_000_000L;
        public static final Aim NONE = new Aim(List.of(), OptionalInt.empty(), Optional.empty(), DEFAULT_TIMEOUT);

        public Aim {
            names = List.copyOf(names);
        }
    }

    /**
     * One vCPU issues hypercalls, one round of operations again and again, each time with the same arguments in fresh
     * structs.
     *
     * @param operations names in the catalogue of operations, at least one; a round performs them in turn
     * @param access of operations over a range of pages; present when there is one
     * @param firstPfn of operations over a range of pages; at least 0, or {@link #ALL_ONES}
     * @param pages of operations over a range of pages, 0 to 4,294,967,295; empty for the guest's highest gfn at the start
     *     + 1 - {@code firstPfn}
     * @param count entries of operations over a list, at least 1; present when there is one
     * @param order the order of an extent, or the levels of a tree, of operations that ask for it; at least 0
     * @param calls of a multicall: the name of the operation that its entries are; present when there is one
     * @param startNs instant of the first call at the earliest, at least 0
     * @param startWithinNs how much later the first call may come, drawn evenly for each vCPU: 0, or less than that
     * @param repeat number of rounds, at least 1; empty for ever
     * @param pauseNs from the return of a round's last call to the next round, at least 0
     * @param vcpu of the domain, which issues them
     * @param reaction whether it is somebody's reaction to an outage, whose harm is to be known: the host is simulated
     *     once more without it
     * @param busySiblings whether the domain's other vCPUs compute all the time; else they are idle
     */
    record Hypercalls(
            String name,
            List<String> operations,
            Optional<Access> access,
            long firstPfn,
            OptionalLong pages,
            OptionalLong count,
            OptionalLong order,
            Optional<String> calls,
            long startNs,
            long startWithinNs,
            OptionalLong repeat,
            long pauseNs,
            Aim aim,
            int vcpu,
            boolean reaction,
            boolean busySiblings)
            implements WorkloadSpec {
        /** 2^64 - 1, in place of a first page: the default access is meant. */
        public static final long ALL_ONES = -1;

        public Hypercalls {
            operations = List.copyOf(operations);
        }

        /** The first call comes at {@code startNs}, none has an order, and siblings are idle. */
        public Hypercalls(
                String name,
                List<String> operations,
                Optional<Access> access,
                long firstPfn,
                OptionalLong pages,
                OptionalLong count,
                Optional<String> calls,
                long startNs,
                OptionalLong repeat,
                long pauseNs,
                Aim aim,
                int vcpu,
                boolean reaction) {
            this(
                    name,
                    operations,
                    access,
                    firstPfn,
                    pages,
                    count,
                    OptionalLong.empty(),
                    calls,
                    startNs,
                    0,
                    repeat,
                    pauseNs,
                    aim,
                    vcpu,
                    reaction,
                    false);
        }
    }
}
