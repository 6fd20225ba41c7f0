package org.xenfleet.host;

import java.util.function.IntFunction;
import org.xenfleet.timeline.Message;
import org.xenfleet.xen.Fields;

/** What the NMI watchdog of a pCPU hears of it; where Xen runs without one, nobody listens. Times are ns. */
interface CpuWatchdog {
    CpuWatchdog NONE = new CpuWatchdog() {};

    /** {@code expires} makes what the pCPU, by its number, is told when an NMI panics. */
    static CpuWatchdog of(HostContext host, int cpu, LocalTimers timers, IntFunction<Message> expires) {
        return host.plan()
                .watchdog()
                .<CpuWatchdog>map(plan -> new BeatingWatchdog(host, cpu, timers, plan, expires))
                .orElse(NONE);
    }

    /** From {@code at} on the pCPU is halted, or is not. */
    default void enter(boolean halted, long at) {}

    /** The pCPU has left its guest, and nobody knows when it will serve softirqs again. */
    default void tied() {}

    /** Xen serves no softirq before {@code at}, which is not over, and each at once from then on. */
    default void servesFrom(long at) {}

    /** The pCPU goes out of use: nobody watches it any more. */
    default void off() {}

    /** The TIMER softirq runs the timer's handler. */
    default void beat() {}

    /**
     * TIMER is pending and will not be served before {@code until}; {@link Long#MAX_VALUE} if nobody knows. Nobody serves it
     * before he has said until when it waits, and by then an NMI that would come later has been taken back.
     */
    default void waits(long until) {}

    /** When the call or the fault began that ties the pCPU; 0 without a watchdog, which alone asks. */
    default long tiedSince() {
        return 0;
    }

    /** The host goes on under another plan: what is passed has passed under the old one. */
    default void changeTo(PlanChange change) {}

    default void fields(Fields f) {}
}
