package org.xenfleet.timeline;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ExtensibleBehavior;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * An actor made for islands: one object with its whole state, which receives by one {@link ReceiveTable} from its beginning
 * to its end. What does not need more should be one, as it weighs less than other behaviors and is told sooner.
 */
public abstract class IslandBehavior extends ExtensibleBehavior<Message> implements Snapshottable {
    /** Processes a message, by the table of its class; false when the actor does not understand it. */
    protected abstract boolean handle(Message message);

    @Override
    public final Behavior<Message> receive(TypedActorContext<Message> context, Message message) {
        return handle(message) ? Behaviors.same() : Behaviors.unhandled();
    }

    @Override
    public final Behavior<Message> receiveSignal(TypedActorContext<Message> context, Signal signal) {
        return Behaviors.unhandled();
    }
}
