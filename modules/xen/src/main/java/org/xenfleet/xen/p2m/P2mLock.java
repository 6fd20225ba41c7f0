package org.xenfleet.xen.p2m;

import java.util.ArrayDeque;
import org.xenfleet.xen.Fields;

/**
 * The write side of a p2m's lock, for pCPUs by number. Waiters spin on their pCPUs and get in first come, first served.
 * Used by one thread.
 *
 * <p>Source: xen-semantics section 1.5 (held for a slice) and mechanism M8/M9. Simplified: the lock of 4.2 to 4.6 has no
 * queue, and a waiter may lose against the next slice.
 */
public final class P2mLock {
    private static final int FREE = -1;

    private int holder = FREE;
    private final ArrayDeque<Integer> waiters = new ArrayDeque<>(1);

    /** Takes the lock, or queues the pCPU for it and returns false. */
    public boolean acquire(int cpu) {
        if (holder == FREE) {
            holder = cpu;
            return true;
        }
        waiters.add(cpu);
        return false;
    }

    /** Releases the lock; returns the pCPU that holds it now, or -1. */
    public int release(int cpu) {
        if (holder != cpu) {
            throw new IllegalStateException("pCPU " + cpu + " releases a lock that " + holder + " holds");
        }
        Integer next = waiters.poll();
        holder = next == null ? FREE : next;
        return holder;
    }

    public int holder() {
        return holder;
    }

    public void fields(Fields f) {
        holder = f.at("lock-holder", holder);
        int n = f.at("lock-waiters", waiters.size());
        Integer[] old = waiters.toArray(new Integer[0]);
        waiters.clear();
        for (int i = 0; i < n; i++) {
            waiters.add(f.at("waiter", i < old.length ? old[i] : 0));
        }
    }
}
