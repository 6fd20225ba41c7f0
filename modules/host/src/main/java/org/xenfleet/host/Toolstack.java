package org.xenfleet.host;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.host.protocol.HostControl.Boot;
import org.xenfleet.host.protocol.HostControl.UnpauseDomain;
import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.ReceiveTable;
import org.xenfleet.xen.Fields;

/** xl and libxl: at time 0 all domains are built, and unpaused in the order of their creation. */
final class Toolstack {
    private final HostContext host;
    private boolean booted;

    static Behavior<Message> create(HostContext host, StateHolder holder) {
        return Behaviors.setup(context -> RECEIVE.behaviorOf(new Toolstack(host, holder)));
    }

    private Toolstack(HostContext host, StateHolder holder) {
        this.host = host;
        holder.set(this::fields);
    }

    private static final ReceiveTable<Toolstack> RECEIVE =
            ReceiveTable.<Toolstack>builder().on(Boot.class, Toolstack::onBoot).build();

    private void onBoot(Boot message) {
        booted = true;
        for (DomainPlan domain : host.plan().domains()) {
            if (!domain.paused()) {
                host.tellHypervisor(new UnpauseDomain(domain.domid()));
            }
        }
    }

    private void fields(Fields f) {
        booted = f.at("booted", booted);
    }
}
