package org.xenfleet.bench.loop;

import java.util.ArrayList;
import java.util.List;
import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.StateHash;
import org.xenfleet.timeline.Timeline;

/** The loop of an island without actors: the same timeline, and a virtual method for each entry. Used by one thread. */
final class BareLoop {
    /** Whoever is called; a virtual method in the place of an actor. */
    private abstract static class Receiver {
        abstract void receive(Message message);
    }

    private final class Counter extends Receiver {
        private final int number;
        private long calls;

        Counter(int number) {
            this.number = number;
        }

        @Override
        void receive(Message message) {
            calls++;
            timeline.schedule(now + LoopShape.PERIOD, number, message);
        }
    }

    private final Timeline timeline = new Timeline();
    private final List<Counter> receivers = new ArrayList<>();
    private final StateHash hash = new StateHash(0);
    private final boolean digest;
    private long now;

    /** {@code digest}: hashes every entry as an island does. */
    BareLoop(LoopShape shape, boolean digest) {
        this.digest = digest;
        for (int i = 0; i < shape.receivers(); i++) {
            receivers.add(new Counter(i));
            timeline.schedule(shape.firstCall(i), i, new Call(i));
        }
    }

    void advance(long until) {
        while (timeline.nextTime() < until) {
            Timeline.Entry due = timeline.take();
            now = due.time();
            if (digest) {
                hash.add(now);
                hash.add(due.target());
                hash.add(due.message().kind());
                due.message().write(hash);
            }
            receivers.get(due.target()).receive(due.message());
        }
    }

    long calls() {
        return receivers.stream().mapToLong(r -> r.calls).sum();
    }
}
