package org.xenfleet.cluster.kit;

import org.apache.pekko.actor.typed.ActorRef;
import org.xenfleet.fleet.Wire;

/** What is said to a counter, and what it says. */
public sealed interface CounterMessage extends Wire {

    /** Counts one more. */
    record Add(ActorRef<Total> replyTo) implements CounterMessage {}

    /**
     * Keeps a thread that simulates busy for so long, as hosts do, and then counts one more.
     *
     * @param millis of wall-clock time
     */
    record Work(long millis, ActorRef<Total> replyTo) implements CounterMessage {}

    /**
     * How many were counted since the counter was last started.
     *
     * @param pid of the process where it is
     */
    record Total(String counter, int count, long pid) implements CounterMessage {}
}
