package org.xenfleet.cli.house.bad.host;

import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** An actor that imports another one. */
final class Left extends AbstractBehavior<Right.Word> {
    Left(ActorContext<Right.Word> context) {
        super(context);
    }

    @Override
    public Receive<Right.Word> createReceive() {
        return newReceiveBuilder().build();
    }
}
