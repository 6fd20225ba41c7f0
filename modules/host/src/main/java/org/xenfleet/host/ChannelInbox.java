package org.xenfleet.host;

import java.util.ArrayList;
import java.util.List;
import org.xenfleet.timeline.StateBuffer;

/**
 * The messages of other hosts that are still on their way to this one, in the order of their delivery. They are no part of a
 * digest until they arrive, so that it does not matter to digests when the host was told of them. Used by one thread.
 */
final class ChannelInbox {
    private static final String FIELD = "on-their-way";

    private final List<ChannelMessage> waiting = new ArrayList<>();

    /**
     * Takes messages in, in their natural order, none of which arrives before {@code now}; an
     * {@link IllegalArgumentException} otherwise, which changes nothing.
     */
    void add(List<ChannelMessage> messages, int receiver, long now) {
        ChannelMessage before = null;
        for (ChannelMessage message : messages) {
            if (message.receiver() != receiver) {
                throw new IllegalArgumentException(message + " is not for host " + receiver);
            }
            if (message.arrivesNs() < now) {
                throw new IllegalArgumentException(message + " arrives before " + now + " ns");
            }
            if (before != null && before.compareTo(message) >= 0) {
                throw new IllegalArgumentException(message + " comes after " + before);
            }
            before = message;
        }
        waiting.addAll(messages);
        waiting.sort(null);
    }

    /** When the first of them arrives, or {@link Long#MAX_VALUE}. */
    long nextArrival() {
        return waiting.isEmpty() ? Long.MAX_VALUE : waiting.get(0).arrivesNs();
    }

    /** Takes those that arrive at an instant, in their order. */
    List<ChannelMessage> take(long at) {
        int arriving = 0;
        while (arriving < waiting.size() && waiting.get(arriving).arrivesNs() == at) {
            arriving++;
        }
        List<ChannelMessage> taken = List.copyOf(waiting.subList(0, arriving));
        waiting.subList(0, arriving).clear();
        return taken;
    }

    void clear() {
        waiting.clear();
    }

    /** Writes what is on its way after everything else of a snapshot. */
    void write(StateBuffer out) {
        out.put(FIELD, waiting.size());
        for (ChannelMessage message : waiting) {
            out.put("sender", message.sender());
            out.put("receiver", message.receiver());
            out.put("sequence", message.sequence());
            out.put("sent", message.sentNs());
            out.put("arrives", message.arrivesNs());
            out.put("kind", message.kind());
            out.put("value", message.value());
        }
    }

    void read(StateBuffer snapshot) {
        int at = snapshot.size() - 1;
        while (at >= 0 && !snapshot.field(at).equals(FIELD)) {
            at--;
        }
        if (at < 0) {
            throw new IllegalStateException("the snapshot does not say what is on its way to the host");
        }
        waiting.clear();
        long count = (Long) snapshot.value(at++);
        for (long i = 0; i < count; i++) {
            waiting.add(new ChannelMessage(
                    Math.toIntExact((Long) snapshot.value(at++)),
                    Math.toIntExact((Long) snapshot.value(at++)),
                    (Long) snapshot.value(at++),
                    (Long) snapshot.value(at++),
                    (Long) snapshot.value(at++),
                    Math.toIntExact((Long) snapshot.value(at++)),
                    (Long) snapshot.value(at++)));
        }
    }
}
