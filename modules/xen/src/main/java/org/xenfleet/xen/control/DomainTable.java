package org.xenfleet.xen.control;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.xenfleet.xen.Fields;

/**
 * The life of every domain of a host, by domid, and who still refers to it. A domain that is destroyed stays listed as long
 * as somebody holds a reference to it; then it is unlisted, and RCU frees it some time later. A stub domain holds a
 * reference to its target until it is freed itself. Times are ns. Used by one thread.
 *
 * <p>Source: xen-semantics sections 5 (M12) and 7.2, domain_kill.
 */
public final class DomainTable {
    /** In this order; a domain never goes back. */
    public enum Life {
        ALIVE,
        /** Shut down from within or by its watchdog: it does not run any more, and everything of it is still there. */
        SHUT_DOWN,
        /** Being destroyed. */
        DYING,
        /** Nothing but references keeps it listed. */
        DEAD,
        UNLISTED,
        FREED
    }

    private static final long NEVER = -1;

    private final int[] targets;
    private final Life[] life;
    private final int[] references;
    private final boolean[] pausedByController;
    private final long[] pausedSince;
    private final long[] pausedNs;
    /** Made when the first domain ends: on most hosts none does. */
    private @Nullable Ends ends;

    /** How domains ended, by domid. */
    private static final class Ends {
        private final long[] shutDownAt;
        private final boolean[] byWatchdog;
        private final long[] dyingAt;
        private final long[] unlistedAt;
        private final long[] freedAt;

        Ends(int domains) {
            shutDownAt = never(domains);
            byWatchdog = new boolean[domains];
            dyingAt = never(domains);
            unlistedAt = never(domains);
            freedAt = never(domains);
        }

        private static long[] never(int domains) {
            long[] times = new long[domains];
            Arrays.fill(times, NEVER);
            return times;
        }

        void fields(Fields f) {
            f.at("shut-down-at", shutDownAt);
            f.at("by-watchdog", byWatchdog);
            f.at("dying-at", dyingAt);
            f.at("unlisted-at", unlistedAt);
            f.at("freed-at", freedAt);
        }
    }

    /**
     * All domains alive and paused by their controller.
     *
     * @param targets by domid the domain that it has as its target, or -1
     */
    public DomainTable(int[] targets) {
        int n = targets.length;
        this.targets = targets.clone();
        this.life = new Life[n];
        this.references = new int[n];
        this.pausedByController = new boolean[n];
        this.pausedSince = new long[n];
        this.pausedNs = new long[n];
        Arrays.fill(life, Life.ALIVE);
        Arrays.fill(references, 1);
        Arrays.fill(pausedByController, true);
        for (int target : targets) {
            if (target >= 0) {
                references[target]++;
            }
        }
    }

    /** Whether a domid names a domain that is listed. */
    public boolean isListed(int domid) {
        return domid >= 0 && domid < life.length && life[domid].compareTo(Life.UNLISTED) < 0;
    }

    public Life life(int domid) {
        return life[domid];
    }

    public boolean isDying(int domid) {
        return life[domid].compareTo(Life.DYING) >= 0;
    }

    /** Whether its vCPUs may run at all. */
    public boolean isAlive(int domid) {
        return life[domid] == Life.ALIVE;
    }

    /** How many domains are listed. */
    public int listed() {
        int count = 0;
        for (int domid = 0; domid < life.length; domid++) {
            count += isListed(domid) ? 1 : 0;
        }
        return count;
    }

    /** The controller pauses it; false when it had done so before, which changes nothing. */
    public boolean pauseByController(int domid, long now) {
        boolean first = !pausedByController[domid];
        if (first) {
            pausedByController[domid] = true;
            pausedSince[domid] = now;
        }
        return first;
    }

    /** The controller unpauses it; false when it was not paused by it. */
    public boolean unpauseByController(int domid, long now) {
        boolean paused = pausedByController[domid];
        if (paused) {
            pausedByController[domid] = false;
            pausedNs[domid] += now - pausedSince[domid];
        }
        return paused;
    }

    /** Whether it never ran: paused since it was built, at time 0, when no call that pauses can be over. */
    public boolean isNew(int domid) {
        return pausedByController[domid] && pausedSince[domid] == 0;
    }

    /** Whether its controller has paused it. */
    public boolean isPaused(int domid) {
        return pausedByController[domid];
    }

    /** How long it has been paused by its controller up to {@code now}, from time 0 on. */
    public long pausedNs(int domid, long now) {
        return pausedNs[domid] + (pausedByController[domid] ? now - pausedSince[domid] : 0);
    }

    /** It stops running. False when it had stopped before. */
    public boolean shutDown(int domid, long now, boolean watchdog) {
        if (life[domid] != Life.ALIVE) {
            return false;
        }
        life[domid] = Life.SHUT_DOWN;
        ends().shutDownAt[domid] = now;
        ends().byWatchdog[domid] = watchdog;
        return true;
    }

    /** When it shut down, or -1. */
    public long shutDownAt(int domid) {
        return ends == null ? NEVER : ends.shutDownAt[domid];
    }

    /** Whether it was its watchdog that shut it down. */
    public boolean isByWatchdog(int domid) {
        return ends != null && ends.byWatchdog[domid];
    }

    public void markDying(int domid, long now) {
        life[domid] = Life.DYING;
        ends().dyingAt[domid] = now;
    }

    /** All it had is given back; drops the reference of the table itself. Returns whether it was the last. */
    public boolean markDead(int domid, long now) {
        life[domid] = Life.DEAD;
        return put(domid, now);
    }

    private boolean put(int domid, long now) {
        references[domid]--;
        if (references[domid] > 0) {
            return false;
        }
        life[domid] = Life.UNLISTED;
        ends().unlistedAt[domid] = now;
        return true;
    }

    /** RCU's callback frees it. Returns the domain that is unlisted because this held the last reference to it, or -1. */
    public int free(int domid, long now) {
        life[domid] = Life.FREED;
        ends().freedAt[domid] = now;
        int target = targets[domid];
        return target >= 0 && put(target, now) ? target : -1;
    }

    /** When its destruction began, or -1. */
    public long dyingAt(int domid) {
        return ends == null ? NEVER : ends.dyingAt[domid];
    }

    /** When it was no longer listed, or -1. */
    public long unlistedAt(int domid) {
        return ends == null ? NEVER : ends.unlistedAt[domid];
    }

    /** When the last of it was freed, or -1. */
    public long freedAt(int domid) {
        return ends == null ? NEVER : ends.freedAt[domid];
    }

    public void fields(Fields f) {
        for (int domid = 0; domid < life.length; domid++) {
            life[domid] = Life.values()[f.at("life", life[domid].ordinal())];
        }
        f.at("references", references);
        f.at("paused-by-controller", pausedByController);
        f.at("paused-since", pausedSince);
        f.at("paused", pausedNs);
        if (f.at("ended", ends != null)) {
            ends().fields(f);
        }
    }

    private Ends ends() {
        if (ends == null) {
            ends = new Ends(life.length);
        }
        return ends;
    }
}
