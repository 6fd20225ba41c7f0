package org.xenfleet.xen.control;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.xenfleet.xen.Fields;

/**
 * Callbacks that run once every pCPU has passed a quiescent state, which it does whenever it serves its softirqs. One grace
 * period at a time: what is queued while one goes on waits for the next. pCPUs and callbacks go by number. Used by one
 * thread.
 *
 * <p>Source: xen-semantics section 5, M12. Simplified: Xen waits for a pCPU's next softirq, here it is asked for one, as
 * Xen does when many callbacks are queued; so a grace period on a host that behaves takes microseconds and not up to a
 * second.
 */
public final class RcuBatches {
    private final BitSet missing = new BitSet();
    /** pCPUs on which a read lock is never dropped, so that they pass no quiescent state any more. */
    private final BitSet leaked = new BitSet();

    private List<Integer> current = new ArrayList<>(1);
    private List<Integer> next = new ArrayList<>(1);

    /** Queues a callback. Returns whether {@link #begin} is to be called, because no grace period is going on. */
    public boolean queue(int callback) {
        next.add(callback);
        return current.isEmpty();
    }

    /** Begins a grace period for all that is queued, which these pCPUs have to pass; an empty set passes at once. */
    public void begin(BitSet cpus) {
        current = next;
        next = new ArrayList<>(1);
        missing.clear();
        missing.or(cpus);
    }

    /** A pCPU has served its softirqs. Returns whether that ends the grace period; {@link #takeDone} follows then. */
    public boolean passed(int cpu) {
        if (!missing.get(cpu) || leaked.get(cpu)) {
            return false;
        }
        missing.clear(cpu);
        return missing.isEmpty();
    }

    /** The callbacks whose grace period is over. */
    public List<Integer> takeDone() {
        List<Integer> done = current;
        current = new ArrayList<>(1);
        return done;
    }

    /** A call has taken a read lock on the pCPU and will never drop it. */
    public void leak(int cpu) {
        leaked.set(cpu);
    }

    /** A pCPU that keeps grace periods from ending, one that never lets them end if there is one; -1 for none. */
    public int waitsFor() {
        return leaked.isEmpty() ? missing.nextSetBit(0) : leaked.nextSetBit(0);
    }

    /** The callbacks whose grace period is going on. */
    public List<Integer> current() {
        return List.copyOf(current);
    }

    public boolean hasQueued() {
        return !next.isEmpty();
    }

    /** The pCPUs that have not passed yet; must not be changed. */
    public BitSet missing() {
        return missing;
    }

    public void fields(Fields f, int cpus) {
        for (int cpu = 0; cpu < cpus; cpu++) {
            int state = f.at("rcu-missing", (missing.get(cpu) ? 1 : 0) + (leaked.get(cpu) ? 2 : 0));
            missing.set(cpu, (state & 1) != 0);
            leaked.set(cpu, (state & 2) != 0);
        }
        visit(f, "rcu-current", current);
        visit(f, "rcu-next", next);
    }

    private static void visit(Fields f, String name, List<Integer> callbacks) {
        int n = f.at(name, callbacks.size());
        List<Integer> old = List.copyOf(callbacks);
        callbacks.clear();
        for (int i = 0; i < n; i++) {
            callbacks.add(f.at("callback", i < old.size() ? old.get(i) : 0));
        }
    }
}
