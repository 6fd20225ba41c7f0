package org.xenfleet.host;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.host.protocol.HypercallPath.Admit;
import org.xenfleet.xen.Access;
import org.xenfleet.xen.Costs;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.operation.CallRequest;
import org.xenfleet.xen.operation.Operation;
import org.xenfleet.xen.operation.Operation.Effect;
import org.xenfleet.xen.operation.OperationCatalogue;
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
    private static final Admit NO_CALL = new Admit(NOBODY, 0, CallRequest.NONE, 0);

    private final P2m p2m;
    private final P2mLock lock;
    private Costs costs;
    private final OperationCatalogue catalogue;
    private final Predicate<Operation> flushesAtEnd;
    private final int cpus;
    /** Whether faults are handled while a call walks: what the walk has changed by then has to be in the p2m. */
    private final boolean healsWhileWalked;
    /** By pCPU; none as long as nobody had to wait. */
    private @Nullable Admit @Nullable [] waiting;

    private int walker = NOBODY;
    private Admit call = NO_CALL;
    private long walkSince;
    private long walkSincePage;
    /** Entries that the walk has changed and that are in the p2m already. */
    private long written;

    private int dirtyCpus;
    /** Made anew from the fields above when it is missing. */
    private @Nullable RangeWalk walk;

    GuestMemory(DomainPlan plan, HostPlan host, OperationCatalogue catalogue) {
        this.p2m = new P2m(plan.ramPages(), plan.poolPages());
        if (plan.maxGfn() > p2m.maxMappedGfn()) {
            p2m.raiseMaxGfn(plan.maxGfn());
        }
        this.lock = new P2mLock(host.p2mLockKind());
        this.costs = host.costs();
        this.catalogue = catalogue;
        this.flushesAtEnd = host::flushesAtEnd;
        this.cpus = host.topology().cpus();
        this.healsWhileWalked = host.faultsPass();
    }

    P2m p2m() {
        return p2m;
    }

    P2mLock lock() {
        return lock;
    }

    /** A call waits for the lock, spinning on its pCPU. */
    void queue(Admit waitingCall) {
        if (waiting == null) {
            waiting = new Admit[cpus];
        }
        waiting[waitingCall.cpu()] = waitingCall;
    }

    /** The call of a pCPU that has just got the lock, or null when a fault handler waited there. */
    @Nullable
    Admit takeQueued(int cpu) {
        if (waiting == null) {
            return null;
        }
        Admit queued = waiting[cpu];
        waiting[cpu] = null;
        return queued;
    }

    /** A call whose pCPU holds the lock begins to walk. */
    RangeWork beginWalk(Admit admitted, int dirty, long now) {
        walker = admitted.cpu();
        call = admitted;
        walkSince = now;
        walkSincePage = 0;
        written = 0;
        dirtyCpus = dirty;
        walk = null;
        return walk().work();
    }

    /** Its first {@code pages} entries are changed. */
    void endWalk(long pages) {
        long first = walk().work().first();
        switch (effect()) {
            case SET_ACCESS, WRITE_PROTECT -> write(pages);
            case GIVE_BACK -> p2m.unmap(first, pages);
            case TAKE -> p2m.map(first, pages);
            case RELINQUISH, NONE -> {}
        }
        walker = NOBODY;
    }

    /** The handler of a fault makes a page rwx again; a walk that has passed the page does not come back to it. */
    void heal(long gfn, long now) {
        if (isWalked() && setsAccess() && isPassed(gfn, now)) {
            long pages = walk().pagesAt(now);
            walkSince = walk().timeOf(pages);
            walkSincePage = pages;
            write(pages);
            walk = null;
        }
        p2m.rewrite(gfn, 1, Access.RWX);
    }

    /** Puts what the walk has changed into the p2m. */
    private void write(long pages) {
        if (pages > written) {
            p2m.rewrite(walk().work().first() + written, pages - written, newAccess());
            written = pages;
        }
    }

    /** What an operation has changed that did not wait for the walk of another; only where nobody waits for the lock. */
    void changeWithoutWalk(Operation operation, long pages) {
        switch (operation.effect()) {
            case GIVE_BACK -> p2m.unmap(p2m.mappedEnd() - pages, pages);
            case TAKE -> p2m.map(p2m.lowestHole(), pages);
            case WRITE_PROTECT -> p2m.rewrite(0, pages, Access.RX);
            case SET_ACCESS, RELINQUISH, NONE -> {}
        }
    }

    /**
     * A guest gives the highest of its pages back, the lowest of them first, and gets new ones where the lowest are
     * missing: so its RAM stays without a gap once a call is over.
     */
    private RangeWork plan() {
        Operation operation = catalogue.at(call.operation());
        long unit = catalogue.unit(operation, call.request(), call.within(), costs);
        RangeWork work = switch (effect()) {
            case SET_ACCESS -> p2m.plan(call.request().next(), call.limit(), unit);
            case GIVE_BACK -> p2m.plan(p2m.mappedEnd() - call.limit(), call.limit(), unit);
            case TAKE -> p2m.plan(p2m.lowestHole(), call.limit(), unit);
            case WRITE_PROTECT -> p2m.plan(0, call.limit(), unit);
            case RELINQUISH, NONE -> RangeWork.even(call.limit(), unit);
        };
        return flushesAtEnd.test(operation) ? work.flushingAtEnd() : work;
    }

    private Effect effect() {
        return catalogue.at(call.operation()).effect();
    }

    private boolean setsAccess() {
        return effect() == Effect.SET_ACCESS || effect() == Effect.WRITE_PROTECT;
    }

    private Access newAccess() {
        return effect() == Effect.WRITE_PROTECT
                ? Access.RX
                : p2m.resolve(catalogue
                        .at(call.operation())
                        .access()
                        .accepted(call.request().accessCode())
                        .orElseThrow());
    }

    /** Whether the walk takes the right to write from pages. */
    private boolean forbidsWriting() {
        return isWalked() && setsAccess() && !newAccess().write();
    }

    /** From {@code now} on so many pCPUs have to be flushed for a present page. */
    void flushMaskChanged(int dirty, long now) {
        RangeWalk changed = walk().withDirtyCpus(dirty, now);
        walkSince = changed.since();
        walkSincePage = changed.sincePage();
        dirtyCpus = dirty;
        walk = changed;
    }

    /** From {@code now} on a walk costs something else. */
    void changeCosts(Costs newCosts, long now) {
        if (isWalked()) {
            long unit = catalogue.unit(catalogue.at(call.operation()), call.request(), call.within(), newCosts);
            RangeWalk changed = walk().withCosts(unit, newCosts, now);
            walkSince = changed.since();
            walkSincePage = changed.sincePage();
            walk = changed;
        }
        costs = newCosts;
    }

    private RangeWalk walk() {
        if (walk == null) {
            walk = new RangeWalk(plan(), costs, dirtyCpus, walkSince, walkSincePage);
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
        if (!forbidsWriting()) {
            return byMap;
        }
        long byWalk = firstFaultOfWalk(nextTouch, page, pages, interval);
        return byMap < 0 || (byWalk >= 0 && byWalk < byMap) ? byWalk : byMap;
    }

    /**
     * A page that the walk has not reached when it is touched tells when it will: no touch of a higher page before that can
     * fault. So the search leaps from touch to touch, and over what the walk does not work on.
     */
    private long firstFaultOfWalk(long nextTouch, long page, long pages, long interval) {
        RangeWalk under = walk();
        long origin = under.work().first();
        long first = origin + written;
        long end = Math.min(pages, origin + under.work().pages());
        if (first >= end) {
            return -1;
        }
        long last = under.end() + 2 * pages * interval;
        long at = page;
        long time = nextTouch;
        while (time <= last) {
            long leap;
            if (at < first) {
                leap = first - at;
            } else if (at >= end) {
                leap = pages - at;
            } else {
                long passed = under.timeOf(at - origin + 1);
                if (time >= passed && p2m.isMapped(at)) {
                    return time;
                }
                leap = time >= passed ? 1 : Math.min(pages - at, (passed - time + interval - 1) / interval);
            }
            at = (at + leap) % pages;
            time += leap * interval;
        }
        return -1;
    }

    /** Whether the walk has rewritten a mapped page by then, and that is not in the p2m yet. */
    private boolean isPassed(long gfn, long time) {
        RangeWalk under = walk();
        long index = gfn - under.work().first();
        return index >= written && index < under.work().pages() && p2m.isMapped(gfn) && time >= under.timeOf(index + 1);
    }

    /** Whether a write to the page faults at {@code now}. */
    boolean faultsAt(long gfn, long now) {
        if (isWalked() && setsAccess() && isPassed(gfn, now)) {
            return forbidsWriting();
        }
        return p2m.faultsOnWrite(gfn);
    }

    void fields(Fields f) {
        p2m.fields(f);
        lock.fields(f);
        @Nullable Admit[] old = waiting;
        if (f.reading()) {
            waiting = null;
        }
        for (int cpu = 0; cpu < cpus; cpu++) {
            Admit queued = old == null ? null : old[cpu];
            if (f.at("waiting", queued != null)) {
                Admit visited = visit(f, queued == null ? NO_CALL : queued);
                if (f.reading()) {
                    queue(visited);
                }
            }
        }
        walker = f.at("walker", walker);
        call = visit(f, call);
        walkSince = f.at("walk-since", walkSince);
        walkSincePage = f.at("walk-since-page", walkSincePage);
        dirtyCpus = f.at("walk-dirty-cpus", dirtyCpus);
        if (healsWhileWalked) {
            written = f.at("walk-written", written);
        }
        if (f.reading()) {
            walk = null;
        }
    }

    private Admit visit(Fields f, Admit admitted) {
        int cpu = f.at("cpu", admitted.cpu());
        int operation = f.at("operation", admitted.operation());
        Admit visited = new Admit(
                cpu,
                operation,
                admitted.request().fields(f),
                f.at("limit", admitted.limit()),
                catalogue.at(operation).extent().isSingle() ? 1 : f.at("within", admitted.within()));
        return f.reading() ? visited : admitted;
    }
}
