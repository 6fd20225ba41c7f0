package org.xenfleet.host;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.xenfleet.host.protocol.HypercallPath.Hypercall;
import org.xenfleet.host.protocol.HypercallPath.SliceBegins;
import org.xenfleet.xen.Costs;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.operation.CallRequest;
import org.xenfleet.xen.operation.Operation.Cadence;
import org.xenfleet.xen.p2m.RangeWalk;
import org.xenfleet.xen.p2m.RangeWork;

/**
 * The hypercall that a pCPU is in: its arguments, and once it holds the lock, how far it is and where it stops. Times are
 * ns. Used by one thread.
 */
final class Slice {
    private static final long NOT_CUT = -1;
    /** In place of where it is cut: it began on a Xen without tests, and is never. */
    private static final long NEVER_CUT = -2;

    private final Costs costs;
    private final Hypercall call;
    /** When the call entered Xen; the slice is all of that where the call has stages. */
    private final long enteredAt;

    private final boolean staged;
    private long lockedSince;
    private int targetDomid;
    /** Whose iterations are under way. */
    private int working;
    /** Iterations of stages that are done. */
    private long done;

    private int result;
    private long claim;
    private @Nullable RangeWalk walk;
    private long stopPage = NOT_CUT;

    Slice(Hypercall call, boolean staged, long enteredAt, Costs costs) {
        this.call = call;
        this.staged = staged;
        this.enteredAt = enteredAt;
        this.costs = costs;
    }

    boolean isStaged() {
        return staged;
    }

    /** The entry of the catalogue whose iterations are under way. */
    int working() {
        return working;
    }

    long enteredAt() {
        return enteredAt;
    }

    /** Iterations of the stages that are done. */
    long done() {
        return done;
    }

    /** The work of a stage is done. */
    void stageDone() {
        done += stopPage();
        walk = null;
    }

    Hypercall call() {
        return call;
    }

    int targetDomid() {
        return targetDomid;
    }

    /** When the slice began. */
    long start() {
        return staged ? enteredAt : lockedSince;
    }

    void begin(SliceBegins granted, long now) {
        targetDomid = granted.targetDomid();
        working = granted.operation();
        stopPage = NOT_CUT;
        result = granted.result();
        claim = granted.claim();
        lockedSince = now;
        walk = RangeWalk.start(granted.work(), costs, granted.dirtyCpus(), now);
    }

    boolean hasBegun() {
        return walk != null;
    }

    /** Something is pending from {@code now} on: the operation stops at its next test, if it has any. */
    void pending(long now, Cadence cadence) {
        if (stopPage == NOT_CUT && cadence.isPreemptible()) {
            stopPage = begun().stopAfter(now, cadence.every(), cadence.beforeFirst());
        }
    }

    /** The operation tests from now on, but whoever is in it is still in the one that did not. */
    void goesOnUncut() {
        if (stopPage == NOT_CUT) {
            stopPage = NEVER_CUT;
        }
    }

    /**
     * From {@code now} on the work costs something else; {@code unit} is what an iteration does. Returns whether the slice ends
     * at another time: one that only waits for its last flush ends as it would have.
     */
    boolean changeCosts(long unit, Costs newCosts, long now) {
        long worked = begun().timeOf(stopPage());
        boolean works = now < worked;
        RangeWalk changed = begun().withCosts(unit, newCosts, now);
        walk = works ? changed : new RangeWalk(changed.work(), newCosts, changed.dirtyCpus(), worked, stopPage());
        return works;
    }

    /** How often each iteration does what costs {@code once}; 1 where that is nothing. */
    long within(long once) {
        return once == 0 ? 1 : begun().work().unit() / once;
    }

    /** The call comes to its end with the iteration that is under way at {@code now}. */
    void endsNext(long now) {
        long complete = begun().pagesAt(now);
        boolean between = complete > 0 && begun().timeOf(complete) == now;
        long last = between ? complete : complete + 1;
        if (stopPage < 0 || stopPage > last) {
            RangeWork shorter = begun().work().endingAfter(last);
            walk = new RangeWalk(shorter, costs, begun().dirtyCpus(), begun().since(), begun().sincePage());
            stopPage = NOT_CUT;
        }
    }

