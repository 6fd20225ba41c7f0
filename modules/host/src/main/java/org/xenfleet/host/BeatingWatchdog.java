package org.xenfleet.host;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.xenfleet.host.plan.WatchdogPlan;
import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.Timeline;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.NmiWatchdog;
import org.xenfleet.xen.XenTimers.Kind;

/**
 * The NMI watchdog of a pCPU. Its heartbeat is a timer of the pCPU only where it can come due while
 * softirqs have to wait, as in a call; elsewhere it beats by itself. The NMI that would panic is in the timeline only where
 * TIMER is pending on a pCPU that will not serve it before. So it costs no message while pCPUs behave. Times are ns. Used
 * by one thread.
 */
final class BeatingWatchdog implements CpuWatchdog {
    private static final long NOT_SET = -1;

    private final HostContext host;
    private final int cpu;
    private final LocalTimers timers;
    private final IntFunction<Message> expires;
    private final NmiWatchdog watchdog;
    private Timeline.@Nullable Entry panic;
    private long tiedSince;

    BeatingWatchdog(HostContext host, int cpu, LocalTimers timers, WatchdogPlan plan, IntFunction<Message> expires) {
        this.host = host;
        this.cpu = cpu;
        this.timers = timers;
        this.expires = expires;
        this.watchdog = plan.of(cpu, host.plan().timerDelay());
        servesFrom(0);
    }

    @Override
    public void enter(boolean halted, long at) {
        watchdog.enter(halted, at);
    }

    @Override
    public void tied() {
        tiedSince = host.now();
        watchdog.pass(host.now());
        makeReal();
    }

    @Override
    public void servesFrom(long at) {
        watchdog.pass(host.now());
        boolean mustWait = watchdog.fires() < at;
        if (mustWait || host.everyTimerReal()) {
            makeReal();
        } else if (!watchdog.isQuiet()) {
            watchdog.setQuiet(true);
            timers.set(Kind.WATCHDOG, 0, NOT_SET);
        }
    }

    private void makeReal() {
        if (watchdog.isQuiet()) {
            watchdog.setQuiet(false);
            timers.set(Kind.WATCHDOG, 0, watchdog.due());
        }
    }

    @Override
    public void off() {
        takeBack();
        watchdog.enter(true, host.now());
        makeReal();
        timers.set(Kind.WATCHDOG, 0, NOT_SET);
    }

    @Override
    public void beat() {
        watchdog.beat(host.now());
        timers.set(Kind.WATCHDOG, 0, watchdog.due());
    }

    @Override
    public void waits(long until) {
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

    @Override
    public long tiedSince() {
        return tiedSince;
    }

    @Override
    public void changeTo(PlanChange change) {
        change.to().watchdog().ifPresent(plan -> {
            boolean another = !change.from().watchdog().equals(change.to().watchdog());
            if (another) {
                takeBack();
                watchdog.setTimeout(plan.parameters(), host.now());
            } else if (change.changesCosts()) {
                watchdog.pass(host.now());
            }
        });
    }

    @Override
    public void fields(Fields f) {
        watchdog.fields(f);
        panic = HostActor.entry(f, "panic", panic, host.island());
        tiedSince = f.at("tied-since", tiedSince);
    }
}
