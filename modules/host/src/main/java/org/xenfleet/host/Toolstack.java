package org.xenfleet.host;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.host.protocol.HostControl.Boot;
import org.xenfleet.host.protocol.HostControl.UnpauseDomain;
import org.xenfleet.timeline.Message;
import org.xenfleet.xen.Fields;

/** xl and libxl: at time 0 all domains are built, and unpaused in the order of their creation. */
final class Toolstack extends AbstractBehavior<Message> {
    private final HostContext host;
    private boolean booted;

    static Behavior<Message> create(HostContext host, StateHolder holder) {
        return Behaviors.setup(context -> new Toolstack(context, host, holder));
    }

    private Toolstack(ActorContext<Message> context, HostContext host, StateHolder holder) {
        super(context);
        this.host = host;
        holder.set(this::fields);
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder().onMessage(Boot.class, this::onBoot).build();
    }

    private Behavior<Message> onBoot(Boot message) {
        booted = true;
        for (DomainPlan domain : host.plan().domains()) {
            if (!domain.paused()) {
                host.tellHypervisor(new UnpauseDomain(domain.domid()));
            }
        }
        return this;
    }

    private void fields(Fields f) {
        booted = f.at("booted", booted);
    }
}