    /** A flush under way at the end of the slice ends at its old cost. */
    void flushMaskChanged(int dirtyCpus, long now) {
        boolean inLastFlush = begun().work().flushAtEnd() && now >= begun().timeOf(stopPage());
        if (!inLastFlush) {
            walk = begun().withDirtyCpus(dirtyCpus, now);
        }
    }

    /** Pages at which the slice ends. */
    long stopPage() {
        return stopPage < 0 ? begun().work().pages() : stopPage;
    }

    long endTime() {
        return begun().endAfter(stopPage());
    }

    boolean endsTheCall() {
        return stopPage() == begun().work().pages();
    }

    /** What the call returns if this slice ends it. */
    int result() {
        return result;
    }

    /** Pages of memory that are set aside for the slice. */
    long claim() {
        return claim;
    }

    long pagesAt(long now) {
        return done + (walk == null ? 0 : Math.min(walk.pagesAt(now), stopPage()));
    }

    /** The arguments of the call's next entry when the slice is cut off. */
    CallRequest remaining(Cadence cadence) {
        return working == call.operation() ? cadence.progress().advance(call.request(), stopPage()) : call.request();
    }

    private RangeWalk begun() {
        if (walk == null) {
            throw new IllegalStateException("the slice has not begun");
        }
        return walk;
    }

    /**
     * Visits the slice of a pCPU, if there is one; gives back the one to go on with.
     *
     * @param flushesAtEnd by the operation's number, whether its flushes come at the end of a slice
     */
    static @Nullable Slice visit(Fields f, @Nullable Slice slice, Costs costs, IntPredicate flushesAtEnd) {
        boolean inCall = f.at("in-call", slice != null);
        if (!inCall) {
            return null;
        }
        CallRequest r = slice == null ? CallRequest.NONE : slice.call.request();
        int vcpu = f.at("caller", slice == null ? 0 : slice.call.vcpu());
        int operation = f.at("operation", slice == null ? 0 : slice.call.operation());
        CallRequest request = r.fields(f);
        boolean hasStages = f.at("staged", slice != null && slice.staged);
        long entered = f.at("entered-at", slice == null ? 0 : slice.enteredAt);
        Slice visited = f.reading() || slice == null
                ? new Slice(new Hypercall(vcpu, operation, request), hasStages, entered, costs)
                : slice;
        visited.targetDomid = f.at("target-domid", visited.targetDomid);
        visited.working = f.at("working", visited.working);
        visited.done = f.at("stages-done", visited.done);
        visited.result = f.at("result", visited.result);
        visited.claim = f.at("claim", visited.claim);
        visited.lockedSince = f.at("locked-since", visited.lockedSince);
        visited.stopPage = f.at("stop-page", visited.stopPage);
        visited.visitWalk(f, flushesAtEnd.test(operation));
        return visited;
    }

    private void visitWalk(Fields f, boolean flushAtEnd) {
        if (!f.at("walking", walk != null)) {
            return;
        }
        RangeWalk w = walk == null ? new RangeWalk(RangeWork.even(0, 0), costs, 0, 0, 0) : walk;
        int n = f.at("segments", w.work().segments().size());
        List<RangeWork.Segment> segments = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            RangeWork.Segment s = i < w.work().segments().size()
                    ? w.work().segments().get(i)
                    : new RangeWork.Segment(0, 0, false, false, false);
            segments.add(new RangeWork.Segment(
                    f.at("gfn", s.gfn()),
                    f.at("pages", s.pages()),
                    f.at("present", s.present()),
                    f.at("needs-tables", s.needsTables()),
                    f.at("opens-block", s.opensBlock())));
        }
        RangeWork work = new RangeWork(
                f.at("work-first", w.work().first()),
                f.at("work-pages", w.work().pages()),
                segments,
                f.at("work-unit", w.work().unit()),
                f.at("work-exhausted", w.work().exhausted()),
                flushAtEnd);
        walk = new RangeWalk(
                work,
                costs,
                f.at("dirty-cpus", w.dirtyCpus()),
                f.at("since", w.since()),
                f.at("since-page", w.sincePage()));
    }
}
