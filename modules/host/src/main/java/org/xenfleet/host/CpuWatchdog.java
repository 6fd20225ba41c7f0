package org.xenfleet.host;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.Timeline;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.NmiWatchdog;
import org.xenfleet.xen.XenTimers.Kind;

/**
 * The NMI watchdog of a pCPU, if Xen runs with one. Its heartbeat is a timer of the pCPU only where it can come due while
 * softirqs have to wait, as in a call; elsewhere it beats by itself. The NMI that would panic is in the timeline only where
 * TIMER is pending on a pCPU that will not serve it before. So it costs no message while pCPUs behave. Times are ns. Used
 * by one thread.
 */
final class CpuWatchdog {
    private static final long NOT_SET = -1;

    private final HostContext host;
    private final int cpu;
    private final LocalTimers timers;
    private final IntFunction<Message> expires;
    private final @Nullable NmiWatchdog watchdog;
    private Timeline.@Nullable Entry panic;
    private long tiedSince;

    /** {@code expires} makes what the pCPU, by its number, is told when an NMI panics. */
    CpuWatchdog(HostContext host, int cpu, LocalTimers timers, IntFunction<Message> expires) {
        this.host = host;
        this.cpu = cpu;
        this.timers = timers;
        this.expires = expires;
        long delay = host.plan().timerDelay();
        this.watchdog = host.plan().watchdog().map(plan -> plan.of(cpu, delay)).orElse(null);
        servesFrom(0);
    }

    /** From {@code at} on the pCPU is halted, or is not. */
    void enter(boolean halted, long at) {
        if (watchdog != null) {
            watchdog.enter(halted, at);
        }
    }

    /** The pCPU has left its guest, and nobody knows when it will serve softirqs again. */
    void tied() {
        if (watchdog != null) {
            tiedSince = host.now();
            watchdog.pass(host.now());
            makeReal(watchdog);
        }
    }

    /** Xen serves no softirq before {@code at}, which is not over, and each at once from then on. */
    void servesFrom(long at) {
        if (watchdog != null) {
            watchdog.pass(host.now());
            boolean mustWait = watchdog.fires() < at;
            if (mustWait || host.everyTimerReal()) {
                makeReal(watchdog);
            } else if (!watchdog.isQuiet()) {
                watchdog.setQuiet(true);
                timers.set(Kind.WATCHDOG, 0, NOT_SET);
            }
        }
    }

    private void makeReal(NmiWatchdog real) {
        if (real.isQuiet()) {
            real.setQuiet(false);
            timers.set(Kind.WATCHDOG, 0, real.due());
        }
    }

    /** The TIMER softirq runs the timer's handler. */
    void beat() {
        if (watchdog != null) {
            watchdog.beat(host.now());
            timers.set(Kind.WATCHDOG, 0, watchdog.due());
        }
    }

    /**
     * TIMER is pending and will not be served before {@code until}; {@link Long#MAX_VALUE} if nobody knows. Nobody serves it
     * before he has said until when it waits, and by then an NMI that would come later has been taken back.
     */
    void waits(long until) {
        if (watchdog == null) {
            return;
        }
        if (!watchdog.panicsBefore(until)) {
            takeBack();
        } else if (panic == null) {
            panic = host.island().schedule(watchdog.panicAt(), host.plan().cpuAddress(cpu), expires.apply(cpu));
        }
    }

    private void takeBack() {
        if (panic != null) {
            host.island().cancel(panic);
            panic = null;
        }
    }

    /** When the call or the fault began that ties the pCPU. */
    long tiedSince() {
        return tiedSince;
    }

    void fields(Fields f) {
        if (watchdog != null) {
            watchdog.fields(f);
            panic = HostActor.entry(f, "panic", panic, host.island());
            tiedSince = f.at("tied-since", tiedSince);
        }
    }
}
