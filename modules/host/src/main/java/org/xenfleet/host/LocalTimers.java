package org.xenfleet.host;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.Timeline;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.XenTimers;
import org.xenfleet.xen.XenTimers.Kind;
import org.xenfleet.xen.XenTimers.Timer;

/**
 * The Xen timers homed on a pCPU and its LAPIC timer, which is programmed for the earliest of them and fires once: until
 * the TIMER softirq has run it stays silent, whatever becomes due. Times are ns. Used by one thread.
 */
final class LocalTimers {
    private final HostContext host;
    private final int cpu;
    private final Message interrupt;
    private final long delay;
    private final XenTimers timers = new XenTimers();
    private Timeline.@Nullable Entry lapic;
    private boolean silent;

    /** {@code interrupt} is what the pCPU is told when the LAPIC timer fires. */
    LocalTimers(HostContext host, int cpu, Message interrupt) {
        this.host = host;
        this.cpu = cpu;
        this.interrupt = interrupt;
        this.delay = host.plan().timerDelay();
    }

    /** Sets a timer for {@code at}, or takes it back when that is -1. */
    void set(Kind kind, int id, long at) {
        put(kind, id, at);
        program();
    }

    /** The two timers of the scheduler for the vCPU that runs now; -1 for one that would change nothing. */
    void setSliceAndTick(long sliceAt, long tickAt) {
        put(Kind.SLICE, 0, sliceAt);
        put(Kind.TICK, 0, tickAt);
        program();
    }

    private void put(Kind kind, int id, long at) {
        if (at >= 0) {
            timers.set(kind, id, at);
        } else {
            timers.stop(kind, id);
        }
    }

    boolean isSet(Kind kind) {
        return timers.isSet(kind, 0);
    }

    List<Timer> all() {
        return timers.all();
    }

    /** The interrupt has come; the next one comes only after {@link #takeDue}. */
    void fired() {
        lapic = null;
        silent = true;
    }

    /** The TIMER softirq takes what has been due for as long as a timer is late at best. {@link #serviced} follows when all of it has run. */
    List<Timer> takeDue() {
        return timers.takeDue(host.now() - delay);
    }

    /**
     * On a tied pCPU: takes what is due of these kinds, and programs the LAPIC timer for the next of them, as no Xen does;
     * for runs in which a mechanism is left out.
     */
    List<Timer> takeDueOf(Set<Kind> kinds) {
        List<Timer> due = timers.takeDueOf(kinds, host.now() - delay);
        programFor(kinds);
        return due;
    }

    /** Also when one of these kinds is set from elsewhere, while the LAPIC timer is silent. */
    void programFor(Set<Kind> kinds) {
        long earliest = kinds.isEmpty() ? Long.MAX_VALUE : timers.earliestOf(kinds);
        if (earliest == Long.MAX_VALUE) {
            return;
        }
        long at = Math.max(host.now() + 1, earliest + delay);
        if (lapic != null) {
            if (lapic.time() <= at) {
                return;
            }
            host.island().cancel(lapic);
        }
        lapic = host.island().schedule(at, host.plan().cpuAddress(cpu), interrupt);
    }

    /** The TIMER softirq is done: the LAPIC timer is programmed again. */
    void serviced() {
        silent = false;
        program();
    }

    private void program() {
        if (silent) {
            programFor(host.plan().interruptTimers());
            return;
        }
        long earliest = timers.earliest();
        long at = earliest == Long.MAX_VALUE ? earliest : Math.max(host.now(), earliest + delay);
        if (lapic != null) {
            if (lapic.time() == at) {
                return;
            }
            host.island().cancel(lapic);
            lapic = null;
        }
        if (at != Long.MAX_VALUE) {
            lapic = host.island().schedule(at, host.plan().cpuAddress(cpu), interrupt);
        }
    }

    void fields(Fields f) {
        timers.fields(f);
        lapic = HostActor.entry(f, "lapic", lapic, host.island());
        silent = f.at("lapic-silent", silent);
    }
}
