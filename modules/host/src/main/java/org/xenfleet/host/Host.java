package org.xenfleet.host;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.observe.HostObserver;
import org.xenfleet.observe.HostReport;
import org.xenfleet.timeline.DamagedState;
import org.xenfleet.timeline.DeliveryListener;
import org.xenfleet.timeline.StateBuffer;

/**
 * One simulated host as the world sees it: the parent of the host's actors, which alone talks to them. Runs on an ordinary
 * dispatcher, its island on whatever thread it is given.
 *
 * <pre>
 *   conductor --Enter-->     Host --Entered-->   conductor    from the beginning, or from a state
 *   conductor --AdvanceTo--> Host --Advanced-->  conductor    with what others sent it, and what it sent
 *   conductor --Save-->      Host --Saved-->     conductor    its state
 *   conductor --Conclude-->  Host --Concluded--> conductor    its report, and it is gone
 * </pre>
 *
 * One that cannot go on says {@link Failed} and is gone; one whose conductor is gone goes as well.
 */
public final class Host extends AbstractBehavior<Host.Command> {

    /** What a host is asked; it answers each once. */
    public sealed interface Command {}

    /**
     * Be there for this conductor, from the beginning or from a state that {@link Saved} brought. One that is there already
     * answers nothing the second time, and goes if the attempt is another, so that asking again finds a fresh one.
     *
     * @param attempt comes with every answer
     * @param branched whether the state is that of the run that this one branches from
     */
    public record Enter(long attempt, Optional<byte[]> state, boolean branched, ActorRef<Reply> conductor)
            implements Command {}

    /** Take {@code incoming}, simulate up to {@code untilNs}, but stop after about {@code maxDeliveries}. */
    public record AdvanceTo(long untilNs, long maxDeliveries, List<ChannelMessage> incoming) implements Command {}

    /** Take {@code incoming}, and write everything down. */
    public record Save(List<ChannelMessage> incoming) implements Command {}

    /** Report, and go. */
    public record Conclude() implements Command {}

    /** Go, without a word. */
    public record Leave() implements Command {}

    /** What a host answers. */
    public sealed interface Reply {
        /** The index of the host in its pool. */
        int index();

        long attempt();
    }

    public record Entered(int index, long attempt, ActorRef<Command> host, long nowNs, long deliveries, long promiseNs)
            implements Reply {}

    /**
     * @param deliveries since the beginning of the simulation
     * @param promiseNs see {@link HostSimulation#promise}
     * @param sent in the order of sending
     */
    public record Advanced(
            int index, long attempt, long nowNs, long deliveries, long promiseNs, List<ChannelMessage> sent)
            implements Reply {}

    public record Saved(int index, long attempt, byte[] state) implements Reply {}

    public record Concluded(int index, long attempt, HostReport report) implements Reply {}

    /** An actor of the host failed; the host is gone. */
    public record Failed(int index, long attempt, String message) implements Reply {}

    private final int index;
    private final HostPlan plan;
    private final Optional<Supplier<HostPlan>> trunk;
    private final Function<HostSimulation, Optional<DeliveryListener>> tracing;
    private @Nullable HostSimulation simulation;
    private @Nullable Enter entered;

    /**
     * @param index of the host in its pool
     * @param tracing may give a listener that hears every delivery in the host
     */
    public static Behavior<Command> create(
            int index, HostPlan plan, Function<HostSimulation, Optional<DeliveryListener>> tracing) {
        return Behaviors.setup(context -> new Host(context, index, plan, Optional.empty(), tracing));
    }

    /** One that may begin with a state of the run that its own branches from, in which it had the plan {@code trunk}. */
    public static Behavior<Command> create(
            int index,
            HostPlan plan,
            Supplier<HostPlan> trunk,
            Function<HostSimulation, Optional<DeliveryListener>> tracing) {
        return Behaviors.setup(context -> new Host(context, index, plan, Optional.of(trunk), tracing));
    }

    private Host(
            ActorContext<Command> context,
            int index,
            HostPlan plan,
            Optional<Supplier<HostPlan>> trunk,
            Function<HostSimulation, Optional<DeliveryListener>> tracing) {
        super(context);
        this.index = index;
        this.plan = plan;
        this.trunk = trunk;
        this.tracing = tracing;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(AdvanceTo.class, this::onAdvanceTo)
                .onMessage(Enter.class, this::onEnter)
                .onMessage(Save.class, this::onSave)
                .onMessage(Conclude.class, this::onConclude)
                .onMessage(Leave.class, message -> Behaviors.stopped())
                .onSignal(Terminated.class, conductor -> Behaviors.stopped())
                .build();
    }

    private Behavior<Command> onEnter(Enter command) {
        if (entered != null) {
            boolean again = entered.attempt() == command.attempt()
                    && entered.conductor().equals(command.conductor());
            return again ? this : Behaviors.stopped();
        }
        entered = command;
        getContext().watch(command.conductor());
        return guarded(command, () -> {
            HostSimulation built = HostSimulation.build(getContext(), plan, HostObserver.NONE);
            tracing.apply(built).ifPresent(built::listen);
            if (command.state().isPresent() && command.branched()) {
                built.branch(
                        StateBuffer.decode(command.state().get()),
                        trunk.orElseThrow().get());
            } else if (command.state().isPresent()) {
                built.restore(StateBuffer.decode(command.state().get()));
            } else {
                built.boot();
            }
            simulation = built;
            tell(new Entered(
                    index,
                    command.attempt(),
                    getContext().getSelf(),
                    built.now(),
                    built.deliveries(),
                    built.promise()));
            return this;
        });
    }

    private Behavior<Command> onAdvanceTo(AdvanceTo command) {
        Enter by = by();
        return guarded(by, () -> {
            HostSimulation running = running();
            running.receive(command.incoming());
            running.advance(command.untilNs(), command.maxDeliveries());
            tell(new Advanced(
                    index, by.attempt(), running.now(), running.deliveries(), running.promise(), running.takeSent()));
            return this;
        });
    }

    private Behavior<Command> onSave(Save command) {
        Enter by = by();
        return guarded(by, () -> {
            running().receive(command.incoming());
            tell(new Saved(index, by.attempt(), running().snapshot().encode()));
            return this;
        });
    }

    private Behavior<Command> onConclude(Conclude command) {
        Enter by = by();
        return guarded(by, () -> {
            tell(new Concluded(index, by.attempt(), running().finish()));
            return Behaviors.stopped();
        });
    }

    /** Something that can go wrong, with the host. */
    private interface Work {
        Behavior<Command> done() throws DamagedState;
    }

    private Behavior<Command> guarded(Enter by, Work work) {
        try {
            return work.done();
        } catch (DamagedState | RuntimeException e) {
            getContext().getLog().debug("host failed", e);
            String message = e.getMessage();
            tell(new Failed(index, by.attempt(), message == null ? e.toString() : message));
            return Behaviors.stopped();
        }
    }

    private void tell(Reply reply) {
        by().conductor().tell(reply);
    }

    private Enter by() {
        if (entered == null) {
            throw new IllegalStateException(plan.name() + " has not been entered");
        }
        return entered;
    }

    private HostSimulation running() {
        if (simulation == null) {
            throw new IllegalStateException(plan.name() + " has not been entered");
        }
        return simulation;
    }
}
