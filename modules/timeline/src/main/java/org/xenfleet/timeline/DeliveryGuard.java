package org.xenfleet.timeline;

import org.apache.pekko.actor.typed.ActorRef;
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
    private final String name;
    private final Snapshottable state;
    private Behavior<Message> behavior;
    private @Nullable ActorRef<Message> ref;
    private @Nullable Message expected;
    private @Nullable String problem;
    private @Nullable Throwable cause;

    /** {@code state} is the whole state of the actor. */
    DeliveryGuard(String name, Behavior<Message> behavior, Snapshottable state) {
        this.name = name;
        this.behavior = behavior;
        this.state = state;
    }

    String name() {
        return name;
    }

    Snapshottable state() {
        return state;
    }

    void spawned(ActorRef<Message> actor) {
        ref = actor;
    }

    /** What the actor begins with. */
    Behavior<Message> behavior() {
        if (behavior instanceof IslandBehavior) {
            return this;
        }
        return Behaviors.setup(context -> {
            behavior = Behavior.start(behavior, context);
            return this;
        });
    }

    /** Tells the actor; the guard then knows whether it processed the message. */
    void deliver(Message message) {
        expected = message;
        if (ref != null) {
            ref.tell(message);
        }
    }

    /** What went wrong with the delivered message, or null. */
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
            if (behavior instanceof IslandBehavior actor) {
                understood(actor.handle(message));
            } else {
                interpret(context, message);
            }
        } catch (RuntimeException | Error e) {
            problem = String.valueOf(e.getMessage());
            cause = e;
        }
        return Behaviors.same();
    }

    private void interpret(TypedActorContext<Message> context, Message message) {
        Behavior<Message> next = Behavior.interpretMessage(behavior, context, message);
        understood(!Behavior.isUnhandled(next));
        if (!Behavior.isAlive(next)) {
            problem = "the actor stopped";
        } else if (next != behavior) {
            behavior = Behavior.canonicalize(next, behavior, context);
        }
    }

    private void understood(boolean handled) {
        if (!handled) {
            problem = "the actor does not understand it";
        }
    }

    @Override
    public Behavior<Message> receiveSignal(TypedActorContext<Message> context, Signal signal) {
        if (Behavior.isAlive(behavior)) {
            Behavior.interpretSignal(behavior, context, signal);
        }
        return Behaviors.same();
    }
}
