package org.xenfleet.xen.p2m;

import java.util.ArrayList;
import java.util.List;
import org.xenfleet.xen.Fields;

/**
 * The reader-writer lock of a p2m, for pCPUs by number. Any number of readers hold it, or one writer. Who does not get it
 * spins on his pCPU until {@link #admit} lets him in. Used by one thread.
 *
 * <p>The lock of 4.2 to 4.6 has no queue: whoever finds it free has it, so that a new comer beats those who have been
 * spinning, who notice only some time after; readers pass waiting writers, unless it has the fix of XSA-114. The one from 4.7 on is fair: first come, first
 * served, readers that follow each other together.
 *
 * <p>Source: xen-semantics section 5, mechanisms M8 and M9.
 */
public final class P2mLock {
    /** What a taker is going to do. */
    public enum Side {
        READ,
        WRITE
    }

    private static final int NOBODY = -1;

    private record Waiter(int cpu, Side side) {}

    private final boolean fair;
    /** Whether a writer who waits keeps new readers out. */
    private final boolean writersFirst;

    private int writer = NOBODY;
    private final List<Integer> readers = new ArrayList<>(1);
    private final List<Waiter> waiters = new ArrayList<>(1);

    public P2mLock(P2mLockKind kind) {
        this.fair = kind == P2mLockKind.FAIR;
        this.writersFirst = kind == P2mLockKind.WRITE_BIASED;
    }

    /** Whether those who wait get in as soon as it is free. */
    public boolean isFair() {
        return fair;
    }

    /** Takes the lock, or lets the pCPU wait for it and returns false. */
    public boolean acquire(int cpu, Side side) {
        boolean mayPass = fair ? waiters.isEmpty() : side == Side.WRITE || !isWantedByWriter();
        if (mayPass && isOpen(side)) {
            enter(cpu, side);
            return true;
        }
        waiters.add(new Waiter(cpu, side));
        return false;
    }

    /** Gives up what the pCPU holds; those who wait are let in by {@link #admit}. */
    public void release(int cpu) {
        if (writer == cpu) {
            writer = NOBODY;
        } else if (!readers.remove((Integer) cpu)) {
            throw new IllegalStateException("pCPU " + cpu + " releases a lock that it does not hold");
        }
    }

    /** Whether {@link #admit} would let anybody in. */
    public boolean letsAnybodyIn() {
        if (waiters.isEmpty()) {
            return false;
        }
        if (isWantedByWriter()) {
            return isOpen(Side.WRITE);
        }
        return isOpen(waiters.get(0).side())
                || (!fair && isOpen(Side.READ) && waiters.stream().anyMatch(w -> w.side() == Side.READ));
    }

    /**
     * Lets in those of the waiting who find the lock open, in the order in which they began to wait: the first, and with a
     * reader the readers right behind it; without a queue also readers behind a writer that cannot enter yet.
     *
     * @return the pCPUs that hold it now and did not before
     */
    public List<Integer> admit() {
        List<Integer> admitted = new ArrayList<>(1);
        int at = 0;
        while (at < waiters.size()) {
            Waiter waiter = waiters.get(at);
            boolean mayPass = waiter.side() == Side.WRITE || !isWantedByWriter();
            if (isOpen(waiter.side()) && mayPass) {
                waiters.remove(at);
                enter(waiter.cpu(), waiter.side());
                admitted.add(waiter.cpu());
            } else if (fair) {
                break;
            } else {
                at++;
            }
        }
        return admitted;
    }

    /** Whether readers have to wait for a writer who waits. */
    private boolean isWantedByWriter() {
        return writersFirst && waiters.stream().anyMatch(w -> w.side() == Side.WRITE);
    }

    private boolean isOpen(Side side) {
        return writer == NOBODY && (side == Side.READ || readers.isEmpty());
    }

    private void enter(int cpu, Side side) {
        if (side == Side.WRITE) {
            writer = cpu;
        } else {
            readers.add(cpu);
        }
    }

    /** A pCPU that holds it, the writer if there is one; -1 when it is free. */
    public int holder() {
        return writer != NOBODY ? writer : readers.isEmpty() ? NOBODY : readers.get(0);
    }

    public boolean isHeldBy(int cpu) {
        return writer == cpu || readers.contains(cpu);
    }

    public void fields(Fields f) {
        writer = f.at("lock-writer", writer);
        int held = f.at("lock-readers", readers.size());
        List<Integer> oldReaders = List.copyOf(readers);
        readers.clear();
        for (int i = 0; i < held; i++) {
            readers.add(f.at("reader", i < oldReaders.size() ? oldReaders.get(i) : 0));
        }
        int n = f.at("lock-waiters", waiters.size());
        List<Waiter> old = List.copyOf(waiters);
        waiters.clear();
        for (int i = 0; i < n; i++) {
            Waiter waiter = i < old.size() ? old.get(i) : new Waiter(0, Side.READ);
            int cpu = f.at("waiter", waiter.cpu());
            waiters.add(new Waiter(
                    cpu, Side.values()[f.at("waiter-side", waiter.side().ordinal())]));
        }
    }
}
