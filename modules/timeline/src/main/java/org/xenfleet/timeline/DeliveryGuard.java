package org.xenfleet.timeline;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ExtensibleBehavior;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * Stands around the behavior of an actor and sees to it that a delivery was really processed: Pekko tells a parent of a
 * failed child only when the parent has finished its own message, and a message to a dead actor vanishes. To Pekko the
 * behavior is always the same one, which spares it all work after a message. One guard an actor; used on the island's
 * thread.
 */
final class DeliveryGuard extends ExtensibleBehavior<Message> {
    private Behavior<Message> behavior;
    private @Nullable Message expected;
    private @Nullable String problem;
    private @Nullable Throwable cause;

    DeliveryGuard(Behavior<Message> behavior) {
        this.behavior = behavior;
    }

    /** What the actor begins with. */
    Behavior<Message> behavior() {
        return Behaviors.setup(context -> {
            behavior = Behavior.start(behavior, context);
            return this;
        });
    }

    void expect(Message message) {
        expected = message;
    }

    /** What went wrong with the expected message, or null. */
    @Nullable
    String problem() {
        if (problem == null && expected != null) {
            return "the actor did not process it (it has stopped, or runs on another dispatcher)";
        }
        return problem;
    }

    @Nullable
    Throwable cause() {
        return cause;
    }

    @Override
    public Behavior<Message> receive(TypedActorContext<Message> context, Message message) {
        if (message != expected) {
            problem = "got " + message + ", which did not come through the island";
            return Behaviors.same();
        }
        expected = null;
        try {
            Behavior<Message> next = interpret(context, message);
            if (next == behavior) {
                return Behaviors.same();
            }
            if (Behavior.isUnhandled(next)) {
                problem = "the actor does not understand it";
            } else if (!Behavior.isAlive(next)) {
                problem = "the actor stopped";
            } else {
                behavior = Behavior.canonicalize(next, behavior, context);
            }
        } catch (RuntimeException | Error e) {
            problem = String.valueOf(e.getMessage());
            cause = e;
        }
        return Behaviors.same();
    }

    /** As Pekko does it; most behaviors can be asked at once. */
    private Behavior<Message> interpret(TypedActorContext<Message> context, Message message) {
        return behavior instanceof ReceiveTable.OfActor<?> table
                ? table.receive(context, message)
                : Behavior.interpretMessage(behavior, context, message);
    }

    @Override
    public Behavior<Message> receiveSignal(TypedActorContext<Message> context, Signal signal) {
        if (Behavior.isAlive(behavior)) {
            Behavior.interpretSignal(behavior, context, signal);
        }
        return Behaviors.same();
    }
}
