package org.xenfleet.host;

import org.jspecify.annotations.Nullable;
import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.xen.Access;
import org.xenfleet.xen.Costs;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.operation.RangeRequest;
import org.xenfleet.xen.p2m.P2m;
import org.xenfleet.xen.p2m.P2mLock;
import org.xenfleet.xen.p2m.RangeWalk;
import org.xenfleet.xen.p2m.RangeWork;

/**
 * A domain's p2m with its lock and the walk that a call is making over it: the map is brought up to date when the walk
 * ends, and asked through the walk until then. Times are ns. Used by one thread.
 */
final class GuestMemory {
    private static final int NOBODY = -1;

    private final P2m p2m;
    private final P2mLock lock = new P2mLock();
    private final Costs costs;
    private final @Nullable RangeRequest[] waitingRequest;

    private int walker = NOBODY;
    private RangeRequest request = new RangeRequest(true, 0, 0, 0, 0);
    private long walkSince;
    private long walkSincePage;
    private int dirtyCpus;
    /** Made anew from the fields above when it is missing. */
    private @Nullable RangeWalk walk;

    GuestMemory(DomainPlan plan, int cpus, Costs costs) {
        this.p2m = new P2m(plan.ramPages(), plan.poolPages());
        this.costs = costs;
        this.waitingRequest = new RangeRequest[cpus];
    }

    P2m p2m() {
        return p2m;
    }

    P2mLock lock() {
        return lock;
    }

    /** A call waits for the lock, spinning on its pCPU. */
    void queue(int cpu, RangeRequest with) {
        waitingRequest[cpu] = with;
    }

    /** The call of a pCPU that has just got the lock, or null when a fault handler waited there. */
    @Nullable
    RangeRequest takeQueued(int cpu) {
        RangeRequest queued = waitingRequest[cpu];
        waitingRequest[cpu] = null;
        return queued;
    }

    /** The call of that pCPU, which holds the lock, begins to walk. */
    RangeWork beginWalk(int cpu, RangeRequest with, int dirty, long now) {
        walker = cpu;
        request = with;
        walkSince = now;
        walkSincePage = 0;
        dirtyCpus = dirty;
        walk = null;
        return walk().work();
    }

    /** Its first {@code pages} entries are rewritten. */
    void endWalk(long pages) {
        p2m.rewrite(request.first(), pages, Access.ofCode(request.access()).orElseThrow());
        walker = NOBODY;
    }

    /** From {@code now} on so many pCPUs have to be flushed for a present page. */
    void flushMaskChanged(int dirty, long now) {
        RangeWalk changed = walk().withDirtyCpus(dirty, now);
        walkSince = changed.since();
        walkSincePage = changed.sincePage();
        dirtyCpus = dirty;
        walk = changed;
    }

    private RangeWalk walk() {
        if (walk == null) {
            RangeWork work = p2m.plan(request.first(), request.nr());
            walk = new RangeWalk(work, costs, dirtyCpus, walkSince, walkSincePage);
        }
        return walk;
    }

    boolean isWalked() {
        return walker != NOBODY;
    }

    int walker() {
        return walker;
    }

    /**
     * When a vCPU that touches page after page of its working set trips over one for the first time, or -1.
     *
     * @param nextTouch instant of its next touch
     * @param page the page it touches then
     * @param pages size of the working set
     * @param interval between two touches
     */
    long firstFault(long nextTouch, long page, long pages, long interval) {
        long steps = p2m.stepsToFault(page, pages);
        long byMap = steps < 0 ? -1 : nextTouch + steps * interval;
        if (!isWalked() || Access.ofCode(request.access()).orElseThrow().write()) {
            return byMap;
        }
        long byWalk = firstFaultOfWalk(nextTouch, page, pages, interval);
        return byMap < 0 || (byWalk >= 0 && byWalk < byMap) ? byWalk : byMap;
    }

    private long firstFaultOfWalk(long nextTouch, long page, long pages, long interval) {
        long last = walk().end() + pages * interval;
        long at = page;
        for (long time = nextTouch; time <= last; time += interval) {
            if (isPassed(at, time)) {
                return time;
            }
            at = (at + 1) % pages;
        }
        return -1;
    }

    /** Whether the walk has rewritten a mapped page by then. */
    private boolean isPassed(long gfn, long time) {
        RangeWalk under = walk();
        long index = gfn - under.work().first();
        return index >= 0 && index < under.work().pages() && p2m.isMapped(gfn) && time >= under.timeOf(index + 1);
    }

    /** Whether a write to the page faults at {@code now}. */
    boolean faultsAt(long gfn, long now) {
        if (isWalked() && isPassed(gfn, now)) {
            return !Access.ofCode(request.access()).orElseThrow().write();
        }
        return p2m.faultsOnWrite(gfn);
    }

    void fields(Fields f) {
        p2m.fields(f);
        lock.fields(f);
        for (int cpu = 0; cpu < waitingRequest.length; cpu++) {
            RangeRequest r = waitingRequest[cpu];
            if (f.at("waiting", r != null)) {
                waitingRequest[cpu] = (r == null ? request : r).fields(f);
            } else {
                waitingRequest[cpu] = null;
            }
        }
        walker = f.at("walker", walker);
        request = request.fields(f);
        walkSince = f.at("walk-since", walkSince);
        walkSincePage = f.at("walk-since-page", walkSincePage);
        dirtyCpus = f.at("walk-dirty-cpus", dirtyCpus);
        if (f.reading()) {
            walk = null;
        }
    }
}
