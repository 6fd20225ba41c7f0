package org.xenfleet.host;

import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.observe.HostObserver;
import org.xenfleet.observe.HostReport;
import org.xenfleet.timeline.DeliveryListener;

/**
 * One simulated host as the world sees it: the parent of the host's actors, which alone talks to them. Runs on an ordinary
 * dispatcher, its island on whatever thread it is given.
 */
public final class Host extends AbstractBehavior<Host.Command> {

    /** What a host is asked; it answers each once. */
    public sealed interface Command {}

    /** Simulate up to {@code untilNs}, but stop after about {@code maxDeliveries}. */
    public record AdvanceTo(long untilNs, long maxDeliveries, ActorRef<Reply> replyTo) implements Command {}

    /** Report, and stop. */
    public record Conclude(ActorRef<Reply> replyTo) implements Command {}

    /** What a host answers. */
    public sealed interface Reply {
        String host();
    }

    public record Advanced(String host, long nowNs, long deliveries) implements Reply {}

    public record Concluded(String host, HostReport report) implements Reply {}

    /** An actor of the host failed; the host is gone. */
    public record Failed(String host, String message) implements Reply {}

    private final HostPlan plan;
    private final Function<HostSimulation, Optional<DeliveryListener>> tracing;
    private @Nullable HostSimulation simulation;

    /** {@code tracing} may give a listener that hears every delivery in the host. */
    public static Behavior<Command> create(
            HostPlan plan, Function<HostSimulation, Optional<DeliveryListener>> tracing) {
        return Behaviors.setup(context -> new Host(context, plan, tracing));
    }

    private Host(
            ActorContext<Command> context,
            HostPlan plan,
            Function<HostSimulation, Optional<DeliveryListener>> tracing) {
        super(context);
        this.plan = plan;
        this.tracing = tracing;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(AdvanceTo.class, this::onAdvanceTo)
                .onMessage(Conclude.class, this::onConclude)
                .build();
    }

    private Behavior<Command> onAdvanceTo(AdvanceTo command) {
        try {
            HostSimulation running = running();
            running.advance(command.untilNs(), command.maxDeliveries());
            command.replyTo().tell(new Advanced(plan.name(), running.now(), running.deliveries()));
            return this;
        } catch (RuntimeException e) {
            return fail(e, command.replyTo());
        }
    }

    private Behavior<Command> onConclude(Conclude command) {
        try {
            command.replyTo().tell(new Concluded(plan.name(), running().finish()));
            return Behaviors.stopped();
        } catch (RuntimeException e) {
            return fail(e, command.replyTo());
        }
    }

    private Behavior<Command> fail(RuntimeException e, ActorRef<Reply> replyTo) {
        getContext().getLog().debug("host failed", e);
        String message = e.getMessage();
        replyTo.tell(new Failed(plan.name(), message == null ? e.toString() : message));
        return Behaviors.stopped();
    }

    private HostSimulation running() {
        if (simulation == null) {
            simulation = HostSimulation.build(getContext(), plan, HostObserver.NONE);
            tracing.apply(simulation).ifPresent(simulation::listen);
            simulation.boot();
        }
        return simulation;
    }
}
