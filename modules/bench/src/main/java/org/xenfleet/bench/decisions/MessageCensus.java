package org.xenfleet.bench.decisions;

import java.util.SortedMap;
import java.util.TreeMap;
import org.xenfleet.host.protocol.Scheduling.RaiseSoftirq;
import org.xenfleet.host.protocol.Scheduling.Run;
import org.xenfleet.host.protocol.Scheduling.Schedule;
import org.xenfleet.timeline.DeliveryListener;
import org.xenfleet.timeline.Message;
import org.xenfleet.xen.Softirq;

/**
 * Counts the deliveries of a host by kind, and those that its scheduling decisions take. A decision is one
 * {@link Schedule} answered by {@link Run}. Its messages are these two, the poke that asked for it, and what a pCPU wakes
 * itself with when it does nothing in that cascade before it reschedules: the interrupt of the slice timer, or the end of a
 * wake-up or of a pass over softirqs. What a guest does (it wakes, asks, blocks) is not the scheduler's. Used by one thread.
 */
final class MessageCensus implements DeliveryListener {
    private final SortedMap<String, Long> kinds = new TreeMap<>();
    private long deliveries;
    private long decisions;
    private long ofDecisions;
    private boolean afterRoot;

    @Override
    public void delivering(long number, long time, int sender, int target, Message message) {
        kinds.merge(message.getClass().getSimpleName(), 1L, Long::sum);
        deliveries++;
        if (message instanceof Schedule) {
            decisions++;
            ofDecisions += afterRoot ? 2 : 1;
        } else if (message instanceof Run || isPoke(message)) {
            ofDecisions++;
        }
        afterRoot = sender < 0;
    }

    /** Other softirqs are raised too, as for the calibration of time. */
    private static boolean isPoke(Message message) {
        return message instanceof RaiseSoftirq raise && raise.bit() == Softirq.SCHEDULE.bit();
    }

    long deliveries() {
        return deliveries;
    }

    long decisions() {
        return decisions;
    }

    double messagesPerDecision() {
        return (double) ofDecisions / decisions;
    }

    /** Deliveries by the simple name of their class. */
    SortedMap<String, Long> kinds() {
        return kinds;
    }

    /** Forgets what was counted so far. */
    void clear() {
        kinds.clear();
        deliveries = 0;
        decisions = 0;
        ofDecisions = 0;
    }
}
