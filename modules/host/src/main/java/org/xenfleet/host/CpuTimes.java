package org.xenfleet.host;

import java.util.Arrays;
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

    private static final long NONE = -1;
    /** Stalls of at least this length are remembered one by one, up to a number. */
    static final long NOTABLE_STALL = 100_000_000L;

    private static final int NOTABLE_KEPT = 64;
    private static final long[] NO_STALLS = new long[0];

    private final int cpu;
    private final HostObserver observer;
    private final long[] total = new long[Mode.values().length];
    private long[] notableStart = NO_STALLS;
    private long[] notableEnd = NO_STALLS;
    private int notable;
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
        if (now - stallSince >= NOTABLE_STALL && notable < NOTABLE_KEPT) {
            keep(notable + 1);
            notableStart[notable] = stallSince;
            notableEnd[notable++] = now;
        }
        stallSince = NONE;
    }

    /** Makes room for that many notable stalls; most pCPUs never have one. */
    private void keep(int stalls) {
        if (stalls > notableStart.length) {
            int room = Math.min(NOTABLE_KEPT, 2 * stalls);
            notableStart = Arrays.copyOf(notableStart, room);
            notableEnd = Arrays.copyOf(notableEnd, room);
        }
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

    int notableStalls() {
        return notable;
    }

    long notableStart(int index) {
        return notableStart[index];
    }

    long notableEnd(int index) {
        return notableEnd[index];
    }

    void fields(Fields f) {
        f.at("time", total);
        mode = Mode.values()[f.at("mode", mode.ordinal())];
        previous = Mode.values()[f.at("previous-mode", previous.ordinal())];
        since = f.at("mode-since", since);
        stallSince = f.at("stall-since", stallSince);
        longestStall = f.at("longest-stall", longestStall);
        notable = f.at("notable-stalls", notable);
        keep(notable);
        for (int i = 0; i < notable; i++) {
            notableStart[i] = f.at("notable-start", notableStart[i]);
            notableEnd[i] = f.at("notable-end", notableEnd[i]);
        }
    }
}
