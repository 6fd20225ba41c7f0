package org.xenfleet.timeline;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a delivery was really processed: Pekko tells a parent of a failed child only when the parent has
 * finished its own message, and a message to a dead actor vanishes. One guard an actor; used on the island's thread.
 */
final class DeliveryGuard extends BehaviorInterceptor<Message, Message> {
    private @Nullable Message expected;
    private @Nullable String problem;
    private @Nullable Throwable cause;
    /** What the actor returned last; saying "the same" spares Pekko from wrapping it anew for every message. */
    private @Nullable Behavior<Message> behavior;

    DeliveryGuard() {
        super(Message.class);
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
    public Behavior<Message> aroundReceive(
            TypedActorContext<Message> ctx, Message message, ReceiveTarget<Message> target) {
        if (message != expected) {
            problem = "got " + message + ", which did not come through the island";
            return Behaviors.same();
        }
        expected = null;
        try {
            Behavior<Message> next = target.apply(ctx, message);
            if (Behavior.isUnhandled(next)) {
                problem = "the actor does not understand it";
            } else if (!Behavior.isAlive(next)) {
                problem = "the actor stopped";
            }
            if (next == behavior) {
                return Behaviors.same();
            }
            behavior = next;
            return next;
        } catch (RuntimeException | Error e) {
            problem = String.valueOf(e.getMessage());
            cause = e;
            return Behaviors.same();
        }
    }
}
