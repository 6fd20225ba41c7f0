package org.xenfleet.timeline;

import org.jspecify.annotations.Nullable;

/**
 * What was told at this instant and has not been delivered yet, in the order in which it was told. {@link #next} goes on to the
 * next message, which {@link #sender}, {@link #target} and {@link #message} then describe until the call after that. Used by
 * one thread.
 */
final class Cascade {
    private static final int FIRST_CAPACITY = 8;

    /** Rings whose length is a power of two. */
    private int[] senders = new int[FIRST_CAPACITY];

    private int[] targets = new int[FIRST_CAPACITY];
    private @Nullable Message[] messages = new Message[FIRST_CAPACITY];
    /** Counts all messages that were added, and all that were taken. */
    private int added;

    private int taken;

    private int sender;
    private int target;
    private @Nullable Message message;

    void add(int from, int to, Message told) {
        if (added - taken == messages.length) {
            grow();
        }
        int at = added++ & messages.length - 1;
        senders[at] = from;
        targets[at] = to;
        messages[at] = told;
    }

    private void grow() {
        int length = messages.length;
        int[] longerSenders = new int[2 * length];
        int[] longerTargets = new int[2 * length];
        @Nullable Message[] longerMessages = new Message[2 * length];
        for (int i = 0; i < length; i++) {
            int at = taken + i & length - 1;
            longerSenders[i] = senders[at];
            longerTargets[i] = targets[at];
            longerMessages[i] = messages[at];
        }
        senders = longerSenders;
        targets = longerTargets;
        messages = longerMessages;
        taken = 0;
        added = length;
    }

    /** Gives back the room that a cascade of many messages once took. */
    void trim() {
        if (isEmpty() && messages.length > FIRST_CAPACITY) {
            senders = new int[FIRST_CAPACITY];
            targets = new int[FIRST_CAPACITY];
            messages = new Message[FIRST_CAPACITY];
        }
    }

    boolean isEmpty() {
        return added == taken;
    }

    void clear() {
        while (next()) {
            message = null;
        }
    }

    /** False when nothing is left. */
    boolean next() {
        if (isEmpty()) {
            message = null;
            return false;
        }
        int at = taken++ & messages.length - 1;
        sender = senders[at];
        target = targets[at];
        message = messages[at];
        messages[at] = null;
        return true;
    }

    int sender() {
        return sender;
    }

    int target() {
        return target;
    }

    Message message() {
        Message told = message;
        if (told == null) {
            throw new IllegalStateException("nothing is left in the cascade");
        }
        return told;
    }
}
