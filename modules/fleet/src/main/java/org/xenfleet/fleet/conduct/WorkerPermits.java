package org.xenfleet.fleet.conduct;

import java.util.ArrayDeque;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Lets no more hosts be alive in a process than its workers need: who wants to simulate asks here first, and is served in
 * turn. A holder that is gone gives back what it had.
 */
public final class WorkerPermits extends AbstractBehavior<WorkerPermits.Command> {

    public sealed interface Command {}

    /** For one permit. {@code to} hears {@link Granted}. */
    public record Acquire(ActorRef<Granted> to, ActorRef<?> holder) implements Command {}

    /** One permit of the holder is free again. */
    public record Release(ActorRef<?> holder) implements Command {}

    /** What the holder has asked for and not got, it does not want any more. */
    public record Forget(ActorRef<?> holder) implements Command {}

    public record Granted() {}

    private record Held(ActorRef<?> holder) {}

    private final ArrayDeque<Acquire> waiting = new ArrayDeque<>();
    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private final int permits;

    public static Behavior<Command> create(int permits) {
        return Behaviors.setup(context -> new WorkerPermits(context, permits));
    }

    private WorkerPermits(ActorContext<Command> context, int permits) {
        super(context);
        this.permits = permits;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Acquire.class, this::onAcquire)
                .onMessage(Release.class, this::onRelease)
                .onMessage(Forget.class, this::onForget)
                .onSignal(Terminated.class, this::onTerminated)
                .build();
    }

    private Behavior<Command> onAcquire(Acquire command) {
        getContext().watch(command.holder());
        waiting.add(command);
        return grant();
    }

    private Behavior<Command> onRelease(Release command) {
        held.remove(new Held(command.holder()));
        return grant();
    }

    private Behavior<Command> onForget(Forget command) {
        waiting.removeIf(a -> a.holder().equals(command.holder()));
        return this;
    }

    private Behavior<Command> onTerminated(Terminated gone) {
        waiting.removeIf(a -> a.holder().equals(gone.getRef()));
        held.removeIf(h -> h.holder().equals(gone.getRef()));
        return grant();
    }

    private Behavior<Command> grant() {
        while (held.size() < permits && !waiting.isEmpty()) {
            Acquire next = waiting.remove();
            held.add(new Held(next.holder()));
            next.to().tell(new Granted());
        }
        return this;
    }
}
