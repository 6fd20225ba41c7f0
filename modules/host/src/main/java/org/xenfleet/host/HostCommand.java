package org.xenfleet.host;

import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.MessageCodec;
import org.xenfleet.timeline.StateWriter;

/** What actors of a host schedule for themselves; the only messages that a snapshot can hold. */
interface HostCommand extends Message {
    int TIMER_INTERRUPT = 80;
    int PHASE_ENDS = 81;
    int ARRIVAL = 82;
    int TOUCH_DUE = 83;
    int WATCHDOG_EXPIRES = 84;
    int LOCK_GAP = 85;
    int LIVEPATCH_TIMEOUT = 86;
    int FRONTEND_ASKS = 87;
    int WORKLOAD_CHANGES = 88;

    MessageCodec CODEC = MessageCodec.builder()
            .add(TIMER_INTERRUPT, in -> new PhysicalCpu.TimerInterrupt(in.getInt("subject")))
            .add(PHASE_ENDS, in -> new PhysicalCpu.PhaseEnds(in.getInt("subject")))
            .add(ARRIVAL, in -> new Domain.Arrival(in.getInt("subject")))
            .add(TOUCH_DUE, in -> new Domain.TouchDue(in.getInt("subject")))
            .add(WATCHDOG_EXPIRES, in -> new PhysicalCpu.WatchdogExpires(in.getInt("subject")))
            .add(LOCK_GAP, in -> new Domain.LockGap(in.getInt("subject")))
            .add(LIVEPATCH_TIMEOUT, in -> new Hypervisor.LivepatchTimeout(in.getInt("subject")))
            .add(FRONTEND_ASKS, in -> new Domain.FrontendAsks(in.getInt("subject")))
            .add(WORKLOAD_CHANGES, in -> new Domain.WorkloadChanges(in.getInt("subject")))
            .build();

    /** The pCPU, vCPU or domain it is about. */
    int subject();

    @Override
    default void write(StateWriter out) {
        out.put("subject", subject());
    }
}
