package org.xenfleet.host;

import org.jspecify.annotations.Nullable;
import org.xenfleet.scenario.WorkingSet;
import org.xenfleet.timeline.Island;
import org.xenfleet.timeline.Timeline;
import org.xenfleet.xen.Fields;

/**
 * How one vCPU goes through its working set: a page every so much of its own CPU time, in turn. Times are ns. Used by one
 * thread.
 */
final class TouchPlan {
    private static final long PAGE = 4096;
    private static final int NOWHERE = -1;

    private final long pages;
    private final long interval;
    private long executed;
    private int cpu = NOWHERE;
    private long enteredAt;
    private Timeline.@Nullable Entry due;

    TouchPlan(WorkingSet set) {
        this.pages = Math.max(1, set.bytes() / PAGE);
        this.interval = set.touchIntervalNs();
    }

    /** Goes on, through another set, with what the vCPU has executed and where it is. */
    TouchPlan(WorkingSet set, TouchPlan before) {
        this(set);
        this.executed = before.executed;
        this.cpu = before.cpu;
        this.enteredAt = before.enteredAt;
    }

    void enter(int onCpu, long at) {
        cpu = onCpu;
        enteredAt = at;
    }

    void leave(long ran) {
        cpu = NOWHERE;
        executed += Math.max(0, ran);
    }

    int cpu() {
        return cpu;
    }

    boolean isInGuest() {
        return cpu != NOWHERE;
    }

    /** The first instant of a touch, if the vCPU stays in its guest, at which {@code memory} makes it fault, or -1. */
    long nextFault(GuestMemory memory, long now) {
        long done = executed + Math.max(0, now - enteredAt);
        long touches = (done + interval - 1) / interval;
        long at = Math.max(enteredAt, now) + touches * interval - done;
        return memory.firstFault(at, touches % pages, pages, interval);
    }

    /** The page touched at {@code now}. */
    long pageAt(long now) {
        return (executed + now - enteredAt) / interval % pages;
    }

    Timeline.@Nullable Entry due() {
        return due;
    }

    void setDue(Timeline.@Nullable Entry entry) {
        due = entry;
    }

    void fields(Fields f, Island island) {
        executed = f.at("executed", executed);
        cpu = f.at("touch-cpu", cpu);
        enteredAt = f.at("entered-at", enteredAt);
        due = HostActor.entry(f, "touch-due", due, island);
    }
}
