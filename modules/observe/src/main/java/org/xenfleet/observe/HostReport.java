package org.xenfleet.observe;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * All that one simulated host says of itself at the end of its run. Times are simulated nanoseconds; lists are in the
 * order of pCPU number, domid, (caller, operation) and (time, kind, subject). Immutable.
 *
 * @param name pool/index
 * @param simulatedNs how far the host got; less than the scenario's duration in a partial run
 * @param downAtNs when the host went down, or -1
 * @param events deliveries to the host's actors
 * @param epochDigests one 64-bit digest for each simulated second begun
 * @param freeMemoryBytes memory that no domain had at the end
 * @param heartbeats what its heartbeat agent did; empty where the hosts of the pool meet nobody
 */
public record HostReport(
        String name,
        Fate fate,
        long simulatedNs,
        long downAtNs,
        long events,
        List<Long> epochDigests,
        List<Pcpu> pcpus,
        List<Domain> domains,
        List<Hypercall> hypercalls,
        List<Incident> incidents,
        long freeMemoryBytes,
        Optional<Heartbeats> heartbeats) {

    /** Of a host that meets nobody. */
    public HostReport(
            String name,
            Fate fate,
            long simulatedNs,
            long downAtNs,
            long events,
            List<Long> epochDigests,
            List<Pcpu> pcpus,
            List<Domain> domains,
            List<Hypercall> hypercalls,
            List<Incident> incidents,
            long freeMemoryBytes) {
        this(
                name,
                fate,
                simulatedNs,
                downAtNs,
                events,
                epochDigests,
                pcpus,
                domains,
                hypercalls,
                incidents,
                freeMemoryBytes,
                Optional.empty());
    }

    /** The worst state that a host reached, best first. */
    public enum Fate {
        HEALTHY,
        DEGRADED,
        UNRESPONSIVE,
        FENCED,
        CRASHED
    }

    /** The five times add up to the time the host was up, exactly. */
    public record Pcpu(
            int id,
            long guestNs,
            long hypercallNs,
            long spinNs,
            long xenNs,
            long idleNs,
            long longestStallNs,
            long longestSliceNs) {}

    /** What a domain is for. Availability is counted for guests only. */
    public enum Role {
        CONTROL,
        STUB,
        GUEST
    }

    /**
     * @param kind hvm, pv or pvh
     * @param attacked a hypercalls workload named it as its target
     * @param availableNs time it was available, out of {@code observedNs}
     * @param observedNs from its unpause to the end of the run; 0 for a domain that was left paused
     * @param observedLate incidents in which a timer or event of it was served more than its tolerance late
     * @param memoryBytes memory that it had at the end
     * @param state running, paused, shut-down, dying, dead (nothing but references keeps it listed), unlisted or freed
     */
    public record Domain(
            int domid,
            String name,
            String kind,
            Role role,
            boolean attacked,
            long cpuNs,
            long longestWaitNs,
            long longestLateNs,
            long availableNs,
            long observedNs,
            long observedLate,
            long memoryBytes,
            String state) {}

    /**
     * One caller's use of one operation.
     *
     * @param calls calls first issued
     * @param unfinished calls that had not returned at the end
     * @param iterations pages, extents or entries done
     * @param longestCallNs from a call's first instruction to its caller's first instruction after it
     * @param returned how often each return value came; a negative one is an errno
     */
    public record Hypercall(
            String caller,
            String operation,
            long calls,
            long unfinished,
            long continuations,
            long iterations,
            long longestSliceNs,
            long longestCallNs,
            SortedMap<Integer, Long> returned) {}

    /**
     * What the heartbeat agent in a host's dom0 did and heard.
     *
     * @param sent messages it sent, one for each other host and heartbeat
     * @param lostOnTheWay those of them that the channel lost
     * @param received messages of others that it has read
     * @param skipped heartbeats left out because the one before was not done in time
     * @param longestDelayNs from when a heartbeat was due to when it was sent, at most; one that is never sent counts until the
     *     end, or until the host went down
     * @param longestSilenceNs for how long some other host had been silent, at most, whenever the agent looked
     * @param peersLost other hosts that count as lost at the end
     * @param losses how often another host came to count as lost
     */
    public record Heartbeats(
            long sent,
            long lostOnTheWay,
            long received,
            long skipped,
            long longestDelayNs,
            long longestSilenceNs,
            int peersLost,
            long losses) {}

    /** Something that a person would write into the log of the outage. Kinds are listed in the documentation. */
    public record Incident(long timeNs, String kind, String subject, String detail, Cause cause) {}

    /**
     * What was behind an incident.
     *
     * @param first what all began with, such as the call in which a pCPU was tied
     * @param chain who waited on whom, from the incident to what it began with; empty where the incident is that itself
     */
    public record Cause(String first, List<String> chain) {
        public static final Cause NONE = new Cause("", List.of());

        public Cause {
            chain = List.copyOf(chain);
        }
    }
}
