package org.xenfleet.host;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.xenfleet.observe.HostObserver;
import org.xenfleet.xen.Fields;

/**
 * Where the time of one pCPU went, and its stalls. What the pCPU does may be entered ahead of time, for as long as
 * nothing can change it. Times are ns. Used by one thread.
 */
final class CpuTimes {
    /** What a pCPU can be busy with. */
    enum Mode {
        GUEST,
        HYPERCALL,
        SPIN,
        XEN,
        IDLE
    }

    /** A stretch in which a softirq was pending and nobody served it. */
    record Stall(long start, long end) {}

    private static final long NONE = -1;
    /** Stalls of at least this length are remembered one by one, up to a number. */
    static final long NOTABLE_STALL = 100_000_000L;

    private static final int NOTABLE_KEPT = 64;

    private final int cpu;
    private final HostObserver observer;
    private final long[] total = new long[Mode.values().length];
    private List<Stall> notable = List.of();
    private Mode mode = Mode.IDLE;
    private Mode previous = Mode.IDLE;
    private long since;
    private long stallSince = NONE;
    private long longestStall;

    CpuTimes(int cpu, HostObserver observer) {
        this.cpu = cpu;
        this.observer = observer;
    }

    /** From {@code at} on the pCPU is busy with {@code next}. */
    void enter(Mode next, long at) {
        total[mode.ordinal()] += at - since;
        previous = mode;
        mode = next;
        since = at;
    }

    /** A softirq is pending and nothing serves it; the start of a stall unless one is under way. */
    void stall(long now) {
        if (stallSince == NONE) {
            stallSince = now;
        }
    }

    void serve(long now) {
        if (stallSince == NONE) {
            return;
        }
        longestStall = Math.max(longestStall, now - stallSince);
        if (now > stallSince) {
            observer.stall(cpu, stallSince, now);
        }
        if (now - stallSince >= NOTABLE_STALL && notable.size() < NOTABLE_KEPT) {
            if (notable.isEmpty()) {
                notable = new ArrayList<>();
            }
            notable.add(new Stall(stallSince, now));
        }
        stallSince = NONE;
    }

    /** Closes the books; the times then add up to {@code end}. */
    void finish(long end) {
        serve(end);
        if (since > end) {
            total[previous.ordinal()] -= since - end;
        } else {
            total[mode.ordinal()] += end - since;
        }
        since = end;
    }

    long total(Mode of) {
        return total[of.ordinal()];
    }

    long longestStall() {
        return longestStall;
    }

    List<Stall> notableStalls() {
        return Collections.unmodifiableList(notable);
    }

    void fields(Fields f) {
        f.at("time", total);
        int visitedMode = f.at("mode", mode.ordinal());
        int visitedPrevious = f.at("previous-mode", previous.ordinal());
        if (f.reading()) {
            mode = Mode.values()[visitedMode];
            previous = Mode.values()[visitedPrevious];
        }
        since = f.at("mode-since", since);
        stallSince = f.at("stall-since", stallSince);
        longestStall = f.at("longest-stall", longestStall);
        int n = f.at("notable-stalls", notable.size());
        if (n == 0 && notable.isEmpty()) {
            return;
        }
        List<Stall> visited = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            Stall stall = i < notable.size() ? notable.get(i) : new Stall(0, 0);
            visited.add(new Stall(f.at("notable-start", stall.start()), f.at("notable-end", stall.end())));
        }
        if (f.reading()) {
            notable = n == 0 ? List.of() : visited;
        }
    }
}
