package org.xenfleet.xen;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The Xen timers homed on one pCPU. They fire only in that pCPU's TIMER softirq; other pCPUs may add and remove them, but
 * nobody else runs them. Deadlines are ns; equal deadlines fire in the order in which they were set. Used by one thread.
 *
 * <p>Source: xen-semantics section 5, mechanism M4.
 */
public final class XenTimers {
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

    /**
     * A timer that is set.
     *
     * @param id the vCPU of a VCPU timer, the number of a DOMAIN_WATCHDOG, else 0
     */
    public record Timer(long deadline, Kind kind, int id) {}

    /** Mostly one or two, on each of many pCPUs. */
    private final List<Timer> timers = new ArrayList<>(2);

    /** Sets a timer, taking back what was set for the same kind and id. */
    public void set(Kind kind, int id, long deadline) {
        stop(kind, id);
        int position = timers.size();
        while (position > 0 && timers.get(position - 1).deadline() > deadline) {
            position--;
        }
        timers.add(position, new Timer(deadline, kind, id));
    }

    public void stop(Kind kind, int id) {
        for (int i = 0; i < timers.size(); i++) {
            Timer timer = timers.get(i);
            if (timer.kind() == kind && timer.id() == id) {
                timers.remove(i);
                return;
            }
        }
    }

    public boolean isSet(Kind kind, int id) {
        for (int i = 0; i < timers.size(); i++) {
            Timer timer = timers.get(i);
            if (timer.kind() == kind && timer.id() == id) {
                return true;
            }
        }
        return false;
    }

    /** The earliest deadline, or {@link Long#MAX_VALUE}. */
    public long earliest() {
        return timers.isEmpty() ? Long.MAX_VALUE : timers.get(0).deadline();
    }

    /** Takes the timers that are due at {@code now}, in the order in which they fire. */
    public List<Timer> takeDue(long now) {
        int due = 0;
        while (due < timers.size() && timers.get(due).deadline() <= now) {
            due++;
        }
        if (due <= 1) {
            return due == 0 ? List.of() : List.of(timers.remove(0));
        }
        List<Timer> taken = List.copyOf(timers.subList(0, due));
        timers.subList(0, due).clear();
        return taken;
    }

    /** As {@link #takeDue}, of these kinds only. */
    public List<Timer> takeDueOf(Set<Kind> kinds, long now) {
        List<Timer> taken = timers.stream()
                .filter(t -> t.deadline() <= now && kinds.contains(t.kind()))
                .toList();
        timers.removeAll(taken);
        return taken;
    }

    /** As {@link #earliest}, of these kinds only. */
    public long earliestOf(Set<Kind> kinds) {
        return timers.stream()
                .filter(t -> kinds.contains(t.kind()))
                .mapToLong(Timer::deadline)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    /** The timers that are set, earliest first. */
    public List<Timer> all() {
        return List.copyOf(timers);
    }

    public void fields(Fields f) {
        int n = f.at("timers", timers.size());
        List<Timer> old = List.copyOf(timers);
        timers.clear();
        for (int i = 0; i < n; i++) {
            Timer t = i < old.size() ? old.get(i) : new Timer(0, Kind.TICK, 0);
            long deadline = f.at("deadline", t.deadline());
            Kind kind = Kind.values()[f.at("timer-kind", t.kind().ordinal())];
            timers.add(new Timer(deadline, kind, f.at("timer-id", t.id())));
        }
    }
}
