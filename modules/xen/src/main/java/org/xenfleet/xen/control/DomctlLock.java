package org.xenfleet.xen.control;

import java.util.ArrayDeque;
import org.xenfleet.xen.Fields;

/**
 * Of domctls only one is in Xen at a time, whatever domain it is for. Who finds the lock taken makes a continuation at
 * once, and so tries again and again, between two tries in its guest: it can be preempted, but never gets on. Whoever has
 * been trying longest gets the lock when it is free. pCPUs go by number, times are ns. Used by one thread.
 *
 * <p>Source: xen-semantics section 5, M11. Simplified: which try comes first after the lock is free depends in Xen on where
 * each pCPU is in its round trip.
 */
public final class DomctlLock {
    private static final int FREE = -1;

    private final boolean exclusive;
    private int holder = FREE;
    private long heldSince;
    private final ArrayDeque<Integer> trying = new ArrayDeque<>(1);

    /** {@code exclusive} is false where any number may hold it. */
    public DomctlLock(boolean exclusive) {
        this.exclusive = exclusive;
    }

    /** Takes the lock for a pCPU, or notes that it goes on trying and returns false. */
    public boolean tryLock(int cpu, long now) {
        if (exclusive && holder != FREE) {
            trying.add(cpu);
            return false;
        }
        holder = cpu;
        heldSince = now;
        return true;
    }

    /** The pCPU whose next try will get the lock, or -1; nothing unless it is free. */
    public int next() {
        Integer next = holder == FREE ? trying.poll() : null;
        return next == null ? FREE : next;
    }

    /** The pCPU that tries does something else from now on. */
    public void stopTrying(int cpu) {
        trying.remove(cpu);
    }

    /** Gives the lock up; returns the pCPU whose next try will get it, or -1. */
    public int unlock() {
        holder = FREE;
        return next();
    }

    /** The pCPU that holds it, or -1. */
    public int holder() {
        return holder;
    }

    /** Since when it has been held; means nothing while it is free. */
    public long heldSince() {
        return heldSince;
    }

    public void fields(Fields f) {
        holder = f.at("domctl-holder", holder);
        heldSince = f.at("domctl-since", heldSince);
        int n = f.at("domctl-trying", trying.size());
        Integer[] old = trying.toArray(new Integer[0]);
        trying.clear();
        for (int i = 0; i < n; i++) {
            trying.add(f.at("trying", i < old.length ? old[i] : 0));
        }
    }
}
