package org.xenfleet.host;

import java.util.Comparator;

/**
 * What one host of a pool tells another over the pool's channel. Immutable; times are simulated ns. The natural order is
 * that of delivery: by arrival, sender, sequence.
 *
 * @param sender index of the host in its pool
 * @param receiver index of the host in its pool
 * @param sequence number of the message among all that its sender ever sent, from 0
 * @param arrivesNs at least the channel's latency after {@code sentNs}
 * @param kind what it is, such as a heartbeat
 * @param value what it says
 */
public record ChannelMessage(int sender, int receiver, long sequence, long sentNs, long arrivesNs, int kind, long value)
        implements Comparable<ChannelMessage> {
    private static final Comparator<ChannelMessage> ORDER = Comparator.comparingLong(ChannelMessage::arrivesNs)
            .thenComparingInt(ChannelMessage::sender)
            .thenComparingLong(ChannelMessage::sequence);

    @Override
    public int compareTo(ChannelMessage other) {
        return ORDER.compare(this, other);
    }
}
