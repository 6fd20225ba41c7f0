package org.xenfleet.xen.p2m;

import org.xenfleet.xen.Costs;

/**
 * A {@link RangeWork} under way on a pCPU: which entry is complete when. The cost of a flush follows the target's dirty
 * mask; an entry that is being rewritten when the mask changes ends at its old cost. Immutable; times in ns.
 *
 * @param sincePage entries that were complete at {@code since}
 */
public record RangeWalk(RangeWork work, Costs costs, int dirtyCpus, long since, long sincePage) {

    public static RangeWalk start(RangeWork work, Costs costs, int dirtyCpus, long now) {
        return new RangeWalk(work, costs, dirtyCpus, now, 0);
    }

    /** When the first {@code pages} entries, at least those of {@code sincePage}, are complete. */
    public long timeOf(long pages) {
        return since + work.costOf(pages, costs, dirtyCpus) - work.costOf(sincePage, costs, dirtyCpus);
    }

    /** Entries complete at {@code now}. */
    public long pagesAt(long now) {
        if (now < since) {
            return Math.max(0, sincePage - 1);
        }
        return work.completeAfter(now - since + work.costOf(sincePage, costs, dirtyCpus), costs, dirtyCpus);
    }

    /** When the walk is over if it ends after {@code pages} entries, at least those of {@code sincePage}. */
    public long endAfter(long pages) {
        return timeOf(pages) + work.flushAfter(pages, costs, dirtyCpus);
    }

    public long end() {
        return endAfter(work.pages());
    }

    /**
     * Where a walk that tests for preemption after every {@code every} entries stops when something is pending from
     * {@code pendingSince} on: entries complete at the first test at or after that instant, or all.
     *
     * @param beforeFirst whether there is a test before the first entry too
     */
    public long stopAfter(long pendingSince, long every, boolean beforeFirst) {
        long complete = pagesAt(pendingSince);
        boolean tested = complete > 0 ? complete % every == 0 : beforeFirst;
        boolean testing = tested && timeOf(complete) == pendingSince;
        long stop = testing ? complete : (complete / every + 1) * every;
        return Math.min(stop, work.pages());
    }

    /** The same walk at other costs from {@code now} on; an entry that is being rewritten ends at its old cost. */
    public RangeWalk withCosts(long newUnit, Costs newCosts, long now) {
        long at = since;
        long page = sincePage;
        if (now >= since) {
            long complete = pagesAt(now);
            boolean between = complete == work.pages() || timeOf(complete) == now;
            page = between ? complete : complete + 1;
            at = timeOf(page);
        }
        return new RangeWalk(work.withUnit(newUnit), newCosts, dirtyCpus, at, page);
    }

    /** The same walk from {@code now} on, when the dirty mask changes. */
    public RangeWalk withDirtyCpus(int newDirtyCpus, long now) {
        long complete = pagesAt(now);
        if (complete == work.pages()) {
            return this;
        }
        if (timeOf(complete) == now || now < since) {
            long at = Math.max(now, since);
            return new RangeWalk(work, costs, newDirtyCpus, at, now < since ? sincePage : complete);
        }
        return new RangeWalk(work, costs, newDirtyCpus, timeOf(complete + 1), complete + 1);
    }
}
