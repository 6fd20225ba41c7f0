package org.xenfleet.xen;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Xen timers homed on one pCPU. They fire only in that pCPU's TIMER softirq; other pCPUs may add and remove them, but
 * nobody else runs them. Deadlines are ns; equal deadlines fire in the order in which they were set. Used by one thread.
 *
 * <p>Source: xen-semantics section 5, mechanism M4.
 */
public final class XenTimers {
    private static final String TIMERS = "timers";

    /** What a timer is for. */
    public enum Kind {
        TICK,
        SLICE,
        ACCOUNTING,
        CALIBRATION,
        VCPU,
        /** The heartbeat of the {@link NmiWatchdog}. */
        WATCHDOG,
        /** Of SCHEDOP_watchdog. */
        DOMAIN_WATCHDOG,
        /** The platform counter is read before it wraps. */
        OVERFLOW
    }

    /** A timer that is set; equal to one with the same deadline, kind and id. */
    public static final class Timer {
        private final long deadline;
        private final Kind kind;
        private final int id;
        /** The one that fires after it, among those of its pCPU. */
        private @Nullable Timer next;

        /** {@code id}: the vCPU of a VCPU timer, the number of a DOMAIN_WATCHDOG, else 0. */
        public Timer(long deadline, Kind kind, int id) {
            this.deadline = deadline;
            this.kind = kind;
            this.id = id;
        }

        public long deadline() {
            return deadline;
        }

        public Kind kind() {
            return kind;
        }

        public int id() {
            return id;
        }

        private boolean is(Kind otherKind, int otherId) {
            return kind == otherKind && id == otherId;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Timer timer && deadline == timer.deadline && timer.is(kind, id);
        }

        @Override
        public int hashCode() {
            return Long.hashCode(deadline) + 31 * id + kind.ordinal();
        }

        @Override
        public String toString() {
            return kind + " " + id + " at " + deadline;
        }
    }

    /** The first of those that are set; mostly one or two, on each of many pCPUs. */
    private @Nullable Timer first;

    /** Sets a timer, taking back what was set for the same kind and id. */
    public void set(Kind kind, int id, long deadline) {
        stop(kind, id);
        Timer before = null;
        for (Timer timer = first; timer != null && timer.deadline <= deadline; timer = timer.next) {
            before = timer;
        }
        insert(new Timer(deadline, kind, id), before);
    }

    /** Behind {@code before}, or in front of all. */
    private void insert(Timer timer, @Nullable Timer before) {
        if (before == null) {
            timer.next = first;
            first = timer;
        } else {
            timer.next = before.next;
            before.next = timer;
        }
    }

    public void stop(Kind kind, int id) {
        Timer before = null;
        for (Timer timer = first; timer != null; timer = timer.next) {
            if (timer.is(kind, id)) {
                remove(timer, before);
                return;
            }
            before = timer;
        }
    }

    /** {@code before} is the one in front of it, if any. */
    private void remove(Timer timer, @Nullable Timer before) {
        if (before == null) {
            first = timer.next;
        } else {
            before.next = timer.next;
        }
        timer.next = null;
    }

    public boolean isSet(Kind kind, int id) {
        for (Timer timer = first; timer != null; timer = timer.next) {
            if (timer.is(kind, id)) {
                return true;
            }
        }
        return false;
    }

    /** The earliest deadline, or {@link Long#MAX_VALUE}. */
    public long earliest() {
        return first == null ? Long.MAX_VALUE : first.deadline;
    }

    /** Takes the timers that are due at {@code now}, in the order in which they fire. */
    public List<Timer> takeDue(long now) {
        Timer timer = first;
        if (timer == null || timer.deadline > now) {
            return List.of();
        }
        remove(timer, null);
        if (earliest() > now) {
            return List.of(timer);
        }
        List<Timer> taken = new ArrayList<>();
        taken.add(timer);
        for (timer = first; timer != null && timer.deadline <= now; timer = first) {
            remove(timer, null);
            taken.add(timer);
        }
        return taken;
    }

    /** As {@link #takeDue}, of these kinds only. */
    public List<Timer> takeDueOf(Set<Kind> kinds, long now) {
        List<Timer> taken = all().stream()
                .filter(t -> t.deadline <= now && kinds.contains(t.kind))
                .toList();
        for (Timer timer : taken) {
            stop(timer.kind, timer.id);
        }
        return taken;
    }

    /** As {@link #earliest}, of these kinds only. */
    public long earliestOf(Set<Kind> kinds) {
        for (Timer timer = first; timer != null; timer = timer.next) {
            if (kinds.contains(timer.kind)) {
                return timer.deadline;
            }
        }
        return Long.MAX_VALUE;
    }

    /** The timers that are set, earliest first. */
    public List<Timer> all() {
        List<Timer> timers = new ArrayList<>();
        for (Timer timer = first; timer != null; timer = timer.next) {
            timers.add(timer);
        }
        return timers;
    }

    public void fields(Fields f) {
        if (f.reading()) {
            read(f);
            return;
        }
        int n = 0;
        for (Timer timer = first; timer != null; timer = timer.next) {
            n++;
        }
        f.at(TIMERS, n);
        for (Timer timer = first; timer != null; timer = timer.next) {
            visit(timer, f);
        }
    }

    private void read(Fields f) {
        int n = f.at(TIMERS, 0);
        first = null;
        Timer last = null;
        for (int i = 0; i < n; i++) {
            Timer timer = visit(new Timer(0, Kind.TICK, 0), f);
            insert(timer, last);
            last = timer;
        }
    }

    private static Timer visit(Timer timer, Fields f) {
        long deadline = f.at("deadline", timer.deadline);
        int kind = f.at("timer-kind", timer.kind.ordinal());
        int id = f.at("timer-id", timer.id);
        return f.reading() ? new Timer(deadline, Kind.values()[kind], id) : timer;
    }
}
