package org.xenfleet.host;

import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.observe.HostObserver;

/** Lets the tests of the benchmarks have a host in which ticks that change nothing are events. */
public final class EveryTimerReal {
    private EveryTimerReal() {}

    public static HostSimulation build(ActorContext<?> parent, HostPlan plan) {
        return HostSimulation.build(parent, plan, HostObserver.NONE, true);
    }
}
