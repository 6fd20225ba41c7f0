package org.xenfleet.host;

import java.util.ArrayList;
import java.util.List;
import org.xenfleet.xen.Fields;

/**
 * What held a pCPU in Xen for so long that it may be the cause of something: the call itself, and within it what it waited
 * for and who kept it waiting. Times are ns. Used by one thread.
 */
final class HoldLog {
    /** What a pCPU was in. */
    enum What {
        CALL,
        P2M_LOCK,
        FAULT_P2M_LOCK,
        PAUSE,
        STOP_MACHINE,
        STOPPED,
        DOMCTL,
        QUIESCENCE
    }

    /**
     * A stretch of time in which a pCPU was held.
     *
     * @param vcpu whose call or fault it was; -1 for a tasklet
     * @param operation of the call, or -1
     * @param domid what it worked on or whose lock it waited for; -1 where that says nothing
     * @param forCpu the pCPU that kept it waiting, or -1
     */
    record Hold(int cpu, long start, long end, What what, int vcpu, int operation, int domid, int forCpu) {}

    private static final int MOST = 256;

    private final int cpu;
    private final long least;
    private List<Hold> holds = List.of();

    /** Keeps what lasts {@code least} ns or longer, up to a number. */
    HoldLog(int cpu, long least) {
        this.cpu = cpu;
        this.least = least;
    }

    void add(long start, long end, What what, int vcpu, int operation, int domid, int forCpu) {
        if (end - start >= least && holds.size() < MOST) {
            if (holds.isEmpty()) {
                holds = new ArrayList<>();
            }
            holds.add(new Hold(cpu, start, end, what, vcpu, operation, domid, forCpu));
        }
    }

    List<Hold> all() {
        return holds;
    }

    void fields(Fields f) {
        int n = f.at("holds", holds.size());
        if (n == 0 && holds.isEmpty()) {
            return;
        }
        List<Hold> visited = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            Hold h = i < holds.size() ? holds.get(i) : new Hold(cpu, 0, 0, What.CALL, 0, 0, 0, 0);
            visited.add(new Hold(
                    cpu,
                    f.at("hold-start", h.start()),
                    f.at("hold-end", h.end()),
                    What.values()[f.at("hold-what", h.what().ordinal())],
                    f.at("hold-vcpu", h.vcpu()),
                    f.at("hold-operation", h.operation()),
                    f.at("hold-domid", h.domid()),
                    f.at("hold-for", h.forCpu())));
        }
        if (f.reading()) {
            holds = n == 0 ? List.of() : visited;
        }
    }
}
