package org.xenfleet.xen.sched;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xenfleet.xen.Fields;

/**
 * The run state of every vCPU of a pool and what it waited. A wait is a maximal interval in run state runnable; a vCPU is
 * late from the instant at which its timer or event was due to its first instruction after it; both, and spinning in Xen,
 * are time without progress. Times are ns. Used by one thread.
 */
public final class VcpuTimes {
    /** Hears of finished intervals, by the vCPU's number in the pool. Every method does nothing unless overridden. */
    public interface Listener {
        Listener NONE = new Listener() {};

        default void ran(int vcpu, int cpu, long start, long end) {}

        default void waited(int vcpu, int cpu, long start, long end) {}

        default void late(int vcpu, int cpu, long due, long firstInstruction) {}
    }

    /** Why a vCPU made no progress. */
    public enum Why {
        /** It was runnable and did not run. */
        QUEUED,
        /** Its timer or event was due. */
        LATE,
        /** It held its pCPU, spinning in Xen. */
        SPINNING,
        /** Somebody had to answer its I/O. */
        IO
    }

    /**
     * An interval in which a vCPU made no progress.
     *
     * @param cpu where it was queued or spun, or where its timer is homed; -1 if that says nothing
     */
    public record Standstill(long start, long end, Why why, int cpu) {}

    private static final long NONE = -1;
    private static final List<Runstate> RUNSTATES = List.of(Runstate.values());

    private final Listener listener;
    private final long keepAbove;

    private int size;
    private int[] state = new int[0];
    private long[] since = new long[0];
    private long[] dueSince = new long[0];
    private long[] ranNs = new long[0];
    private long[] longestWait = new long[0];
    private long[] longestLate = new long[0];
    private int[] queuedOn = new int[0];
    private int[] timerOn = new int[0];
    private final List<List<Standstill>> standstills = new ArrayList<>();

    /** Standstills of more than {@code keepAbove} ns are kept, shorter ones forgotten. */
    public VcpuTimes(Listener listener, long keepAbove) {
        this.listener = listener;
        this.keepAbove = keepAbove;
    }

    void add() {
        int n = size + 1;
        state = Arrays.copyOf(state, n);
        since = Arrays.copyOf(since, n);
        dueSince = Arrays.copyOf(dueSince, n);
        ranNs = Arrays.copyOf(ranNs, n);
        longestWait = Arrays.copyOf(longestWait, n);
        longestLate = Arrays.copyOf(longestLate, n);
        queuedOn = Arrays.copyOf(queuedOn, n);
        timerOn = Arrays.copyOf(timerOn, n);
        state[size] = Runstate.OFFLINE.ordinal();
        dueSince[size] = NONE;
        standstills.add(List.of());
        size++;
    }

    void runnable(int vcpu, long now, long due) {
        Runstate was = state(vcpu);
        if (was == Runstate.BLOCKED || was == Runstate.OFFLINE) {
            enter(vcpu, Runstate.RUNNABLE, now);
        }
        if (was != Runstate.RUNNING && due != NONE && dueSince[vcpu] == NONE) {
            dueSince[vcpu] = due;
        }
    }

    /** Where a vCPU is queued, and where the timer or event behind it was served. */
    public void blame(int vcpu, int queue, int timer) {
        queuedOn[vcpu] = queue;
        timerOn[vcpu] = timer;
    }

    void running(int vcpu, int cpu, long now, long firstInstruction) {
        long start = since[vcpu];
        if (now > start) {
            longestWait[vcpu] = Math.max(longestWait[vcpu], now - start);
            listener.waited(vcpu, cpu, start, now);
        }
        long due = dueSince[vcpu];
        if (due != NONE) {
            longestLate[vcpu] = Math.max(longestLate[vcpu], firstInstruction - due);
            listener.late(vcpu, cpu, due, firstInstruction);
            dueSince[vcpu] = NONE;
        }
        waitedOrLate(vcpu, due, start, firstInstruction);
        enter(vcpu, Runstate.RUNNING, now);
    }

    void stopped(int vcpu, int cpu, long now, Runstate next) {
        ranNs[vcpu] += now - since[vcpu];
        queuedOn[vcpu] = cpu;
        timerOn[vcpu] = cpu;
        listener.ran(vcpu, cpu, since[vcpu], now);
        enter(vcpu, next, now);
    }

    void offline(int vcpu, int cpu, long now) {
        if (state(vcpu) == Runstate.RUNNABLE) {
            long start = since[vcpu];
            longestWait[vcpu] = Math.max(longestWait[vcpu], now - start);
            listener.waited(vcpu, cpu, start, now);
            standstill(vcpu, start, now, Why.QUEUED, cpu);
            enter(vcpu, Runstate.OFFLINE, now);
        }
    }

