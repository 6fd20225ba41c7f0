package org.xenfleet.cli.house.bad.host;

import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** An actor that keeps its messages to itself, and is none the worse for it. */
final class Right extends AbstractBehavior<Right.Word> {
    /** Nobody else's message. */
    record Word(String text) {}

    Right(ActorContext<Word> context) {
        super(context);
    }

    @Override
    public Receive<Word> createReceive() {
        return newReceiveBuilder().build();
    }
}