    /** A vCPU held its pCPU without progress, waiting in Xen for a lock, a pause, or all other pCPUs. */
    public void spun(int vcpu, int cpu, long start, long end) {
        standstill(vcpu, start, end, Why.SPINNING, cpu);
    }

    /** A vCPU waited for an answer to its I/O, which was served on {@code cpu}, or with -1 nowhere yet. */
    public void waitedForIo(int vcpu, int cpu, long start, long end) {
        longestLate[vcpu] = Math.max(longestLate[vcpu], end - start);
        standstill(vcpu, start, end, Why.IO, cpu);
    }

    /** At the end of a run: a blocked vCPU's timer was due and has not been served. */
    public void overdue(int vcpu, int cpu, long due, long end) {
        if (state(vcpu) == Runstate.BLOCKED && due < end) {
            longestLate[vcpu] = Math.max(longestLate[vcpu], end - due);
            listener.late(vcpu, cpu, due, end);
            standstill(vcpu, due, end, Why.LATE, cpu);
        }
    }

    /** At the end of a run: closes what is open. */
    public void finish(int vcpu, int cpu, long end) {
        if (state(vcpu) == Runstate.RUNNING) {
            stopped(vcpu, cpu, end, Runstate.OFFLINE);
        } else if (state(vcpu) == Runstate.RUNNABLE) {
            long start = since[vcpu];
            longestWait[vcpu] = Math.max(longestWait[vcpu], end - start);
            listener.waited(vcpu, cpu, start, end);
            long due = dueSince[vcpu];
            if (due != NONE) {
                longestLate[vcpu] = Math.max(longestLate[vcpu], end - due);
                listener.late(vcpu, cpu, due, end);
            }
            waitedOrLate(vcpu, due, start, end);
            enter(vcpu, Runstate.OFFLINE, end);
        }
    }

    /** One stretch from the instant it was due, or runnable; the longer part of it says why. */
    private void waitedOrLate(int vcpu, long due, long runnableSince, long end) {
        if (due != NONE && due < runnableSince) {
            boolean queued = end - runnableSince > runnableSince - due;
            standstill(vcpu, due, end, queued ? Why.QUEUED : Why.LATE, queued ? queuedOn[vcpu] : timerOn[vcpu]);
        } else {
            standstill(vcpu, runnableSince, end, Why.QUEUED, queuedOn[vcpu]);
        }
    }

    private void standstill(int vcpu, long start, long end, Why why, int cpu) {
        if (end - start > keepAbove) {
            List<Standstill> list = standstills.get(vcpu);
            if (list.isEmpty()) {
                list = new ArrayList<>();
                standstills.set(vcpu, list);
            }
            list.add(new Standstill(start, end, why, cpu));
        }
    }

    private void enter(int vcpu, Runstate next, long now) {
        state[vcpu] = next.ordinal();
        since[vcpu] = now;
    }

    public Runstate state(int vcpu) {
        return RUNSTATES.get(state[vcpu]);
    }

    /** When the vCPU entered its run state. */
    public long since(int vcpu) {
        return since[vcpu];
    }

    /** Time in run state running, spins included, up to the last change of state. */
    public long ranNs(int vcpu) {
        return ranNs[vcpu];
    }

    public long longestWait(int vcpu) {
        return longestWait[vcpu];
    }

    public long longestLate(int vcpu) {
        return longestLate[vcpu];
    }

    /** Those that were kept, in no particular order. */
    public List<Standstill> standstills(int vcpu) {
        return List.copyOf(standstills.get(vcpu));
    }

    void fields(Fields f) {
        f.at("runstate", state);
        f.at("runstate-since", since);
        f.at("due-since", dueSince);
        f.at("ran", ranNs);
        f.at("longest-wait", longestWait);
        f.at("longest-late", longestLate);
        f.at("queued-on", queuedOn);
        f.at("timer-on", timerOn);
        for (int vcpu = 0; vcpu < size; vcpu++) {
            List<Standstill> old = standstills.get(vcpu);
            int n = f.at("standstills", old.size());
            if (n == 0 && old.isEmpty()) {
                continue;
            }
            List<Standstill> visited = new ArrayList<>(n);
            for (int i = 0; i < n; i++) {
                Standstill s = i < old.size() ? old.get(i) : new Standstill(0, 0, Why.QUEUED, 0);
                visited.add(new Standstill(
                        f.at("start", s.start()),
                        f.at("end", s.end()),
                        Why.values()[f.at("why", s.why().ordinal())],
                        f.at("where", s.cpu())));
            }
            if (f.reading()) {
                standstills.set(vcpu, n == 0 ? List.of() : visited);
            }
        }
    }
}
